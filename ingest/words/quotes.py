"""Which lines of a message are somebody else's words.

Marked quotes (">") are taken out line by line, so that answers between them stay. Unmarked ones, announced by a
header block or a separator, run to the end of the message.
"""

from dataclasses import dataclass, field

from ingest.words.html_structure import EMBEDS, QUOTED, SIGNED
from ingest.words.inline_answers import answers_by_name
from ingest.words.quote_patterns import (
    ANNOUNCES,
    BARE_STAMP,
    FIELD_LINE,
    FROM_LINE,
    GREETING,
    HAS_ADDRESS,
    HAS_MOMENT,
    LONG_RULE,
    LOTUS_REST,
    LOTUS_STAMP,
    LOTUS_TO,
    MARKED,
    NOTES,
    OPENS,
    RULE,
    SEPARATOR,
    WROTE,
    WROTE_STEMS,
    YOU_WROTE,
    ZOHO,
)
from models.records import NamedAddress

MOST_LINES = 20_000
"""Lines beyond are not asked whether an unmarked quote begins there: that many are a log, or made to hold up a run."""
ANNOUNCEMENT_LINES = 5
_ANNOUNCEMENT_CHARS = 400
_BLOCK_LINES = 14
_LINE_CHARS = 1000
_NOBODY = NamedAddress("")
_LONGEST_NAME = 80
_INDENTED_LINES = 200
_TOLD = frozenset({QUOTED, SIGNED})
_ANSWERED_MARKS = 3
_CLOSES = (":", "：", ">", "-", "wrote")
_LAST = frozenset(word[-1] for word in _CLOSES)
_BROKEN_CHARS = 50
_ENDS = frozenset(".?!:")


@dataclass(frozen=True, slots=True)
class Split:
    """Lines of a message by whose words they are.

    Attributes:
        own: numbers of the writer's own lines, blank ones included.
        quoted: numbers of quoted lines and of the lines that announce them.
        signed: numbers of lines that HTML calls a signature.
    """

    own: tuple[int, ...]
    quoted: tuple[int, ...]
    signed: tuple[int, ...] = ()


@dataclass
class _Sorting:
    """Line numbers as they are told apart."""

    own: list[int] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)
    signed: list[int] = field(default_factory=list)
    written: bool = False
    indented: bool = False
    writer: NamedAddress = _NOBODY

    def result(self) -> Split:
        """All lines; what HTML calls a signature is the message where there is nothing else."""
        if self.signed and not self.written:
            return Split(tuple(sorted([*self.own, *self.signed])), tuple(self.quoted))
        return Split(tuple(self.own), tuple(self.quoted), tuple(self.signed))


def split_quotes(
    lines: list[str], structure: str = "", *, writer: NamedAddress = _NOBODY, reply: bool = False
) -> Split:
    """Tell the writer's own lines from quoted ones.

    Args:
        lines: of the text.
        structure: what HTML says of each line, "" where nothing does.
        writer: whose name may stand before answers inside an unmarked quote.
        reply: the subject says that this answers a mail, so that there must be words of the writer's own.
    """
    sorting = _Sorting(writer=writer)
    announcing = announcing_lines(lines)
    announced = True in announcing
    at = 0
    while at < len(lines):
        line = lines[at][:_LINE_CHARS]
        if not line.strip():
            sorting.own.append(at)
            at += 1
        elif line[0] == ">" and line[1:5] != "From":
            sorting.quoted.append(at)
            at += 1
        elif structure and structure[at] in _TOLD and not SEPARATOR.match(line):
            (sorting.quoted if structure[at] == QUOTED else sorting.signed).append(at)
            at += 1
        elif (
            # looked at before anything is called, for most lines begin with neither
            ((">" in line[:24] or line[0] == "|") and is_marked(lines, at))
            or (sorting.indented and _is_indented(line))
            or (line[0].islower() and _goes_on(lines, at))
        ):
            sorting.quoted.append(at)
            at += 1
        elif at >= MOST_LINES:
            sorting.own.append(at)
            at += 1
        elif (structure and structure[at] == EMBEDS) or _embeds(lines, at, written=sorting.written):
            at = _take_embedded(lines, at, sorting, reply=reply)
        elif announced and True in announcing[at : at + ANNOUNCEMENT_LINES] and (taken := announcement(lines, at)):
            at = _take_announced(lines, at, taken, sorting)
        else:
            sorting.own.append(at)
            sorting.written = True
            at += 1
    return sorting.result()


def _take_embedded(lines: list[str], at: int, sorting: _Sorting, *, reply: bool) -> int:
    """Take an earlier mail: all that follows, or only its header where the answers stand between its marked lines."""
    begin = _with_what_stands_above(lines, at, sorting.own)
    end = _header_end(lines, at)
    if reply and not sorting.written and _is_answered_inside(lines, end):
        sorting.quoted.extend(range(begin, end))
        return end
    _take_rest(lines, begin, sorting)
    return len(lines)


