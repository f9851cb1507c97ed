"""HTML as a reader sees it, and bounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.settings import ParseLimits
from ingest.words.html_text import html_to_text, read_html

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


@pytest.mark.parametrize(
    ("html", "text", "structure"),
    [
        (
            (
                '<div>Yes.</div><div class="gmail_quote"><div class="gmail_attr">On Monday Ana wrote:<br></div>'
                '<blockquote class="gmail_quote">Ready?</blockquote></div>'
            ),
            "Yes.\nOn Monday Ana wrote:\n\n> Ready?",
            " q  ",
        ),
        (
            (
                '<p>Ja.</p><div class="moz-cite-prefix">Am 2.3. schrieb Ana:</div>'
                '<blockquote type="cite">Fertig?</blockquote>'
                '<pre class="moz-signature">-- \nDana</pre>'
            ),
            "Ja.\n\nAm 2.3. schrieb Ana:\n\n> Fertig?\n\n--\nDana",
            "  q   ss",
        ),
        (
            '<div>Yes.</div><hr><div id="divRplyFwdMsg"><b>From:</b> Ana<br><b>Sent:</b> Monday</div><div>Ready?</div>',
            "Yes.\n________________________________\nFrom: Ana\nSent: Monday\nReady?",
            "  ee ",
        ),
        (
            (
                '<p>Ja.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>Von:</b> Ana<br>'
                "<b>Gesendet:</b> Montag"
                "<br><b>An:</b> Dana</p></div><p>Fertig?</p>"
            ),
            "Ja.\n\nVon: Ana\nGesendet: Montag\nAn: Dana\n\nFertig?",
            "  eeee ",
        ),
        (
            '<div>Yes.</div><div class="gmail_signature">Dana<br>Halden</div><div class="yahoo_quoted">Ready?</div>',
            "Yes.\nDana\nHalden\nReady?",
            " ssq",
        ),
        ('<blockquote style="margin:0 0 0 40px;border:none">mine</blockquote>', "mine", " "),
        ('<div style="border-top:solid black 1pt">Total: 12</div>', "Total: 12", " "),
    ],
)
def test_elements_say_whose_words_they_hold(html: str, text: str, structure: str) -> None:
    read = read_html(html, LIMITS)
    assert (read.text, read.structure) == (text, structure)


@given(
    st.lists(st.sampled_from(["a\n", "<br>", "<div id=Signature>", "</div>", "<pre>", "&#13;", "<blockquote>", "<p>"]))
)
def test_there_is_a_letter_of_structure_for_each_line(pieces: list[str]) -> None:
    read = read_html("".join(pieces), LIMITS)
    assert len(read.structure) == read.text.count("\n") + 1 or read.text == read.structure == ""
