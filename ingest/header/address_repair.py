"""Address fields that break RFC 5322, read as their writers meant them.

mail-parser reads what is well-formed; fields in which it gave up on something come here: semicolons for commas, names
with bare commas, encoded words around addresses, "mailto:", Exchange's X.500 names, "ana at corvus.example".
"""

import re
from collections.abc import Iterator

from mailparser.utils import decode_header_part

from models.records import NamedAddress

X500_DOMAIN = "x500.invalid"
"""Stands in the place of a domain that an Exchange-internal name does not tell (RFC 2606, section 2)."""

_ADDRESS = (
    r"[^\s<>@,;:\"'()\[\]\\]{1,64}@(?:\[[0-9a-fA-F.:]{2,45}\]|(?:[\w-]{1,63}\.){0,8}[\w-]{1,63}(?![\w@-]|\.[\w.]))"
)
FIND_ADDRESS = re.compile(_ADDRESS)
_ENCODED_WORD = re.compile(r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?]{0,400}\?=(?:\s{0,3}(?==\?))?")
_X500 = re.compile(r"/o=[^<>\"@]{1,200}/cn=[^<>\"@]{1,100}", re.IGNORECASE)
_AT = re.compile(r"^\s{0,9}([\w.+-]{1,64}) at ((?:[\w-]{1,63}\.){1,8}[\w-]{1,63})\s{0,9}(?:\((.{1,100})\))?\s{0,9}$")
_GROUP = re.compile(r"^\s{0,9}[^<>@,;:\"]{1,100}:(?!/)")
_SCHEME = re.compile(r"\b(?:mailto|smtp|internet):", re.IGNORECASE)
_BARE_NAME = re.compile(
    r"^\s{0,9}(?:(?:van|von|de|der|den|del|di|la|le|da|dos) ){0,2}[\w'’.-]{1,60}(?: [\w'’.-]{1,60})?\s{0,9}$"
)
_MOST = 5000


def repair(text: str) -> list[NamedAddress]:
    """The addresses of a field, in order, as far as they can be told; the caller brings them into one form."""
    text = _SCHEME.sub("", decode_words(text))
    return [named for piece in _with_surnames(_pieces(text)) for named in _read(piece)][:_MOST]


def decode_words(text: str) -> str:
    """Encoded words (RFC 2047) decoded wherever they stand, also where the standard has none."""
    return _ENCODED_WORD.sub(lambda word: decode_header_part(word[0].strip()), text) if "=?" in text else text


def _pieces(text: str) -> Iterator[str]:
    """What commas and semicolons divide, apart from those in quotes, comments and angle brackets."""
    start = 0
    quoted, closing = False, ""
    for at, character in enumerate(text):
        if character == '"' and not closing:
            quoted = not quoted
        elif quoted:
            continue
        elif closing:
            closing = "" if character == closing else closing
        elif character in "(<":
            closing = ")" if character == "(" else ">"
        elif character in ",;\n":
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _with_surnames(pieces: Iterator[str]) -> Iterator[str]:
    """Joins `Cole, Dana <dana@...>`, one person whose name ought to have been quoted."""
    waiting = ""
    for piece in pieces:
        if waiting and "<" in piece and not piece.lstrip().startswith("<"):
            yield f"{waiting.strip()}, {piece.strip()}"
            waiting = ""
        elif _BARE_NAME.match(piece) and not _AT.match(piece):
            waiting = piece
        else:
            yield piece
            waiting = ""


def _read(piece: str) -> list[NamedAddress]:
    piece = _GROUP.sub("", piece[:2000])
    if internal := _X500.search(piece):
        return [NamedAddress(_encapsulated(internal[0]), _name(piece, internal.start()))]
    found = list(FIND_ADDRESS.finditer(piece))
    if found and "<" not in piece:
        return [NamedAddress(each[0], _name(piece, each.start())) for each in found]
    if found:
        # what looks like an address before the one in angle brackets is a name
        return [NamedAddress(found[-1][0], _name(piece, found[-1].start()))]
    spoken = _AT.match(piece)
    return [NamedAddress(f"{spoken[1]}@{spoken[2]}", spoken[3] or "")] if spoken else []


def _name(piece: str, end: int) -> str:
    opened = max(piece.rfind("<", 0, end), piece.rfind("[", 0, end))
    name = piece[:opened] if opened >= 0 else ""
    return name.replace("\\", "").strip("\"' \t")


def _encapsulated(internal: str) -> str:
    """As Exchange itself writes such a name where only addresses may stand."""
    parts = "".join(_plus(character) for character in internal.strip().rstrip(">\"' "))
    return f"IMCEAEX-{parts}@{X500_DOMAIN}"


def _plus(character: str) -> str:
    if character == "/":
        return "_"
    return (
        character
        if character.isalnum() or character in "=-"
        else "".join(f"+{byte:02X}" for byte in character.encode())
    )
