"""Leading contact and effective contacts of the sending side."""

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.metrics.cohorts import Terms
from analysis.metrics.contacts import BandVerdict, Contacts, contacts, effective_number
from models.records import Message
from tests.unit.analysis.metrics.halden import cohort, judgement, message

TEAM = ("ana", "bo", "cy", "di", "ed")
CMO = "ben@corvus.example"
ALL_SHOWN = Terms(people_for_shares=1)


def _mail(**counts: int) -> tuple[Message, ...]:
    return tuple(
        message(f"{name}-{number}", f"{name}@halden.example", CMO)
        for name, count in counts.items()
        for number in range(count)
    )


def _answered(name: str, number: int) -> Contacts:
    answers = [judgement(f"q{n}", back=True, answered_by=(f"{name}@halden.example",)) for n in range(number)]
    return contacts(cohort(*answers, mail=_mail(ana=6, bo=2, cy=1, di=1, ed=1)))


def test_leading_contact_has_the_largest_mean_of_both_shares() -> None:
    led = _answered("bo", 4)
    assert (led.leading, led.people) == ("bo@halden.example", 5)
    assert (led.answer_share.value, led.answer_share.n) == (1.0, 4)
    assert (led.message_share.value, led.message_share.n) == (2 / 11, 11)


def test_messages_alone_decide_where_nothing_was_answered() -> None:
    led = contacts(cohort(mail=_mail(ana=2, bo=3)))
    assert led.leading == "bo@halden.example"
    assert led.answer_share.value is None


def test_shares_of_a_small_team_are_withheld_and_their_n_is_said() -> None:
    small, shown = (
        contacts(cohort(mail=_mail(ana=2, bo=3))),
        contacts(cohort(mail=_mail(ana=2, bo=3), terms=ALL_SHOWN)),
    )
    assert (small.message_share.value, small.message_share.n) == (None, 5)
    assert shown.message_share.value == 0.6


def test_ties_go_to_more_messages_then_to_the_first_address() -> None:
    assert contacts(cohort(mail=_mail(bo=2, ana=2))).leading == "ana@halden.example"


def test_effective_contacts_of_evenly_busy_people_is_their_number() -> None:
    even = contacts(cohort(mail=_mail(ana=3, bo=3, cy=3)))
    assert (even.effective.value, even.effective.n, even.verdict) == (3.0, 9, BandVerdict.WITHIN)


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ({"ana": 9}, BandVerdict.BELOW),
        ({"ana": 2, "bo": 2}, BandVerdict.WITHIN),
        (dict.fromkeys(TEAM, 2), BandVerdict.ABOVE),
        ({"ana": 2, "bo": 2, "cy": 2, "di": 2}, BandVerdict.WITHIN),
    ],
)
def test_verdict_against_the_band(counts: dict[str, int], verdict: BandVerdict) -> None:
    assert contacts(cohort(mail=_mail(**counts))).verdict is verdict


def test_role_mailboxes_are_nobody() -> None:
    answers = [judgement("q", back=True, answered_by=("quality@halden.example",))]
    led = contacts(cohort(*answers, mail=(message("m", "quality@halden.example", CMO),)))
    assert (led.leading, led.people, led.effective.value, led.verdict) == (None, 0, None, None)


def test_effective_number_by_hand() -> None:
    assert effective_number([6, 3, 1]) == pytest.approx(exp(-(0.6 * log(0.6) + 0.3 * log(0.3) + 0.1 * log(0.1))))
    assert effective_number([7, 0]) == 1.0
    assert effective_number([]) is None


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=40))
def test_effective_number_lies_between_one_and_the_number_of_people(counts: list[int]) -> None:
    number = effective_number(counts)
    assert number is not None
    assert 1 - 1e-9 <= number <= len(counts) + 1e-9
    assert effective_number(counts[::-1]) == pytest.approx(number)
    assert effective_number([count * 3 for count in counts]) == pytest.approx(number)
