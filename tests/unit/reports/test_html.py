"""The page: self-contained, escaped, accessible, the same every time."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from models.records import Problem
from reports import html
from reports.document import DetectorRate, Document
from tests.unit.reports.correspondence import UNREACHED, correspondence, document, many_asks

_ROOT = Path(__file__).parents[3]


class Page(HTMLParser):
    """Collects what a page refers to, and the tags and ids in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.references: list[str] = []
        self.ids: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in {"src", "href", "xlink:href", "action", "data", "srcset", "poster"}:
                self.references.append(value or "")
            if name == "id":
                self.ids.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


@pytest.fixture(scope="module")
def report() -> Document:
    return document()


@pytest.fixture(scope="module")
def text(report: Document) -> str:
    return html.render(report)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_nothing_comes_from_a_network_and_nothing_runs(text: str, page: Page) -> None:
    assert all(reference.startswith("#") for reference in page.references)
    assert not {"script", "iframe", "object", "embed", "link", "img", "form"} & set(page.tags)
    assert page.handlers == []
    assert re.findall(r"url\((?!#)", text) == []
    assert "@import" not in text


def test_every_link_leads_to_a_place_in_the_page_and_no_place_twice(page: Page) -> None:
    assert {reference[1:] for reference in page.references} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_words_of_mail_are_escaped(text: str) -> None:
    assert "<script" not in text
    assert "&lt;script&gt;alert(" in text
    assert "Corvus &amp; &lt;Biologics&gt;" in text


def test_charts_tell_readers_who_do_not_see_them_what_they_show(text: str) -> None:
    charts = re.findall(r'<svg viewBox="[^"]*" width="[^"]*" role="img" aria-labelledby="[^"]*"><title', text)
    assert len(charts) == text.count("<desc") >= 2


def test_tables_have_captions_and_the_page_a_language(text: str, page: Page) -> None:
    assert '<html lang="en">' in text
    assert page.tags.count("table") == page.tags.count("caption") > 4


def test_what_needs_a_person_stands_first(text: str) -> None:
    assert "2 asks need a person today" in text
    assert text.index("Who reviews DEV-14?") < text.index("Scorecard</h2>")


def test_an_unreached_mailbox_is_told_at_the_top() -> None:
    text = html.render(document(mailboxes=UNREACHED))
    assert "Mail is missing." in text[: text.index('id="today"')]
    assert "Wed 28 Oct 2026, 17:00 UTC" in text
    assert "(Sent: lost)" in text


def test_what_is_left_out_is_accounted_for_with_its_reasons() -> None:
    text = html.render(document(mailboxes=UNREACHED))
    account = text[text.index('id="completeness"') : text.index('id="detectors"')]
    for told in ("1 copy in quarantine: larger than Liaison reads", "3 listed once and no longer there"):
        assert told in account
    assert "Folder Drafts: left out by the settings (drafts are left out)" in account
    assert "each kept as one message: 3 in another folder." in account
    assert "2 Message-IDs stand on mails of different content" in account


def test_journal_reports_that_contradict_their_mail_are_named() -> None:
    (asked, read), *others = correspondence()
    doubtful = replace(asked, problems=(Problem("journal_other_sender", "the report says eve@corvus.example"),))
    text = html.render(document([(doubtful, read), *others]))
    assert "<b>1 journal report</b> contradicts the mail inside" in text
    assert "journal report" not in html.render(document())


def test_error_rates_are_printed_or_said_to_be_missing(text: str) -> None:
    assert "Not measured." in text
    measured = html.render(document(detectors=(DetectorRate("limbo", "guide", 73, 0.9, None),)))
    assert "90 %" in measured
    assert "not measured" in measured


def test_a_report_without_any_ask_says_so() -> None:
    text = html.render(document([]))
    assert "Nothing needs a person today" in text
    assert "No thread has an open ask." in text


def test_the_same_document_gives_the_same_bytes(report: Document, text: str) -> None:
    assert html.render(report) == text


def test_another_process_gives_the_same_bytes(text: str) -> None:
    program = (
        "from hashlib import sha256; from reports import html; "
        "from tests.unit.reports.correspondence import document; "
        "print(sha256(html.render(document()).encode()).hexdigest())"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=_ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == sha256(text.encode()).hexdigest()


def test_the_front_page_lists_the_reports(report: Document) -> None:
    page = Page(html.render_index([report]))
    assert page.references == ["halden-corvus.html"]
    assert page.tags.count("table") == 1
    assert "No relationship is configured" in html.render_index([])


def test_a_page_of_two_thousand_asks_stays_under_three_megabytes() -> None:
    report = document(list(many_asks(2000)))
    assert len(report.asks) == 2000
    assert len(report.threads) >= 500
    assert len(html.render(report).encode()) < 3_000_000


def test_a_browser_shows_it(
    text: str,
    tmp_path: Path,
    dump_dom: Callable[[Path | str], str],
    take_screenshot: Callable[..., Path],
) -> None:
    file = tmp_path / "report.html"
    file.write_text(text, encoding="utf-8")
    shown = dump_dom(file)
    assert Page(shown).ids == Page(text).ids
    picture = take_screenshot(file, tmp_path / "report.png", 1280, 900)
    assert picture.stat().st_size > 20_000
