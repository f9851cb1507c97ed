"""The mailbox: the same bytes for the same parameters, and mail that the standard library reads without complaint."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from samples.generate import FEWEST, generate

from .conftest import Sample

Make = Callable[[int, int], Sample]
_COMMITTED = Path(__file__).parents[3] / "samples"


def test_the_same_parameters_give_the_same_bytes(make_sample: Make) -> None:
    first, second = make_sample(7, 400).folder, make_sample(7, 400).folder
    for name in ("halden.mbox", "truth.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_another_seed_gives_another_mailbox(make_sample: Make) -> None:
    assert not set(make_sample(7, 250).identifiers()) & set(make_sample(8, 250).identifiers())


@pytest.mark.parametrize("name", ["halden.mbox", "truth.json"])
def test_the_committed_files_are_what_the_generator_writes(sample: Sample, name: str) -> None:
    assert (_COMMITTED / name).read_bytes() == (sample.folder / name).read_bytes()


@pytest.mark.parametrize("size", [FEWEST, 3000])
def test_the_size_is_a_parameter(make_sample: Make, size: int) -> None:
    sample = make_sample(3, size)
    assert (
        len(set(sample.identifiers()))
        == size
        == sample.truth["messages"]
        == sum(sample.truth["messages_by_act"].values())
    )


def test_too_few_messages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too few"):
        generate(1, FEWEST - 1, tmp_path)


def test_no_message_has_a_defect(sample: Sample) -> None:
    faulty = [key for key, message in sample.messages.items() for part in message.walk() if part.defects]
    assert not faulty


def test_no_field_has_a_defect(sample: Sample) -> None:
    fields = [field for message in sample.messages.values() for field in message.values()]
    assert not [str(field) for field in fields if getattr(field, "defects", ())]


def test_messages_come_in_the_order_of_time_within_the_period(sample: Sample) -> None:
    dates = [parsedate_to_datetime(message["Date"]) for message in sample.messages.values()]
    assert dates == sorted(dates)
    assert (dates[0].strftime("%Y-%m") >= "2025-11", dates[-1].strftime("%Y-%m") <= "2026-10") == (True, True)


def test_dates_have_the_writers_own_offset(sample: Sample) -> None:
    offsets: dict[str, set[timedelta | None]] = {}
    for message in sample.messages.values():
        domain = message["From"].addresses[0].domain
        offsets.setdefault(domain, set()).add(parsedate_to_datetime(message["Date"]).utcoffset())
    assert offsets["halden.example"] == {timedelta(hours=1), timedelta(hours=2)}
    assert offsets["corvus.example"] == {timedelta(hours=-5), timedelta(hours=-4)}
    assert offsets["meridian-sterile.example"] == {timedelta(hours=5, minutes=30)}


def test_every_message_passed_the_clients_journal(sample: Sample) -> None:
    for message in sample.messages.values():
        people = [message[name] for name in ("From", "To", "Cc") if message[name]]
        assert "halden.example" in " ".join(map(str, people))
        assert "journal.halden.example" in message.get_all("Received", [])[0]


def test_replies_name_a_message_of_the_mailbox_and_some_leave_references_out(sample: Sample) -> None:
    replies = [message for message in sample.messages.values() if message["In-Reply-To"]]
    assert all(str(message["In-Reply-To"]).strip("<>") in sample.messages for message in replies)
    silent = [message for message in replies if not message["References"]]
    assert 0.05 < len(silent) / len(replies) < 0.5
    assert any(message["Thread-Index"] for message in silent)


def test_every_kind_of_mail_is_there(sample: Sample) -> None:
    kinds = Counter(message.get_content_type() for message in sample.messages.values())
    assert {"text/plain", "text/html", "multipart/alternative", "multipart/mixed", "multipart/report"} <= set(kinds)
    charsets = {part.get_content_charset() for message in sample.messages.values() for part in message.walk()}
    assert {"us-ascii", "utf-8", "iso-8859-1", "windows-1252"} <= charsets
    automatic = Counter(str(message["Auto-Submitted"]) for message in sample.messages.values())
    assert automatic["auto-replied"] > 5
    assert automatic["auto-generated"] > 5


def test_invitations_are_calendar_objects(sample: Sample) -> None:
    methods = Counter[str]()
    for message in sample.messages.values():
        for part in message.walk():
            if part.get_content_type() == "text/calendar":
                method = str(part.get_param("method"))
                assert f"METHOD:{method}\r\n" in part.get_content().replace("\r\n", "\n").replace("\n", "\r\n")
                methods[method] += 1
    assert methods["REQUEST"] == 20
    assert methods["CANCEL"] == 1
    assert methods["REPLY"] > 5


def test_the_whole_mailbox_stays_small(sample: Sample) -> None:
    assert (sample.folder / "halden.mbox").stat().st_size < 6_000_000


def test_two_mails_seldom_read_alike(sample: Sample, text_of: Callable[[EmailMessage], str]) -> None:
    asking = {ask["message_id"] for ask in sample.truth["asks"]}
    openings = [re.sub(r"\s+", " ", text_of(sample.messages[key])) for key in asking]
    assert len(set(openings)) > 0.99 * len(openings)


def test_no_slot_and_no_mark_of_the_phrases_is_left(sample: Sample, text_of: Callable[[EmailMessage], str]) -> None:
    left = [key for key, message in sample.messages.items() if re.search(r"\{\w+\}|«|»", text_of(message))]
    assert not left
