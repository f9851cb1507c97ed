"""What mailing lists append below a message: one block at the end, in the words of the usual programs."""

import re

_SEARCHED_CHARS = 3000
_FOOTER = re.compile(
    r"(?:^|\n)[ \t]*(?:[_-]{5,}|--|__)[ \t]*\n"
    r"(?=[^\n]{0,200}(?:mailing list|Mailingliste|liste de diffusion|You received this message because you)"
    r"|[^\n]{0,200}\n[^\n]{0,200}(?:/listinfo/|/postorius/|lists/)"
    r"|To unsubscribe)[\s\S]*\Z",
    re.IGNORECASE,
)
_CUES = ("listinfo", "mailing list", "Mailing list", "unsubscribe", "postorius", "You received this message because")


def without_list_footer(text: str) -> str:
    """The text without a mailing list's footer at its end; as it is where there is none."""
    start = footer_start(text)
    return text if start is None else text[:start]


def footer_start(text: str) -> int | None:
    """Where a list's footer begins, None where there is none; only the last 3,000 characters are looked at."""
    offset = max(0, len(text) - _SEARCHED_CHARS)
    tail = text[offset:]
    if not any(cue in tail for cue in _CUES):
        return None
    match = _FOOTER.search(tail)
    return offset + match.start() if match else None
