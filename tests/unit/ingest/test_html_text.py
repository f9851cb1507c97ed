"""HTML as a reader sees it, and bounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.html_text import html_to_text
from ingest.settings import ParseLimits

LIMITS = ParseLimits()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("one<br>two<br><br><br>three", "one\ntwo\n\nthree"),
        ("a <b>bold</b> word, <i>and</i>more", "a bold word, andmore"),
        ("  much\n   white\t space ", "much white space"),
        ("a&nbsp;b &lt;x&gt; &amp;amp;", "a b <x> &amp;"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a\tb\nc\td"),
        ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
        ("<blockquote>q<blockquote>r</blockquote></blockquote>own", "> q\n>\n> > r\n>\nown"),
        ("a<hr>b", "a\n________________________________\nb"),
        ("<head><title>t</title></head><script>x()</script><style>p{}</style><!-- c -->seen", "seen"),
        ("", ""),
        ("<p>unclosed <b>tags", "unclosed tags"),
    ],
)
def test_blocks_lists_tables_and_quotes(html: str, text: str) -> None:
    assert html_to_text(html, LIMITS) == text


def test_what_would_take_too_long_is_only_freed_of_its_tags() -> None:
    assert html_to_text("<div>" * 50_000 + "deep", LIMITS) == " " * 50_000 + "deep"
    assert html_to_text("<b id=1>" * 500 + "<p>x" * 10_000, LIMITS).count("x") == 10_000


def test_nesting_beyond_the_bound_is_left_out() -> None:
    assert html_to_text("up<div>" * 300 + "down", LIMITS).count("up") == LIMITS.html_depth


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<b>", "<table>", "<td>", "</table>", "x ", "\n", "<br>", "<li>"]), max_size=60
    )
)
def test_words_are_neither_lost_nor_doubled(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert html_to_text(html, LIMITS).count("x") == html.count("x")
