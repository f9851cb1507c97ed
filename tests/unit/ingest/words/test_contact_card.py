"""What signatures say of the writer, and of nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.words.contact_card import read_contact
from models.records import ContactCard, NamedAddress

ANA = NamedAddress("ana.ruiz@corvus.example", "Ruiz, Ana")


@pytest.mark.parametrize(
    ("signature", "card"),
    [
        (
            (
                "--\nAna Ruiz\nHead of Quality\nCorvus Biologics GmbH\nHafenstraße 12\n20457 Hamburg\n"
                "Tel.: +49 (0)40 123456\nFax: +49 40 123457\nana.ruiz@corvus.example\n"
                "Geschäftsführer: Kurt Vogel, HRB 12345"
            ),
            ContactCard(
                "Ana Ruiz",
                "Head of Quality",
                "Corvus Biologics GmbH",
                ("+4940123456",),
                "Hafenstraße 12, 20457 Hamburg",
            ),
        ),
        (
            "Ana Ruiz | Leiterin Qualitätssicherung | Corvus\nMobil: 0170 1234567",
            ContactCard("", "", "", (), ""),
        ),
        (
            "Ana Ruiz\nQualitätsleiterin, Corvus\nT +49 40 123456 / M +49 170 1234567",
            ContactCard("Ana Ruiz", "Qualitätsleiterin", "Corvus", ("+4940123456", "+491701234567")),
        ),
        (
            "Ana Ruiz\nDirectrice Qualité\nCorvus SAS\n12 rue de la Paix\n69003 Lyon Cedex",
            ContactCard("Ana Ruiz", "Directrice Qualité", "Corvus SAS", (), "12 rue de la Paix, 69003 Lyon Cedex"),
        ),
        (
            (
                "Ana Ruiz\nCounsel, Supply\nKing & Vogel\n1100 Louisiana, Suite 3300\nHouston, Texas 77002\n"
                "713-276-7307 (phone)\n713-751-3280 (fax)"
            ),
            ContactCard(
                "Ana Ruiz",
                "Counsel, Supply",
                "King & Vogel",
                ("7132767307",),
                "1100 Louisiana, Suite 3300, Houston, Texas 77002",
            ),
        ),
    ],
)
def test_what_a_signature_plainly_says(signature: str, card: ContactCard) -> None:
    found = read_contact(signature, "Thanks.", ANA)
    # a name on one line with other facts is not taken apart, so nothing says whose the block is
    assert found == (card if card != ContactCard() else None)


def test_the_name_may_stand_with_the_words_above() -> None:
    card = read_contact("Head of Quality\nPhone +49 40 123456", "Please sign.\n\nBest regards,\nAna Ruiz", ANA)
    assert card == ContactCard("Ana Ruiz", "Head of Quality", "", ("+4940123456",))


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "Sent from my iPhone",
        "Dana Cole\nHead of Supply\nHalden Pharma\n+44 20 1234567",
        " - certificate.pdf",
        "2026-03-02\n\nAna Ruiz",
        "Ana Ruiz",
    ],
)
def test_somebody_elses_signature_or_none_is_no_card(signature: str) -> None:
    assert read_contact(signature, "Thanks.", ANA) is None


def test_prose_and_what_follows_it_is_left_out() -> None:
    prose = (
        "I will lead the call with your manager tomorrow and we can then see what the engineer says about all of it."
    )
    card = read_contact(f"Ana Ruiz\nCorvus Ltd\n{prose}\nDirector", "", ANA)
    assert card == ContactCard("Ana Ruiz", "", "Corvus Ltd")


@given(st.text(max_size=300), st.text(max_size=50))
def test_no_text_raises(signature: str, words: str) -> None:
    read_contact(signature, words, ANA)


def test_long_lines_are_bounded_work() -> None:
    for signature in ("1 " * 200_000, "A" * 500_000, "Ana Ruiz\n" + "a, " * 100_000, "+1-" * 100_000):
        read_contact(signature, signature, ANA)
