"""HTML to text, block by block: quotes get "> ", table cells a tab, lists a dash; scripts and styles are left out.

lexbor builds the tree as browsers do (WHATWG HTML, 13.2), which costs quadratic time on thousands of nested or
unclosed elements, so both are estimated from the tags first; beyond the bounds tags are merely taken out.
"""

import re
from dataclasses import dataclass, field
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.settings import ParseLimits
from ingest.words.html_structure import EMBEDS, INDENTED, QUOTED, SIGNED, TELLING, TELLING_TAGS, role

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_SELF_CLOSING = frozenset(["p", "li", "td", "tr", "th", "dt", "dd", "option", "thead", "tbody", "tfoot", "colgroup"])
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_SKIPPED = frozenset(
    ["head", "script", "style", "title", "template", "noscript", "object", "svg", "math", "select", "textarea"]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_SPACED = frozenset(["blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"])
_CELLS = frozenset({"td", "th"})
_FORMATTING_WORK = 2_000_000
_DEEPEST_QUOTE = 10
_SAID = frozenset({QUOTED, SIGNED, EMBEDS})


@dataclass(frozen=True, slots=True)
class HtmlText:
    """HTML as text.

    Attributes:
        text: what a reader would see, without trailing white space in lines; at most one empty line in a row.
        structure: one letter for each line: what elements say of whose words it holds, a space where they say nothing
            (`ingest.words.html_structure`).
    """

    text: str
    structure: str


def html_to_text(html: str, limits: ParseLimits) -> str:
    """The text alone."""
    return read_html(html, limits).text


def read_html(html: str, limits: ParseLimits) -> HtmlText:
    """Read HTML as a mail program would show it."""
    html = html[: limits.html_chars]
    writer = _Writer()
    if _is_costly(html, limits):
        for line in unescape(_ANY_TAG.sub(" ", html)).replace("\r", "\n").split("\n"):
            writer.lines.append((line, " "))
        return _tidy(writer.lines)
    root = LexborHTMLParser(html).root
    if root is not None:
        _walk(root, writer, limits.html_depth, telling=bool(TELLING.search(html)))
    return _tidy(writer.finish())


def _is_costly(html: str, limits: ParseLimits) -> bool:
    depth = deepest = formatting = most_formatting = tags = 0
    for closing, name in _TAG.findall(html):
        name = name.lower()  # noqa: PLW2901  # the tag's own name
        tags += 1
        if name in _VOID or name in _SELF_CLOSING:
            continue
        step = -1 if closing else 1
        depth = max(0, depth + step)
        deepest = max(deepest, depth)
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
            most_formatting = max(most_formatting, formatting)
    return deepest > limits.html_depth * 5 or most_formatting * tags > _FORMATTING_WORK


@dataclass
class _Writer:
    """Lines of text as they come, with the quote marks of the blockquotes around them."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    quotes: int = 0
    verbatim: int = 0
    roles: list[str] = field(default_factory=list)
    role: str = " "

    @property
    def marks(self) -> str:
        """The quote marks that a line here begins with."""
        return "> " * min(self.quotes, _DEEPEST_QUOTE)

    def add(self, text: str) -> None:
        if self.verbatim:
            first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self.pieces.append(first)
            for line in rest:
                self.end_line()
                self.pieces.append(line)
        elif text.strip():
            self.pieces.append(_fold(text))
        elif self.pieces and not self.pieces[-1].endswith((" ", "\t")):
            self.pieces.append(" ")

    def end_line(self) -> None:
        line = "".join(self.pieces)
        self.lines.append((self.marks + (line if self.verbatim else line.strip(" ")), self.role))
        self.pieces.clear()
        self.take_role()

    def end_block(self, *, spaced: bool) -> None:
        if self.pieces and "".join(self.pieces).strip():
            self.end_line()
        self.pieces.clear()
        self.take_role()
        if spaced and self.lines and self.lines[-1][0].strip("> "):
            self.lines.append((self.marks, self.role))

    def take_role(self) -> None:
        """A line is of the element in which it begins."""
        if not self.pieces:
            self.role = self.roles[-1] if self.roles else " "

    def finish(self) -> list[tuple[str, str]]:
        self.end_block(spaced=False)
        return self.lines


def _fold(text: str) -> str:
    # white space collapses, its ends stay as one space between inline elements
    core = " ".join(text.split())
    return " " * text[0].isspace() + core + " " * text[-1].isspace()


def _walk(root: LexborNode, writer: _Writer, max_depth: int, *, telling: bool) -> None:
    """Depth first without recursion; what lies deeper than `max_depth` is left out."""
    stack: list[tuple[LexborNode, str | None, int]] = [(root, None, 0)]
    while stack:
        node, leaving, depth = stack.pop()
        tag = node.tag or ""
        if leaving is not None:
            _leave(tag, leaving, writer)
            continue
        if tag == "-text":
            writer.add(node.text_content or "")
            continue
        if tag in _SKIPPED or tag == "-comment" or depth > max_depth:
            continue
        says = role(node, tag) if telling and tag in TELLING_TAGS else ""
        _enter(tag, says, writer)
        stack.append((node, says, depth))
        child = node.last_child
        while child is not None:
            stack.append((child, None, depth + 1))
            child = child.prev


def _enter(tag: str, says: str, writer: _Writer) -> None:
    if tag in _BLOCKS:
        writer.end_block(spaced=tag in _SPACED)
    if says in _SAID:
        writer.roles.append(QUOTED if QUOTED in writer.roles else says)
        writer.take_role()
    if tag == "blockquote":
        writer.quotes += says != INDENTED
    elif tag == "pre":
        writer.verbatim += 1
    elif tag == "br":
        writer.end_line()
    elif tag == "hr":
        writer.lines.append((writer.marks + "_" * 32, writer.role))
    elif tag == "li":
        writer.pieces.append("- ")
    elif tag in _CELLS and writer.pieces:
        writer.pieces.append("\t")


def _leave(tag: str, says: str, writer: _Writer) -> None:
    if tag in _BLOCKS:
        writer.end_block(spaced=False)
    if says in _SAID:
        writer.roles.pop()
        writer.take_role()
    if tag == "blockquote":
        writer.quotes -= says != INDENTED
    elif tag == "pre":
        writer.verbatim -= 1
    if tag in _SPACED:
        writer.end_block(spaced=True)


def _tidy(lines: list[tuple[str, str]]) -> HtmlText:
    kept: list[tuple[str, str]] = []
    for line, says in lines:
        stripped = line.rstrip()
        if stripped.strip("> ") or (kept and kept[-1][0].strip("> ")):
            kept.append((stripped, says))
    begin, end = 0, len(kept)
    while begin < end and not kept[begin][0]:
        begin += 1
    while begin < end and not kept[end - 1][0]:
        end -= 1
    return HtmlText("\n".join([line for line, _ in kept[begin:end]]), "".join([says for _, says in kept[begin:end]]))
