"""What the writer wrote in this message, told from quotes, signature and disclaimer.

Our own rules rather than a library's: docs/accuracy.md compares them. Every pattern looks at one short stretch of
text, so that no message can make them slow. The same text always gives the same result: spans of readings are offsets
into it.
"""

import re
from dataclasses import dataclass, field

from ingest.words.closings import appended_disclaimer, find_ends
from ingest.words.list_footers import footer_start
from ingest.words.own_header import own_header_end
from ingest.words.quotes import split_quotes
from models.records import NamedAddress

_NOBODY = NamedAddress("")
_ORNAMENT = re.compile(r"[\s*_=~#.,•·ᐧ—–-]{0,200}")
_REPLY = re.compile(
    r"^\s{0,3}(?:re|aw|antw|antwort|sv|vs|odp|r|rif|res|ref|回复|答复|答覆|ynt|ang)\s?(?:\[\d{1,3}\])?\s?[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SplitText:
    """A message's text by whose words they are.

    Attributes:
        new_text: the writer's own words, greeting and name included, without blank lines around them.
        signature: the signature block, device line or contact details, "" where there are none.
        quoted: quoted lines with what announces them, "" where there are none.
        disclaimer: disclaimer, warning banner and lists' footer, "" where there are none.
        kinds: one letter for each line of the text: `o` the writer's own, `q` quoted, `s` signature, `d` disclaimer or
            banner, `f` a list's footer, `b` blank.
    """

    new_text: str
    signature: str = ""
    quoted: str = ""
    disclaimer: str = ""
    kinds: str = field(default="", compare=False)


def split_text(text: str, writer: NamedAddress = _NOBODY, *, subject: str = "", structure: str = "") -> SplitText:
    """Split a message's readable text.

    Args:
        text: with LF line ends.
        writer: who wrote it, so that their own header repeated on top of the text is not taken for a quote's.
        subject: tells a reply from a forward where nothing is written above a header block.
        structure: what HTML says of each line (`ingest.words.html_text`), "" where nothing does.
    """
    lines = text.split("\n")
    kinds = ["f"] * len(lines)
    end = _footer_line(text, lines)
    begin = own_header_end(lines[:end], writer)
    kinds[:begin] = "q" * begin
    structure = structure[begin:end] if len(structure) == len(lines) else ""
    split = split_quotes(lines[begin:end], structure, writer=writer, reply=bool(_REPLY.match(subject)))
    for number in split.quoted:
        kinds[begin + number] = "q"
    own = [begin + number for number in split.own]
    _mark_own(lines, kinds, own, writer)
    for number in split.signed:
        kinds[begin + number] = "s"
    if split.quoted and not lines[begin + split.quoted[-1]].startswith(">"):
        for number in range(appended_disclaimer(lines[:end]), end):
            kinds[number] = "d"
    return _assembled(lines, kinds)


def _footer_line(text: str, lines: list[str]) -> int:
    start = footer_start(text)
    if start is None:
        return len(lines)
    return text.count("\n", 0, start) + (text[start] == "\n")


def _mark_own(lines: list[str], kinds: list[str], own: list[int], writer: NamedAddress) -> None:
    """Tell words, signature and disclaimer among the writer's own lines."""
    ends = find_ends([lines[number] for number in own], writer)
    for place, number in enumerate(own):
        if place >= ends.disclaimer or place < ends.begin:
            kinds[number] = "d"
        else:
            kinds[number] = "s" if place >= ends.end else "o"
    for number in reversed(own):
        if kinds[number] == "o":
            if not _is_ornament(lines[number]):
                break
            kinds[number] = "q" if "q" in kinds[number + 1 : number + 3] else "s"


def _assembled(lines: list[str], kinds: list[str]) -> SplitText:
    present = set(kinds)
    own, signed, quoted, disclaimed, footer = (
        [line for line, each in zip(lines, kinds, strict=True) if each == kind] if kind in present else []
        for kind in "osqdf"
    )
    return SplitText(
        new_text=_single_spaced(own),
        signature=_joined(signed),
        quoted=_joined(quoted),
        disclaimer=_joined([*disclaimed, *footer]),
        kinds="".join([kind if line and not line.isspace() else "b" for line, kind in zip(lines, kinds, strict=True)]),
    )


def _single_spaced(lines: list[str]) -> str:
    """The lines without blank ones at both ends; runs of blank lines become one."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    return "\n".join(kept).strip("\n")


def _is_ornament(line: str) -> bool:
    return bool(_ORNAMENT.fullmatch(line))


def _joined(lines: list[str]) -> str:
    return "\n".join([line.rstrip() for line in lines]).strip("\n")
