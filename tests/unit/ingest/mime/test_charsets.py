"""Character sets that lie, and what is read instead."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.mime.charsets import decode

GERMAN = "Grüße aus Köln, die Prüfung läuft."
RUSSIAN = "Добрый день, партия семнадцать готова к отгрузке."
CHINESE = "第十七批货物已经准备好 请确认交货日期。"
JAPANESE = "次のロットの試験成績書をお送りください。"


@pytest.mark.parametrize(
    ("content", "declared", "text", "code"),
    [
        (GERMAN.encode(), "utf-8", GERMAN, None),
        (GERMAN.encode(), "", GERMAN, None),
        (GERMAN.encode(), "unknown-8bit", GERMAN, None),
        (GERMAN.encode("cp1252"), "iso-8859-1", GERMAN, None),
        ("it’s".encode("cp1252"), "iso-8859-1", "it’s", None),
        (GERMAN.encode("cp1252"), "utf-8", GERMAN, "charset_wrong"),
        (GERMAN.encode("cp1252"), "us-ascii", GERMAN, "charset_guessed"),
        (GERMAN.encode("cp1252"), "unknown", GERMAN, "charset_guessed"),
        (GERMAN.encode("cp1252"), "x-nonsense", GERMAN, "charset_guessed"),
        (GERMAN.encode("cp1252"), "base64", GERMAN, "charset_guessed"),
        (GERMAN.encode(), "iso-8859-1", GERMAN, "charset_wrong"),
        (GERMAN.encode("utf-8") + b" \xe4", "utf-8", GERMAN + " ä", "charset_wrong"),
        (GERMAN.encode().decode("cp1252").encode(), "utf-8", GERMAN, "charset_doubled"),
        (CHINESE.encode("gb18030"), "gb2312", CHINESE, None),
        ("镕基".encode("gb18030"), "gb2312", "镕基", None),
        (CHINESE.encode("gb18030"), "", CHINESE, "charset_guessed"),
        (CHINESE.encode(), "gb2312", CHINESE, "charset_wrong"),
        (JAPANESE.encode("iso2022_jp"), "iso-2022-jp", JAPANESE, None),
        (JAPANESE.encode("iso2022_jp"), "us-ascii", JAPANESE, "charset_guessed"),
        (JAPANESE.encode(), "iso-2022-jp", JAPANESE, "charset_wrong"),
        (JAPANESE.encode("cp932"), "shift_jis", JAPANESE, None),
        (RUSSIAN.encode("koi8-r"), "koi8-r", RUSSIAN, None),
        (RUSSIAN.encode("koi8-r"), "", RUSSIAN, "charset_guessed"),
        (RUSSIAN.encode("cp1251"), "us-ascii", RUSSIAN, "charset_guessed"),
        (RUSSIAN.encode(), "koi8-r", RUSSIAN, "charset_wrong"),
        (GERMAN.encode("utf-7"), "utf-7", GERMAN, None),
        (GERMAN.encode("utf-7"), "unicode-1-1-utf-7", GERMAN, None),
        (GERMAN.encode("utf-16"), "utf-16", GERMAN, None),
        (GERMAN.encode("utf-16-be"), "utf-16", GERMAN, None),
        (GERMAN.encode("utf-16-le"), "utf-16", GERMAN, None),
        (GERMAN.encode("utf-16-le"), "us-ascii", GERMAN, "charset_guessed"),
        (GERMAN.encode("utf-8-sig"), "iso-8859-1", GERMAN, None),
        (b"plain", "utf-16", "plain", None),
        (b"", "x-nonsense", "", None),
    ],
)
def test_what_is_read(content: bytes, declared: str, text: str, code: str | None) -> None:
    decoded = decode(content, declared)
    assert decoded.text == text
    assert (decoded.problem.code if decoded.problem else None) == code


def test_html_may_name_its_own_character_set() -> None:
    page = "<html><head><meta charset='koi8-r'></head><p>Добрый день"
    assert decode(page.encode("koi8-r"), "", html=True).text == page
    assert decode(page.encode("koi8-r"), "koi8-r", html=True).problem is None


@pytest.mark.parametrize("text", ["café", "SÃO PAULO", "naïve – Ã la carte", "Ã¼", "50 £ und 20 € für Müller"])
def test_what_only_looks_doubled_stays_as_it_is(text: str) -> None:
    assert decode(text.encode(), "utf-8").text == text


def test_what_was_done_is_said() -> None:
    problem = decode(GERMAN.encode("cp1252"), "utf-8").problem
    assert problem is not None
    assert problem.detail == "utf-8: read as utf-8 and cp1252"


@settings(deadline=None)
@given(st.text(), st.sampled_from(["utf-8", "utf-16", "utf-32", "utf-7", "utf-8-sig"]))
def test_what_is_declared_truly_is_read_truly(text: str, charset: str) -> None:
    try:
        content = text.encode(charset)
    except UnicodeEncodeError:
        return
    decoded = decode(content, charset)
    if decoded.problem is None:
        assert decoded.text.removeprefix("\ufeff") == text.removeprefix("\ufeff") or content.isascii()


@settings(deadline=None)
@given(
    st.binary(max_size=200), st.one_of(st.text(max_size=20), st.sampled_from(["idna", "punycode", "undefined", "hex"]))
)
def test_no_bytes_and_no_names_raise(content: bytes, declared: str) -> None:
    for html in (False, True):
        decode(content, declared, html=html)
