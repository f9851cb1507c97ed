# ruff: noqa: RUF001  # the words of other languages have letters that look like ours
"""Dates in announcements and header blocks: read in many languages, and never guessed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.words.written_dates import read_written_date

BERLIN = timezone(timedelta(hours=1))
CARRIED = datetime(2026, 3, 10, 12, 0, tzinfo=BERLIN)
WRITTEN = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "On Mon, 2 Mar 2026 at 09:30, Ana Ruiz <ana@corvus.example> wrote:",
        "On Monday, March 2, 2026 9:30 AM, Ana wrote:",
        "On Mar 2nd, 2026, at 9:30 AM",
        "Mon, 02 Mar 2026 08:30:00 +0000",
        "2026-03-02 9:30 GMT+01:00 Ana Ruiz <ana@corvus.example>:",
        "Mon 2 Mar 2026 03:30:00 EST",
        "Am Mo., 2. März 2026 um 09:30 Uhr schrieb Ana Ruiz:",
        "02.03.2026, 09.30, Ana",
        "Le lun. 2 mars 2026 à 09:30, Ana Ruiz a écrit :",
        "lundi 2 mars 2026 09h30",
        "El lun, 2 mar 2026 a las 9:30, Ana escribió:",
        "lunes, 2 de marzo de 2026 9:30",
        "Il giorno lun 2 mar 2026 alle ore 09:30 Ana ha scritto:",
        "Op ma 2 mrt. 2026 om 09:30 schreef Ana:",
        "Em seg., 2 de mar. de 2026 às 09:30, Ana escreveu:",
        "pon., 2 mar 2026 o 09:30 Ana napisał(a):",
        "poniedziałek, 2 marca 2026 09:30",
        "2 марта 2026 г., 09:30",
        "2 березня 2026 р., 09:30",
        "ma 2. maaliskuuta 2026 klo 9.30 Ana kirjoitti:",
        "2026年3月2日(月) 9:30 Ana",
        "Mon 3/2/2026 9:30 AM",
    ],
)
def test_moments_are_read(text: str) -> None:
    found = read_written_date(text, CARRIED)
    assert found is not None
    assert found.moment == WRITTEN


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("03/02/2026 9:30 AM", "day and month may change places"),
        ("2 Mar 2026 9:30 CST", "Chicago, or Shanghai"),
        ("2 Mar 2026", "no time"),
        ("2 Mar 2027 9:30", "later than the mail that carries it"),
        ("2 Mar 2026 19:30 PM", "no such hour"),
        ("31 Feb 2026 9:30", "no such day"),
    ],
)
def test_what_is_not_sure_is_no_moment(text: str, why: str) -> None:
    found = read_written_date(text, CARRIED)
    assert found is None or found.moment is None, why


def test_what_decides_between_day_and_month() -> None:
    def moment(text: str, *, carried: datetime = CARRIED, day_first: bool = False) -> datetime | None:
        found = read_written_date(text, carried, day_first=day_first)
        return found.moment if found else None

    assert moment("2/13/2026 9:30") == datetime(2026, 2, 13, 8, 30, tzinfo=UTC)
    assert moment("02/03/2026 09:30", day_first=True) == WRITTEN
    assert moment("3/2/2026 9:30", carried=datetime(2026, 2, 20, tzinfo=BERLIN)) == datetime(
        2026, 2, 3, 8, 30, tzinfo=UTC
    )
    assert moment("02/02/2026 9:30") == datetime(2026, 2, 2, 8, 30, tzinfo=UTC)


def test_a_bare_time_is_of_the_carrying_mails_zone_and_of_none_where_that_has_none() -> None:
    text = "2 Mar 2026 9:30"
    tokyo = read_written_date(text, CARRIED.astimezone(timezone(timedelta(hours=9))))
    unknown = read_written_date(text, None)
    assert tokyo is not None
    assert tokyo.moment == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    assert unknown is not None
    assert unknown.moment is None


def test_the_span_covers_date_time_and_zone() -> None:
    text = "On Mon, 2 Mar 2026 at 09:30:12 +0100, Ana wrote:"
    found = read_written_date(text, CARRIED)
    assert found is not None
    assert text[found.begin : found.end] == "2 Mar 2026 at 09:30:12 +0100"


@given(st.text(alphabet="0123456789 /.:-+()年月日aApPmMarGMTe,", max_size=60))
def test_no_text_raises(text: str) -> None:
    read_written_date(text, CARRIED)
    read_written_date(text, None)
