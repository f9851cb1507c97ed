"""Text made fit to store: hostile mail holds characters that no database takes."""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with U+0000 and lone surrogates replaced by U+FFFD, one for one, so that offsets stay true.

    PostgreSQL refuses both, and UTF-8 cannot write a lone surrogate (RFC 3629, section 3).
    """
    if "\x00" not in text and (text.isascii() or _is_utf8(text)):
        return text
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
