"""From the sentences of one new text to its reading: whom each ask calls, who carries what, what the reply does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from analysis.language.commitments import find_commitment
from analysis.language.cues import matched_spans
from analysis.language.extensions import ASKS, FINDING
from analysis.language.names import (
    NOBODY,
    Called,
    find_greeting,
    find_sign_off,
    find_vocative,
    is_sign_off_line,
    names_in,
)
from analysis.language.reply_cues import ReadSentence, find_reply_cues
from analysis.language.sentences import Sentence
from analysis.language.topic_spans import TopicFinder
from models.judgements import AskSpan, CommitmentSpan, NamedCue, NameMention, Reading, Span

_LAST_LINES = 6
_NEAR_CHARS = 60
_SURE_ASK = 0.5


@dataclass(slots=True)
class SentenceView:
    """One sentence on its way into a reading."""

    sentence: Sentence
    doc: Doc
    called: Called = NOBODY
    scope: Called = NOBODY
    ask: AskSpan | None = None
    commitment: CommitmentSpan | None = None
    formal: bool = False


def assemble(reading: Reading, text: str, pairs: Sequence[tuple[Sentence, Doc]], topics: TopicFinder) -> Reading:
    """Fill an empty reading from the analysed sentences of its text."""
    views = [SentenceView(sentence, doc) for sentence, doc in pairs]
    signed = find_sign_off(text.splitlines()[-_LAST_LINES:]) if text.strip() else ""
    _mark_callers(views)
    for place, view in enumerate(views):
        _judge(view, last=place >= len(views) - 3)
    return replace(
        reading,
        asks=tuple(view.ask for view in views if view.ask),
        commitments=tuple(view.commitment for view in views if view.commitment),
        cues=tuple(cue for view in views for cue in _named_cues(view)),
        reply=find_reply_cues([_read(view) for view in views]),
        topics=topics.find(text, [(view.sentence.start, view.sentence.end) for view in views]),
        names=_mentions(text, views, signed),
    )


def _mark_callers(views: Sequence[SentenceView]) -> None:
    """A greeting holds for all that follows; a vocative for the rest of its paragraph."""
    greeting = NOBODY
    called, block = NOBODY, -1
    for place, view in enumerate(views):
        line = view.doc.text
        view.called = find_greeting(line) or find_vocative(line)
        if view.called.rule == "greeting" or _opens_message(view, place):
            greeting, called = replace(view.called, rule="greeting"), NOBODY
            view.called = greeting
        elif view.called:
            called, block = view.called, view.sentence.block
        current = called if called and view.sentence.block == block else NOBODY
        view.scope = current or greeting


def _opens_message(view: SentenceView, place: int) -> bool:
    """Whether a called name stands alone on the first line, as "Kurt," does."""
    return bool(view.called) and place == 0 and view.called.rule == "vocative" and _is_whole_line(view)


def _is_whole_line(view: SentenceView) -> bool:
    return view.called.end >= len(view.doc.text.rstrip(" ,:;!.-–—"))


def _judge(view: SentenceView, *, last: bool) -> None:
    view.formal = _is_formal(view, last=last)
    if view.formal:
        return
    view.ask = _ask(view)
    if view.ask is None or view.ask.weak or view.ask.span.confidence < _SURE_ASK:
        view.commitment = find_commitment(view.doc, view.sentence.start)


def _is_formal(view: SentenceView, *, last: bool) -> bool:
    if view.called.rule == "greeting" and _is_whole_line(view):
        return True
    return last and is_sign_off_line(view.doc.text)


def _ask(view: SentenceView) -> AskSpan | None:
    found = view.doc.spans[ASKS]
    if not found:
        return None
    finding = found[0]._.get(FINDING)
    start, end = view.sentence.start, view.sentence.end
    return AskSpan(
        span=Span(start, end, view.doc.text, finding.rule, finding.confidence),
        kind=finding.kind,
        names=view.scope.names,
        names_rule=view.scope.rule if view.scope.names else "",
        plural=view.scope.plural,
        weak=finding.weak,
        chaser=finding.chaser,
        expectation=finding.expectation,
    )


def _named_cues(view: SentenceView) -> list[NamedCue]:
    if view.formal:
        return []
    cues = []
    for rule, span in matched_spans(view.doc, "cue"):
        start = view.sentence.start + span.start_char
        place = Span(start, start + len(span.text), span.text, rule.id, rule.confidence)
        cues.append(NamedCue(rule.kind, place, _near_names(view.doc.text, span)))
    return cues


def _near_names(sentence: str, span: DocSpan) -> tuple[str, ...]:
    """Names in the cue's words or right after them, else in the whole sentence."""
    return names_in(sentence, span.start_char, span.end_char + _NEAR_CHARS) or names_in(sentence)


def _read(view: SentenceView) -> ReadSentence:
    carries = bool(matched_spans(view.doc, "cue"))
    return ReadSentence(
        view.doc,
        view.sentence.start,
        asks=bool(view.ask),
        promises=bool(view.commitment),
        carries=carries,
        formal=view.formal,
    )


def _mentions(text: str, views: Sequence[SentenceView], signed: str) -> tuple[NameMention, ...]:
    found = [mention for view in views for mention in _called_mentions(view)]
    if signed:
        start = text.rindex(signed)
        found.append(NameMention(signed, "sign_off", Span(start, start + len(signed), signed, "sign_off", 0.9)))
    return tuple(found)


def _called_mentions(view: SentenceView) -> list[NameMention]:
    mentions = []
    called = () if view.formal and view.called.rule != "greeting" else view.called.names
    for name in called:
        at = view.doc.text.find(name)
        start = view.sentence.start + max(at, 0)
        span = Span(start, start + len(name), name, view.called.rule, 0.9)
        mentions.append(NameMention(name, view.called.rule, span))
    for cue in _named_cues(view):
        mentions += [NameMention(name, "mention", cue.span) for name in cue.names if name not in view.called.names]
    return list(dict.fromkeys(mentions))
