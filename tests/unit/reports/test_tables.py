"""CSV and JSON of a document."""

import csv
import io
import json

import pytest

from reports import tables
from reports.document import Document
from tests.unit.reports.correspondence import UNREACHED, document


@pytest.fixture(scope="module")
def report() -> Document:
    return document()


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_table_is_written_with_its_heading(report: Document) -> None:
    written = tables.to_csv(report)
    assert sorted(written) == [
        "asks",
        "attention",
        "completeness",
        "contacts",
        "fan_out",
        "figures",
        "folders",
        "left_out",
        "survival",
        "traffic",
    ]
    assert all(text.endswith("\r\n") for text in written.values())
    assert all(None not in row for text in written.values() for row in _rows(text))


def test_the_register_in_csv_is_the_register(report: Document) -> None:
    rows = _rows(tables.to_csv(report)["attention"])
    assert [row["state"] for row in rows] == ["stranded", "limbo"]
    assert rows[0]["reasons"] == "FAN_OUT(14); GROUP_ADDRESS; CHASED(1)"
    assert rows[0]["asked_at"] == "2026-10-07T09:30:00Z"
    assert rows[0]["owner"] == ""
    assert rows[1]["quote"].startswith('Why <script>alert("x")</script>')


def test_completeness_in_csv(report: Document) -> None:
    row = _rows(tables.to_csv(report)["completeness"])[0]
    assert (row["mailbox"], row["listed"], row["stored"], row["reached"]) == ("journal", "4", "4", "true")


def test_what_is_left_out_and_which_folders_were_not_read_have_tables_of_their_own() -> None:
    written = tables.to_csv(document(mailboxes=UNREACHED))
    assert [list(row.values()) for row in _rows(written["left_out"])] == [
        ["journal", "quarantined", "larger than Liaison reads; look at it in the mailbox itself", "1"]
    ]
    assert [(row["folder"], row["fate"]) for row in _rows(written["folders"])] == [
        ("Drafts", "excluded"),
        ("Sent", "lost"),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_compute_is_neutralised(start: str) -> None:
    assert tables.neutral(f"{start}1+1") == f"'{start}1+1"
    assert tables.neutral(f"a{start}") == f"a{start}"


def test_json_is_the_document_with_sorted_keys_and_moments_in_utc(report: Document) -> None:
    text = tables.to_json(report)
    loaded = json.loads(text)
    assert loaded["as_of"] == "2026-10-30T17:00:00Z"
    assert list(loaded) == sorted(loaded)
    assert [ask["state"] for ask in loaded["attention"]] == ["stranded", "limbo"]
    assert loaded["attention"][0]["clock"] == {
        "ack": "1 BD",
        "answer": "3 BD",
        "clause": "",
        "silence": "",
        "silence_means": "",
        "source": "default",
        "topic": "general",
    }
    assert tables.to_json(report) == text
