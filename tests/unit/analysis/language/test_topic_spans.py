"""Topics: sure words, ambiguous words with and without company."""

import pytest

from analysis.language.sentences import split_sentences
from analysis.language.topic_spans import TopicFinder
from analysis.topics import load_topics

FINDER = TopicFinder(load_topics())


def topics(text: str) -> set[str]:
    places = [(found.start, found.end) for found in split_sentences(text)]
    return {found.topic for found in FINDER.find(text, places)}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("DEV-2031 is still open.", "deviation"),
        ("Please send the executed batch record.", "batch_record_review"),
        ("The change control CC-0042 needs your signature.", "change_control"),
        ("We found an OOS result for lot 4711.", "out_of_specification"),
        ("We raised a CAPA.", "capa"),
        ("Please confirm the purchase order.", "purchase_order"),
        ("I am taking over from Dana.", "contact_change"),
        ("FDA announced an inspection of the site.", "inspection"),
    ],
)
def test_topics(text: str, topic: str) -> None:
    assert topic in topics(text)


@pytest.mark.parametrize(
    "text",
    [
        "The standard deviation is 3.",
        "The next kernel release comes in May.",
        "I recall that he agreed.",
        "It boots in two minutes.",
        "The function call fails.",
        "This is as far as it goes.",
        "It is out of stock.",
    ],
)
def test_other_meanings(text: str) -> None:
    assert topics(text) == set()


def test_company_decides_and_sets_the_confidence() -> None:
    def confidence(text: str) -> float:
        return max(found.span.confidence for found in FINDER.find(text, [(0, len(text))]))

    assert topics("The deviation is small.") == set()
    assert confidence("The deviation of the batch is small.") == 0.75
    assert confidence("DEV-17 is small.") == 0.9
