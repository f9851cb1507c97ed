"""What HTML elements say of whose words they hold, in the ways of the usual mail programs."""

import re

from selectolax.lexbor import LexborNode

QUOTED = "q"
SIGNED = "s"
EMBEDS = "e"
"""From here to the end everything is an earlier mail."""
INDENTED = "i"
"""A blockquote that merely indents."""

TELLING = re.compile(
    r"gmail_|moz-|divRplyFwdMsg|border-top:|border-style:\s?solid none none|signature|yahoo_quoted|protonmail_"
    r"|OLK_SRC_BODY|reference-message|reply-intro|tutanota_|zmail_extra|forward-container|<blockquote[^<>]{0,60}style|[\"']quote[\"']",
    re.IGNORECASE,
)
"""HTML without any of these has no element that `role` knows."""
TELLING_TAGS = frozenset(["div", "blockquote", "pre", "span", "table", "td", "p"])

_QUOTES = re.compile(
    r"(?:^|[\s_])(?:gmail_attr|moz-cite-prefix|moz-forward-container|moz-email-headers-table|forward-container|yahoo_quoted\w*"
    r"|protonmail_quote|tutanota_quote|zmail_extra|OLK_SRC_BODY_SECTION|reply-intro|ms-outlook-mobile-reference-message"
    r"|mail-editor-reference-message-container)(?:\s|$)"
)
_SIGNATURES = re.compile(
    r"(?:^|\s)(?:gmail_signature(?:_prefix)?|moz-signature|protonmail_signature_block\S*|tutanota_signature|signature"
    r"|AppleMailSignature|ms-outlook-mobile-signature|Signature)(?:\s|$)"
)
_EMBEDDING = frozenset(["divRplyFwdMsg", "x_divRplyFwdMsg", "mail-editor-reference-message-container"])
_BORDER = re.compile(
    r"border-top:\s?solid|border-style:\s?solid none none|border:none;\s{0,5}border-top:", re.IGNORECASE
)
_FIELD = re.compile(r"^\W{0,6}[^\W\d][\w .]{0,20}\s?[:：]")
_FIELDS = 3
_HEAD_CHARS = 600
_INDENTS = re.compile(r"border\s?:\s?none|^(?!.{0,400}border)(?=.{0,400}margin)", re.IGNORECASE | re.DOTALL)


def role(node: LexborNode, tag: str) -> str:
    """What an element of `TELLING_TAGS` says of all that it holds, "" where it says nothing."""
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    style = attributes.get("style") or ""
    if tag == "blockquote":
        return _of_blockquote(names, style, attributes)
    if len(names) > 1:
        if (attributes.get("id") or "") in _EMBEDDING:
            return EMBEDS
        if _QUOTES.search(names):
            return QUOTED
        if _SIGNATURES.search(names):
            return SIGNED
    if attributes.get("name") == "quote":
        return QUOTED
    return EMBEDS if style and tag == "div" and _BORDER.search(style[:400]) and _is_header(node) else ""


def _of_blockquote(names: str, style: str, attributes: dict[str, str | None]) -> str:
    cited = attributes.get("type") == "cite" or "cite" in attributes or "quote" in names
    return INDENTED if not cited and style and _INDENTS.search(style[:400]) else ""


def _is_header(node: LexborNode) -> bool:
    """Whether a bordered element begins with header fields, as Outlook puts above the mail that it answers."""
    text = node.text(deep=True)[:_HEAD_CHARS].lstrip()
    return bool(_FIELD.match(text)) and text.count(":") + text.count("：") >= _FIELDS
