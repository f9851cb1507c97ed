"""Messages of people, counted once."""

from analysis.metrics.traffic import messages_sent
from models.vocabulary import AutoKind
from tests.unit.analysis.metrics.halden import cohort, message

ANA, BEN = "ana@halden.example", "ben@corvus.example"


def test_people_s_messages_of_one_direction() -> None:
    figure = messages_sent(
        cohort(
            mail=(
                message("a", ANA, BEN, "eva@corvus.example"),
                message("b", ANA, "bo@halden.example"),
                message("c", BEN, ANA),
                message("d", ANA, BEN, auto=AutoKind.OUT_OF_OFFICE),
            )
        )
    )
    assert (figure.value, figure.n, figure.unit) == (1.0, 1, "messages")


def test_silence_is_a_count_of_nothing() -> None:
    assert messages_sent(cohort()).value == 0.0
