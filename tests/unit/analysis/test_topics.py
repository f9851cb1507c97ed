"""The topics file is whole and its clocks can be read."""

import pytest

from analysis.clocks import parse_duration
from analysis.topics import GENERAL, Topic, load_topics


@pytest.mark.parametrize("topic", load_topics(), ids=lambda topic: topic.name)
def test_every_topic_has_clocks_and_a_source(topic: Topic) -> None:
    assert parse_duration(topic.ack).amount > 0
    assert parse_duration(topic.answer).amount > 0
    assert topic.source
    assert topic.words or topic.name == GENERAL


def test_names_are_unique_and_general_is_last() -> None:
    names = [topic.name for topic in load_topics()]
    assert len(set(names)) == len(names) == 22
    assert names[-1] == GENERAL


def test_form_numbers_stay_text() -> None:
    (inspection,) = (topic for topic in load_topics() if topic.name == "inspection")
    assert "483" in inspection.words
