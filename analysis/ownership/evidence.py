"""Evidence from a message: from words in its new text, or from its header fields."""

from models.judgements import Evidence, Span
from models.records import Message


def from_words(message: Message, span: Span, weight: float = 1.0) -> Evidence:
    """Evidence that stands in the words; `weight` in [0, 1] scales the span's own confidence."""
    return Evidence(
        message_id=message.id,
        rule=span.rule,
        confidence=round(span.confidence * weight, 3),
        start=span.start,
        end=span.end,
        quote=span.text,
    )


def from_header(message: Message, rule: str, confidence: float) -> Evidence:
    """Evidence that stands in who wrote to whom and when."""
    return Evidence(message_id=message.id, rule=rule, confidence=confidence)
