"""Compressed RTF, and what Outlook wraps in RTF."""

import pytest

from ingest.outlook.rtf import Unwrapped, decompress, unwrap


@pytest.mark.parametrize(
    ("packed", "plain"),
    [
        # the examples of MS-OXRTFCP, section 3
        (
            "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        ),
        ("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
        ("100000000400000" + "04d454c410000000" + "07b5c7d00", b"{\\}\0"),
        ("", b""),
        ("10000000040000004e4f4e450000000000", b""),
    ],
)
def test_decompressing(packed: str, plain: bytes) -> None:
    assert decompress(bytes.fromhex(packed)) == plain


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi Dear Dana,\par\par please \b sign\b0 .\par}", "Dear Dana,\n\nplease sign.\n"),
        (
            rb"{\rtf1{\fonttbl{\f0 Arial;}{\f1\fcharset238 Arial;}}{\f1 \'f3d\'9f}{\f0 \'f3}}",
            "ódźó",
        ),
        (rb"{\rtf1\ansicpg1252 caf\'e9 \endash \u8364? \uc0\u-10179\u-8704 \\ \{x\}}", "café –€ \U0001f600\\ {x}"),
        (rb"{\rtf1{\info{\title no}}{\*\generator no;}{\pict 00ff}yes}", "yes"),
        (rb"{\rtf1 unfinished {\b", "unfinished "),
    ],
)
def test_rtf_as_text(rtf: bytes, text: str) -> None:
    assert unwrap(rtf) == Unwrapped(text, is_html=False)


def test_text_wrapped_in_rtf_is_text() -> None:
    rtf = (
        rb"{\rtf1\ansi\fbidis\ansicpg1252\deff0\fromtext{\fonttbl{\f0\fmodern Courier;}}\f0\fs20 one\par"
        b"\r\n"
        rb"two}"
    )
    assert unwrap(rtf) == Unwrapped("one\ntwo", is_html=False)


def test_html_wrapped_in_rtf_comes_back() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}{\*\htmltag19 <html>}"
        rb"{\*\htmltag34 <body>}{\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0 a \{b\}{\*\htmltag72 </body>\par}}"
    )
    assert unwrap(rtf) == Unwrapped("<html><body>&nbsp;a {b}</body>\n", is_html=True)
