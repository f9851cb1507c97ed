"""What a signature plainly says of the writer: name, title, organisation, telephone numbers, address.

A signature is read only where the writer's own name or address stands in it or right above it, since it may be
somebody else's. What a line means is told by its words alone; a line that says nothing plain is left out.
"""

import re
from dataclasses import dataclass, field

from ingest.words.closing_patterns import ATTACHED_LINE, CONTACT, NAME_LINE, SIGN_OFF
from ingest.words.contact_patterns import (
    ADDRESS_LINE,
    COMPANY,
    FAX_LABEL,
    LABEL,
    LINKED,
    MAIL_ADDRESS,
    NUMBER,
    PROSE,
    REGISTRY,
    TITLE,
    WEB_ADDRESS,
)
from models.records import ContactCard, NamedAddress

_MOST_LINES = 15
_LINE_CHARS = 100
_NAME_WORDS = 5
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_SEPARATORS = re.compile(r"\s*[|•·;]\s*|\s{3,}|\s+[–—-]\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_DATE = re.compile(r"(?:19|20)\d\d[-./]\d\d[-./]\d\d|\d\d[-./]\d\d[-./](?:19|20)\d\d")
_EDGES = " \t*_|•·<>\"'`,;:~=-–—[]"
_MOST_COMMAS = 1
_TITLE_CHARS = 70


@dataclass
class _Found:
    """What was read so far."""

    name: str = ""
    title: str = ""
    organisation: str = ""
    phones: list[str] = field(default_factory=list)
    address: list[str] = field(default_factory=list)


def read_contact(signature: str, new_text: str, writer: NamedAddress) -> ContactCard | None:
    """The contact facts of a signature, None where it holds none or may be somebody else's.

    Args:
        signature: the block that was cut off.
        new_text: the writer's words; their name may stand at the end, below the greeting.
        writer: who sent the message, as its header says.
    """
    if not signature:
        return None
    lines = _readable_lines(signature)
    name = next((line for line in lines[:3] if _is_name(line, writer)), "") or _name_above(new_text, writer)
    if not name and not _holds_address(signature, writer):
        return None
    found = _Found(name)
    for line in lines:
        if line != name:
            _read_line(line, found, writer)
    if not (found.title or found.organisation or found.phones or found.address):
        return None
    return ContactCard(name, found.title, found.organisation, tuple(found.phones), ", ".join(found.address))


def _readable_lines(signature: str) -> list[str]:
    """The lines up to the first that is prose or an earlier mail's; without links behind words and ornaments."""
    lines: list[str] = []
    for line in signature.split("\n")[: 2 * _MOST_LINES]:
        if ATTACHED_LINE.match(line) or SIGN_OFF.match(line):
            continue
        text = LINKED.sub("", line[: 3 * _LINE_CHARS]).strip(_EDGES)
        if len(text) > _LINE_CHARS or line.lstrip().startswith("-----") or len(lines) == _MOST_LINES:
            break
        if text:
            lines.append(text)
    return lines


def _is_name(line: str, writer: NamedAddress) -> bool:
    """Whether a line is the writer's name: its last word, or all, in the header's name or address."""
    if not NAME_LINE.match(line) or TITLE.search(line) or COMPANY.search(line) or line.count(",") > _MOST_COMMAS:
        return False
    words = [word.lower() for word in _WORD.findall(line)]
    known = f"{writer.display_name} {writer.address.partition('@')[0]}".lower()
    return 1 < len(words) <= _NAME_WORDS and (words[-1] in known or words[0] in writer.display_name.lower())


def _name_above(new_text: str, writer: NamedAddress) -> str:
    last = new_text.rstrip().rpartition("\n")[2].strip(_EDGES)
    return last if len(last) <= _LINE_CHARS and _is_name(last, writer) else ""


def _holds_address(signature: str, writer: NamedAddress) -> bool:
    return bool(writer.address) and writer.address in signature.lower()


def _read_line(line: str, found: _Found, writer: NamedAddress) -> None:
    if REGISTRY.search(line):
        return
    if NUMBER.search(line) and (CONTACT.search(line) or not _WORD.search(NUMBER.sub("", line))):
        found.phones += [number for number in _numbers(line) if number not in found.phones]
        return
    if ADDRESS_LINE.search(line):
        found.address.append(line.rstrip(".,"))
        return
    for part in _SEPARATORS.split(line):
        _read_part(part.strip(_EDGES), found, writer)


def _read_part(part: str, found: _Found, writer: NamedAddress) -> None:
    part = MAIL_ADDRESS.sub("", WEB_ADDRESS.sub("", part)).strip(_EDGES + ".")
    if not part or len(part) > _TITLE_CHARS or PROSE.search(part) or not (part[0].isupper() or TITLE.search(part)):
        return
    if _is_name(part.partition(",")[0], writer):
        return
    if TITLE.search(part):
        title, company = _title_and_company(part, writer)
        found.title = found.title or title
        found.organisation = found.organisation or company
    elif not found.organisation and _is_company(part, writer):
        found.organisation = part


def _title_and_company(part: str, writer: NamedAddress) -> tuple[str, str]:
    """Take "Software Engineer, Corvus" apart; "Director, Quality" stays whole."""
    for comma in re.finditer(", ", part):
        head, tail = part[: comma.start()], part[comma.end() :]
        if TITLE.search(head) and not TITLE.search(tail) and (_is_company(tail, writer) or tail.isupper()):
            return head, tail
    return part, ""


def _is_company(part: str, writer: NamedAddress) -> bool:
    """Whether words name a company: by its legal form or kind, or as the writer's domain does."""
    if COMPANY.search(part):
        return True
    domain = writer.address.partition("@")[2].split(".")
    folded = "".join(_WORD.findall(part)).lower()
    return any(len(label) > 2 and label in folded for label in domain[:-1])  # noqa: PLR2004  # "ag", "co" are no names


def _numbers(line: str) -> list[str]:
    """Telephone numbers of a line as digits with their "+"; fax numbers and a company's internal ones are none."""
    numbers = []
    for match in NUMBER.finditer(line):
        before, after = line[: match.start()], line[match.end() : match.end() + 8]
        digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
        labels = LABEL.findall(before)
        fax = FAX_LABEL.match(after.lstrip(" (-–")) or (labels and FAX_LABEL.match(labels[-1]))
        internal = before.endswith("*") or _DATE.fullmatch(match[0].strip())
        if not fax and not internal and _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
            numbers.append(("+" if match[0].lstrip("( ").startswith("+") else "") + digits)
    return numbers
