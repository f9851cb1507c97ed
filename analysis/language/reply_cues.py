"""What the words of a reply do: substance, acknowledgement, thanks, refusal, withdrawal, closing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from analysis.language.cues import matched_spans
from models.judgements import ReplyCues, Span

_STATEMENT = re.compile(r"[,;]\s+((?:we|i|it|the|this|that|there|our)\s+\w+\s+\w+\s+\w.*)", re.IGNORECASE)
_SHORT = 8
_ACKNOWLEDGING_LENGTH = 14


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A scanned sentence and what is known of it.

    Attributes:
        doc: the sentence.
        start: its offset in the new text.
        asks: it is an ask, weak ones included.
        promises: it is a commitment.
        carries: it says who carries something, or who does not.
        formal: greeting, closing or signed name.
    """

    doc: Doc
    start: int
    asks: bool = False
    promises: bool = False
    carries: bool = False
    formal: bool = False


def find_reply_cues(sentences: Sequence[ReadSentence]) -> ReplyCues:
    """Judge the sentences of one new text together."""
    substance = sum(_words(sentence) for sentence in sentences if _informs(sentence))
    substance += sum(_stated_words(sentence) for sentence in sentences if sentence.asks)
    spoken = [sentence for sentence in sentences if not sentence.formal]
    return ReplyCues(
        substance_words=substance,
        acknowledges=_first(sentences, "acknowledges", asked=False),
        thanks_only=bool(sentences) and not substance and _only_thanks(sentences, spoken),
        declines=_first(sentences, "declines", asked=False),
        withdraws=_first(sentences, "withdraws"),
        closes=_first(sentences, "closes", asked=False),
        rework=_first(sentences, "rework"),
        proactive=_first(sentences, "proactive"),
    )


def _first(sentences: Sequence[ReadSentence], label: str, *, asked: bool = True) -> Span | None:
    """The first cue with this label; with `asked` False asking sentences are left out."""
    for sentence in sentences:
        if sentence.asks and not asked:
            continue
        for rule, span in matched_spans(sentence.doc, label):
            start = sentence.start + span.start_char
            return Span(start, start + len(span.text), span.text, rule.id, rule.confidence)
    return None


def _words(sentence: ReadSentence) -> int:
    return sum(token.is_alpha or token.like_num for token in sentence.doc)


def _informs(sentence: ReadSentence) -> bool:
    """Whether a sentence states something: it does not ask, promise, thank, greet or merely acknowledge."""
    if sentence.asks or sentence.promises or sentence.formal:
        return False
    words = _words(sentence)
    if sentence.carries and words <= _ACKNOWLEDGING_LENGTH:
        return False
    if _has(sentence, "thanks") or _has(sentence, "courtesy"):
        return words > _SHORT and not _has(sentence, "acknowledges")
    return not (_has(sentence, "acknowledges") and words <= _ACKNOWLEDGING_LENGTH)


def _stated_words(sentence: ReadSentence) -> int:
    """Words of a statement behind an instruction: "Keep the slot please, the PO will come on 28 May"."""
    text = sentence.doc.text
    match = None if text.rstrip().endswith("?") else _STATEMENT.search(text)
    return len(match[1].split()) if match else 0


def _has(sentence: ReadSentence, label: str) -> bool:
    return bool(matched_spans(sentence.doc, label))


def _only_thanks(sentences: Sequence[ReadSentence], spoken: Sequence[ReadSentence]) -> bool:
    if any(sentence.promises or sentence.asks for sentence in spoken):
        return False
    return any(_has(sentence, "thanks") or _has(sentence, "courtesy") for sentence in sentences)
