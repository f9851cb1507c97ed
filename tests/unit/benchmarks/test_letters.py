"""The generated mailbox: the same bytes every time, and the make-up that the figures are said to be of."""

from itertools import islice
from statistics import mean

from benchmarks.mailbox.letters import generate
from ingest.parse import parse_message


def test_a_seed_gives_the_same_bytes_whatever_the_number() -> None:
    assert list(generate(20)) == list(islice(generate(500), 20))
    assert next(generate(1, seed=2)) != next(generate(1))


def test_make_up() -> None:
    raws = list(generate(1500))
    messages = [message for raw in raws if (message := parse_message(raw).message)]
    assert len(messages) == len({message.id for message in messages}) == len(raws)
    assert 12_000 < mean(map(len, raws)) < 15_000
    assert 110 < mean(len(message.new_text.split()) for message in messages) < 130
    assert 0.3 < mean(not message.references for message in messages) < 0.37
    assert 0.09 < mean(bool(message.attachments) for message in messages) < 0.16
    assert 0.05 < mean(message.has_html for message in messages) < 0.11
