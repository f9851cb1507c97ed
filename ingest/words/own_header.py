"""A header block on top of a body that names the writer: some exports put a message's own header there again."""

import re

from ingest.words.quote_patterns import LOTUS_REST, LOTUS_STAMP, LOTUS_TO, SEPARATOR
from models.records import NamedAddress

_TOP_LINES = 8
_HEADER_LINES = 3
_BLOCK_LINES = 30
_WORD = re.compile(r"[^\W\d_]{3,}")


def own_header_end(lines: list[str], writer: NamedAddress) -> int:
    """Where the words begin below the writer's own header block; 0 where the text does not begin with one."""
    to = next(
        (number for number, line in enumerate(lines[:_TOP_LINES]) if "To:" in line and LOTUS_TO.match(line)), None
    )
    if to is None:
        return 0
    above = " ".join(lines[:to])
    filled = [line for line in lines[:to] if line.strip()]
    if len(filled) > _HEADER_LINES or any(map(SEPARATOR.match, filled)):
        return 0
    if not LOTUS_STAMP.search(above) or not _names(above.lower(), writer):
        return 0
    fields = [number for number, line in enumerate(lines[:_BLOCK_LINES]) if LOTUS_REST.match(line)]
    return fields[-1] + 1 if fields else 0


def _names(text: str, writer: NamedAddress) -> bool:
    if writer.address and writer.address in text:
        return True
    words = _WORD.findall(writer.address.partition("@")[0].lower())
    return len(words) > 1 and all(word in text for word in words)
