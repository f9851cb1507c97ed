"""Which lines of a message are somebody else's words.

Marked quotes (">") are taken out line by line, so that answers between them stay. Unmarked ones, announced by a
header block or a separator, run to the end of the message.
"""

from dataclasses import dataclass

from ingest.quote_patterns import (
    ANNOUNCES,
    BARE_STAMP,
    FIELD_LINE,
    FROM_LINE,
    HAS_ADDRESS,
    HAS_MOMENT,
    LOTUS_REST,
    LOTUS_STAMP,
    LOTUS_TO,
    MARKED,
    OPENS,
    RULE,
    SEPARATOR,
    WROTE,
    YOU_WROTE,
    ZOHO,
)

_ANNOUNCEMENT_LINES = 4
_ANNOUNCEMENT_CHARS = 400
_BLOCK_LINES = 14
_LINE_CHARS = 1000
_LONGEST_NAME = 80
_INDENTED_LINES = 200


@dataclass(frozen=True, slots=True)
class Split:
    """Lines of a message by whose words they are.

    Attributes:
        own: numbers of the writer's own lines, blank ones included.
        quoted: numbers of quoted lines and of the lines that announce them.
    """

    own: tuple[int, ...]
    quoted: tuple[int, ...]


def split_quotes(lines: list[str]) -> Split:
    """Tell the writer's own lines from quoted ones."""
    own: list[int] = []
    quoted: list[int] = []
    written = indented = False
    at = 0
    while at < len(lines):
        line = lines[at][:_LINE_CHARS]
        if not line.strip():
            own.append(at)
        elif is_marked(lines, at) or (indented and _is_indented(line)):
            quoted.append(at)
        elif _embeds(lines, at):
            begin = _with_what_stands_above(lines, at, own)
            quoted.extend(range(begin, len(lines)))
            break
        elif taken := announcement(lines, at):
            quoted.extend(range(at, at + taken))
            at += taken
            indented = _indentation_marks(lines[at:], written=written)
            if written and not indented and not _quotes_follow(lines, at):
                quoted.extend(range(at, len(lines)))
                break
            continue
        else:
            own.append(at)
            written = True
        at += 1
    return Split(tuple(own), tuple(quoted))


def _is_indented(line: str) -> bool:
    return line.startswith(("    ", "\t"))


def _indentation_marks(lines: list[str], *, written: bool) -> bool:
    """Whether the quote below an announcement is told by indentation, as Outlook for Mac does, with answers between.

    Where nothing was written above and nothing else follows, what is indented is the message itself.
    """
    filled = [line for line in lines[:_INDENTED_LINES] if line.strip()]
    indented = sum(map(_is_indented, filled))
    return (
        bool(filled) and _is_indented(filled[0]) and indented * 2 >= len(filled) and (written or indented < len(filled))
    )


def is_marked(lines: list[str], at: int) -> bool:
    """Whether a line carries a quote mark; "|" counts where a neighbour has it too and it is no table's row."""
    line = lines[at]
    if ">" in line[:24] and MARKED.match(line):
        return True
    return _has_bar(line) and any(_has_bar(near) for near in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]))


def _has_bar(line: str) -> bool:
    return line.startswith("|") and not line[1:].rstrip().endswith("|")


def announcement(lines: list[str], at: int) -> int:
    """How many lines from here announce a quote ("On ... wrote:"), 0 where they do not.

    An announcement may be wrapped over up to four lines. It has a verb of writing with a date or an address, or is
    a bare time stamp with a name.
    """
    if not lines[at][:1].isdigit() and not any(_may_close(line) for line in lines[at : at + _ANNOUNCEMENT_LINES]):
        return 0
    joined = ""
    for count in range(1, _ANNOUNCEMENT_LINES + 1):
        if at + count > len(lines) or not lines[at + count - 1].strip():
            return 0
        joined = f"{joined} {lines[at + count - 1].strip()}".strip()
        if len(joined) > _ANNOUNCEMENT_CHARS:
            return 0
        if _announces(joined, lines, at + count):
            return 0 if count > 1 and _begins_below(lines, at) else count
        if count == 1 and not _may_begin(joined):
            return 0
    return 0


def _may_close(line: str) -> bool:
    return line.rstrip().endswith((":", "：", ">", "-", "wrote"))


def _begins_below(lines: list[str], at: int) -> bool:
    """Whether the line is the writer's own and the announcement begins on the next one."""
    return not OPENS.match(lines[at]) and bool(OPENS.match(lines[at + 1])) and announcement(lines, at + 1) > 0


def _may_begin(line: str) -> bool:
    return bool(OPENS.match(line) or HAS_ADDRESS.search(line) or WROTE.search(line))


def _announces(text: str, lines: list[str], after: int) -> bool:
    """Whether the joined lines announce a quote; without date and address only what follows can tell."""
    if YOU_WROTE.search(text) or BARE_STAMP.match(text) or ZOHO.match(text):
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


def _embeds(lines: list[str], at: int) -> bool:
    """Whether an unmarked quote begins here, by a separator or by a block of header fields."""
    line = lines[at][:_LINE_CHARS]
    if ":" not in line and "：" not in line:
        return line.lstrip(" *")[:2] in ("--", "__", "==") and bool(SEPARATOR.match(line))
    return bool(SEPARATOR.match(line)) or is_header_block(lines, at) or _is_lotus_block(lines, at)


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


def _is_lotus_block(lines: list[str], at: int) -> bool:
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