def _take_rest(lines: list[str], begin: int, sorting: _Sorting) -> None:
    """Take all that follows for a quote, but for answers that the writer says to have put between, under their name."""
    answers = answers_by_name(lines, begin, [lines[number] for number in sorting.own], sorting.writer)
    sorting.own.extend(sorted(answers))
    sorting.quoted.extend(number for number in range(begin, len(lines)) if number not in answers)


def _header_end(lines: list[str], at: int) -> int:
    for number in range(at + 1, min(at + _BLOCK_LINES, len(lines))):
        if not lines[number].strip():
            return number
    return min(at + _BLOCK_LINES, len(lines))


def _is_answered_inside(lines: list[str], begin: int) -> bool:
    """Whether a mail below its header consists of marked lines from its first line on, with others between."""
    filled = _first_filled(lines, begin)
    if filled is None or not (is_marked(lines, filled) or announcement(lines, filled)):
        return False
    marks = [is_marked(lines, number) for number in range(filled, len(lines)) if lines[number].strip()]
    return sum(marks) >= _ANSWERED_MARKS and not all(marks[marks.index(True) :])


def _first_filled(lines: list[str], begin: int) -> int | None:
    return next((number for number in range(begin, len(lines)) if lines[number].strip()), None)


def _take_announced(lines: list[str], at: int, taken: int, sorting: _Sorting) -> int:
    """Take an announcement, and all that follows it where neither marks nor indentation tell the quote."""
    sorting.quoted.extend(range(at, at + taken))
    at += taken
    sorting.indented = _indentation_marks(lines[at : at + _INDENTED_LINES], written=sorting.written)
    if sorting.written and not sorting.indented and not _quotes_follow(lines, at):
        _take_rest(lines, at, sorting)
        return len(lines)
    return at


def _goes_on(lines: list[str], at: int) -> bool:
    """Whether a line is the end of the marked line above it, which a program broke without a mark."""
    return (
        lines[at][0].islower()
        and 0 < at < len(lines) - 1
        and ">" in lines[at - 1][:24]
        and len(lines[at - 1]) >= _BROKEN_CHARS
        and lines[at - 1].rstrip()[-1:] not in _ENDS
        and is_marked(lines, at - 1)
        and is_marked(lines, at + 1)
    )


def _is_indented(line: str) -> bool:
    return line.startswith(("    ", "\t"))


def _indentation_marks(lines: list[str], *, written: bool) -> bool:
    """Whether the quote below an announcement is told by indentation, as Outlook for Mac does, with answers between.

    Where nothing was written above and nothing else follows, what is indented is the message itself.
    """
    filled = [line for line in lines if line.strip()]
    indented = sum(map(_is_indented, filled))
    return (
        bool(filled) and _is_indented(filled[0]) and indented * 2 >= len(filled) and (written or indented < len(filled))
    )


def is_marked(lines: list[str], at: int) -> bool:
    """Whether a line carries a quote mark; "|" counts where a neighbour has it too and it is no table's row."""
    line = lines[at]
    if ">" in line[:24] and MARKED.match(line):
        return not line.startswith(">From ") or _is_beside_marks(lines, at)
    return _has_bar(line) and any(_has_bar(near) for near in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]))


def _is_beside_marks(lines: list[str], at: int) -> bool:
    """Whether a neighbour is quoted too: mbox files put a mark before any line that begins with "From " (RFC 4155)."""
    return any(MARKED.match(near) for near in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]))


def _has_bar(line: str) -> bool:
    return line.startswith("|") and not line[1:].rstrip().endswith("|")


def announcing_lines(lines: list[str]) -> list[bool]:
    """For each line whether an announcement may end there, empty where none does: told before anything is read closely.

    It ends with a colon or the like and has a verb of writing in it or just above, or is a time stamp with an address.
    """
    text = "\n".join(lines[:MOST_LINES]).lower()
    stems = [stem for stem in WROTE_STEMS if stem in text]
    if not stems and "@" not in text and "gmt" not in text:
        return []
    return [
        (line[-1:] in _LAST or line[:1].isdigit() or line[-1:].isspace()) and _may_end(lines, number, line, stems)
        for number, line in enumerate(lines[:MOST_LINES])
    ]


def _may_end(lines: list[str], number: int, line: str, stems: list[str]) -> bool:
    if line[:1].isdigit() and ("@" in line or "GMT" in line):
        return True
    line = line.rstrip()
    if not line.endswith(_CLOSES):
        return False
    if "@" in line and line.endswith((">:", "> :")):
        return True
    window = "\n".join(lines[max(0, number - ANNOUNCEMENT_LINES + 1) : number + 1])[-_ANNOUNCEMENT_CHARS:].lower()
    return any(stem in window for stem in stems)


def announcement(lines: list[str], at: int) -> int:
    """How many lines from here announce a quote ("On ... wrote:"), 0 where they do not.

    An announcement may be wrapped over up to five lines. It has a verb of writing with a date or an address, or is
    a bare time stamp with a name.
    """
    joined = ""
    for count in range(1, ANNOUNCEMENT_LINES + 1):
        if at + count > len(lines) or not (lines[at + count - 1].strip() or _address_follows(lines, at + count)):
            return 0
        joined = f"{joined} {lines[at + count - 1].strip()}".strip()
        if len(joined) > _ANNOUNCEMENT_CHARS:
            return 0
        if _announces(joined, lines, at + count):
            return 0 if count > 1 and _begins_below(lines, at) else count
        if count == 1 and not _may_begin(joined):
            return 0
    return 0


