"""The topic of an ask: from its own sentences, else from its message, else from what the thread was about so far."""

from collections.abc import Iterable, Sequence

from analysis.ownership.conversation import Turn
from analysis.ownership.gathering import GatheredAsk
from analysis.topics import GENERAL
from models.judgements import TopicSpan


def topic_of(gathered: GatheredAsk, turn: Turn, earlier: Sequence[Turn]) -> str:
    """A topic's name; `general` where no words mark one."""
    spans = turn.reading.topics
    inside = [span for span in spans if _inside(span, gathered)]
    before = (span for previous in reversed(earlier) for span in previous.reading.topics)
    return _surest(inside) or _surest(spans) or next((span.topic for span in before), GENERAL)


def _inside(topic: TopicSpan, gathered: GatheredAsk) -> bool:
    return any(ask.span.start <= topic.span.start and topic.span.end <= ask.span.end for ask in gathered.spans)


def _surest(spans: Iterable[TopicSpan]) -> str:
    """The topic with the most confidence in sum, the first named of several equals."""
    weights: dict[str, float] = {}
    for span in spans:
        weights[span.topic] = weights.get(span.topic, 0.0) + span.span.confidence
    return max(weights, key=lambda topic: weights[topic]) if weights else ""
