"""Sentences that belong together become one ask."""

import pytest

from analysis.ownership.gathering import gather_asks
from analysis.ownership.restating import same_ask
from models.judgements import AskSpan, Reading, Span
from models.vocabulary import AskKind


def quotes(text: str, *sentences: str, names: tuple[str, ...] = (), to_group: bool = False) -> list[str]:
    spans = tuple(
        AskSpan(Span(text.index(words), text.index(words) + len(words), words, "by_hand", 0.8), AskKind.REQUEST, names)
        for words in sentences
    )
    gathered = gather_asks(Reading("", "by hand", asks=spans), text, 0.5, to_group=to_group)
    return [one.main.span.text for one in gathered]


def test_a_restatement_belongs_to_the_ask_before_it_wherever_it_stands() -> None:
    review, when = "Could you review the protocol?", "Please let me know by Friday."
    assert quotes(f"{review}\n\nWe made some changes.\n\n{when}", review, when) == [review]


def test_a_hollow_beginning_gives_way_to_what_is_asked() -> None:
    help_me, licence = "Could you help?", "Which license do we need?"
    assert quotes(f"{help_me}\n\n{licence}", help_me, licence) == [licence]


def test_sentences_that_follow_directly_are_one_ask() -> None:
    one, two = "Is the free license enough?", "Or do we need a full version?"
    assert quotes(f"{one} {two}", one, two) == [one]


@pytest.mark.parametrize("second", ["Also, what does line two cost?", "- What does line two cost?"])
def test_another_matter_and_a_list_item_are_asks_of_their_own(second: str) -> None:
    first = "Please send the batch record."
    assert quotes(f"{first}\n{second}", first, second) == [first, second]


def test_a_paragraph_apart_is_an_ask_of_its_own() -> None:
    one, two = "Please send the batch record.", "What does line two cost?"
    assert quotes(f"{one}\n\n{two}", one, two) == [one, two]


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("Please note the new address.", False),
        ("Please see attached.", False),
        ("Please see whether the batch is free.", True),
        ("Please see attached and confirm.", True),
        ("If you are interested, have a look.", False),
        ("Please find out when it ships.", True),
        ("Please accept the change order.", True),
        ("This is a reminder of the weekly meeting.", False),
        ("Remember that these are estimates.", False),
        ("You should be able to get it from the portal.", False),
        ("Please let me know if you disagree.", False),
        ("Please let me know if you have any questions or comments.", False),
        ("Please let me know if you have any comments on section 3.", True),
        ("For those who want to review the slides, here they are.", False),
        ("If you are interested, please let me know by Friday.", True),
    ],
)
def test_a_notice_obliges_nobody(words: str, asks: bool) -> None:  # noqa: FBT001 - a table's column
    assert bool(quotes(words, words)) is asks


def test_where_to_turn_is_an_ask_to_one_and_a_notice_to_many() -> None:
    words = "Please direct all comments to the quality desk."
    assert quotes(words, words) == [words]
    assert quotes(words, words, to_group=True) == []


def test_courtesies_and_the_unsure_open_nothing() -> None:
    weak = AskSpan(Span(0, 4, "Call", "courtesy", 0.9), AskKind.REQUEST, weak=True)
    unsure = AskSpan(Span(0, 4, "Call", "question", 0.4), AskKind.QUESTION)
    assert gather_asks(Reading("", "by hand", asks=(weak, unsure)), "Call", 0.5) == ()


def test_same_ask_needs_words_of_its_own() -> None:
    assert same_ask("Please send the batch records", "Could you send the batch record of March?")
    assert not same_ask("Could you help?", "Please help!")
    assert not same_ask("Please send the batch record", "What does line two cost?")