def _address_follows(lines: list[str], at: int) -> bool:
    """Whether HTML made paragraphs of an announcement, so that an empty line stands before the address."""
    return at < len(lines) and lines[at].startswith("<")


def _begins_below(lines: list[str], at: int) -> bool:
    """Whether the line is the writer's own and the announcement begins on the next one."""
    return not OPENS.match(lines[at]) and bool(OPENS.match(lines[at + 1])) and announcement(lines, at + 1) > 0


def _may_begin(line: str) -> bool:
    return bool(OPENS.match(line) or HAS_ADDRESS.search(line) or WROTE.search(line) or line.startswith("-----"))


def _announces(text: str, lines: list[str], after: int) -> bool:
    """Whether the joined lines announce a quote; without date and address only what follows can tell."""
    if YOU_WROTE.search(text) or BARE_STAMP.match(text) or ZOHO.match(text) or NOTES.match(text):
        return True
    if not text.endswith((":", "：", ">", "：-", ":-")) or not ANNOUNCES.match(text):
        return False
    dated = OPENS.match(text) and HAS_MOMENT.search(text)
    return bool(dated or HAS_ADDRESS.search(text)) or _quotes_follow(lines, after)


def _quotes_follow(lines: list[str], at: int) -> bool:
    for number in range(at, min(at + 3, len(lines))):
        if lines[number].strip():
            return is_marked(lines, number)
    return False


def _embeds(lines: list[str], at: int, *, written: bool) -> bool:
    """Whether an unmarked quote begins here, by a separator or by a block of header fields."""
    line = lines[at][:_LINE_CHARS]
    if ":" not in line and "：" not in line:
        ruled = line.lstrip(" *")[:2] in ("--", "__", "==")
        return ruled and (bool(SEPARATOR.match(line)) or (written and _is_letter_below(lines, at)))
    return bool(SEPARATOR.match(line)) or is_header_block(lines, at) or is_lotus_block(lines, at)


def _is_letter_below(lines: list[str], at: int) -> bool:
    """Whether a rule across the page stands above another letter, which begins with a greeting."""
    if not LONG_RULE.match(lines[at]):
        return False
    below = _first_filled(lines[: at + 4], at + 1)
    return below is not None and bool(GREETING.match(lines[below][:_LINE_CHARS]))


def is_header_block(lines: list[str], at: int) -> bool:
    """Whether Outlook's kind of header block begins here: From, and at least two other fields in the lines below."""
    if not FROM_LINE.match(lines[at][:_LINE_CHARS]):
        return False
    fields = blanks = 0
    for line in lines[at + 1 : at + _BLOCK_LINES]:
        blanks += not line.strip()
        fields += bool(FIELD_LINE.match(line[:_LINE_CHARS]))
        if fields >= 2 or blanks > 5:  # noqa: PLR2004  # two fields; double-spaced HTML has a blank after each
            break
    return fields >= 2  # noqa: PLR2004  # as above


def is_lotus_block(lines: list[str], at: int) -> bool:
    """Whether Lotus Notes' header block has its To here: two more fields below, or one and a time stamp above."""
    if not LOTUS_TO.match(lines[at]):
        return False
    below = {match[1].lower() for line in lines[at + 1 : at + _BLOCK_LINES] if (match := LOTUS_REST.match(line))}
    return len(below) > 1 or (bool(below) and any(LOTUS_STAMP.search(line) for line in lines[max(0, at - 8) : at]))


def _with_what_stands_above(lines: list[str], at: int, own: list[int]) -> int:
    """Where the quote truly begins: a rule, or the name and time stamp of a Lotus block, stand above its fields."""
    begin = _lotus_begin(lines, at, own) if LOTUS_TO.match(lines[at]) else at
    while own and (own[-1] >= begin or not lines[own[-1]].strip() or RULE.match(lines[own[-1]])):
        begin = min(begin, own.pop())
    return begin


def _lotus_begin(lines: list[str], at: int, own: list[int]) -> int:
    filled = [number for number in own if lines[number].strip()][-4:]
    joined = {number: f"{lines[number]} {lines[number + 1]}" for number in filled}
    stamped = next((number for number in reversed(filled) if LOTUS_STAMP.search(lines[number])), None)
    if stamped is None:
        # "... on 08/02/2000" may be wrapped before the time
        return next((number for number in filled if LOTUS_STAMP.search(joined[number])), at)
    above = [number for number in filled if number < stamped]
    if above and LOTUS_STAMP.fullmatch(lines[stamped].strip()):
        return above[-1] if len(lines[above[-1]].strip()) <= _LONGEST_NAME else stamped
    # "Enron North America Corp." stands indented above "From: ..."
    return above[-1] if above and FROM_LINE.match(lines[stamped]) and lines[above[-1]][:1].isspace() else stamped
