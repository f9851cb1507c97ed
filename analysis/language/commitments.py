"""Commitments: what a writer says that they, or a named colleague, will do."""

import re

from spacy.tokens import Doc, Span

from analysis.language.cues import matched_spans
from analysis.language.due_dates import find_due_text
from analysis.language.names import names_in
from analysis.language.pattern_files import PhraseRule, word_list
from models.judgements import CommitmentSpan
from models.judgements import Span as TextSpan

_SUBJECT = re.compile(
    r"(?:^|[,;:.]\s|\b(?:and|that|so|but|know|think|then|also)\s)\s*([A-Z][\w'’.-]*(?:\s+(?:and\s+|&\s+)?[A-Z][\w'’.-]*){0,3})(?:\s+(?:from|in|at|of)\s+[\w&]+){0,1}\s*$"
)
_PROMISES = frozenset({"will", "'ll", "shall", "is", "are"})
_FURTHEST_VERB = 4


def find_commitment(doc: Doc, offset: int) -> CommitmentSpan | None:
    """The commitment that a sentence states; `offset` is the sentence's place in the new text."""
    if doc.text.rstrip().endswith("?"):
        return None
    for rule, span in matched_spans(doc, "commitment"):
        by_name = _by(doc, rule, span)
        confidence = _confidence(doc, rule, span)
        if by_name is not None and confidence:
            place = TextSpan(offset, offset + len(doc.text), doc.text, rule.id, confidence)
            return CommitmentSpan(place, by_name, find_due_text(doc.text))
    return None


def _by(doc: Doc, rule: PhraseRule, span: Span) -> str | None:
    """Who promises: "" the writer, a name as written, None where it is nobody that can promise."""
    if rule.id != "named_will":
        return ""
    verb = next((token.i for token in span if token.norm_ in _PROMISES), span.start)
    match = _SUBJECT.search(doc[:verb].text)
    names = names_in(match[1]) if match else ()
    return " and ".join(names) or None


def _confidence(doc: Doc, rule: PhraseRule, span: Span) -> float:
    """By the promised act: known acts are sure, states of mind and conditions are no promise."""
    if rule.id == "sure_promise":
        return rule.confidence
    after = [token.norm_ for token in doc[span.end - 1 : span.end + _FURTHEST_VERB] if token.is_alpha]
    acts, states = word_list("cues", "acts"), word_list("cues", "states")
    for word, following in zip(after, [*after[1:], ""], strict=True):
        if word in acts:
            return rule.confidence
        if word in states and not (word == "be" and following.endswith("ing")):
            return 0.0
    return round(rule.confidence * 0.75, 2)
