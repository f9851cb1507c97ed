"""Component `liaison_asks`: which sentences ask for something, on phrase rules and the dependency parse."""

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from analysis.language.cues import matched_rules
from analysis.language.extensions import ASKS, FINDING, register
from analysis.language.imperatives import find_imperative
from analysis.language.openings import may_be_imperative
from analysis.language.pattern_files import PhraseRule, load_pattern_file
from analysis.language.questions import find_question
from models.vocabulary import AskKind

register()


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign that a sentence asks: the rule, the kind it speaks for, and its confidence in [0, 1]."""

    rule: str
    kind: str
    confidence: float
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AskFinding:
    """What the component concluded about one sentence; fields as in `models.judgements.AskSpan`."""

    rule: str
    kind: AskKind
    confidence: float
    weak: bool
    chaser: bool
    expectation: bool
    signals: tuple[str, ...] = ()


@Language.factory("liaison_asks", default_config={"minimum": 0.3})
def make_ask_finder(nlp: Language, name: str, minimum: float) -> "AskFinder":  # noqa: ARG001 - spaCy's call
    """Build the component; asks below `minimum` confidence are not written down."""
    return AskFinder(minimum)


class AskFinder:
    """Writes an asking sentence to `doc.spans["asks"]` with an `AskFinding` in `span._.finding`.

    Needs `liaison_cues`, and the parse of those sentences for which `wants_parse` holds.
    """

    def __init__(self, minimum: float) -> None:
        self._minimum = minimum

    def __call__(self, doc: Doc) -> Doc:
        """Judge one sentence."""
        finding = judge_sentence(doc)
        doc.spans[ASKS] = []
        if finding and finding.confidence >= self._minimum:
            span = Span(doc, 0, len(doc), label=finding.kind.value)
            span._.set(FINDING, finding)
            doc.spans[ASKS] = [span]
        return doc


def judge_sentence(doc: Doc) -> AskFinding | None:
    """Combine the signals of one sentence; None where nothing asks."""
    signals = _signals(doc)
    if not signals:
        return None
    best = max(signals, key=lambda signal: signal.confidence)
    flags = frozenset(flag for signal in signals for flag in signal.flags)
    confidence = _lowered(doc, best, signals)
    return AskFinding(
        rule=best.rule,
        kind=_kind(doc, best, signals),
        confidence=round(confidence, 2),
        weak=_is_weak(doc, signals),
        chaser="chaser" in flags,
        expectation="expectation" in flags and _expects(doc),
        signals=tuple(signal.rule for signal in signals),
    )


def wants_parse(doc: Doc) -> bool:
    """Whether the parse can change the judgement: only an imperative can, where no stronger sign was found."""
    return may_be_imperative(doc) and not _is_decided(_surface_signals(doc))


def _signals(doc: Doc) -> list[Signal]:
    signals = _surface_signals(doc)
    imperative = "" if _is_decided(signals) or not doc.has_annotation("DEP") else find_imperative(doc)
    return [*signals, _structural(imperative)] if imperative else signals


def _surface_signals(doc: Doc) -> list[Signal]:
    """Signs that tokens alone show."""
    signals = [_signal(rule) for rule in matched_rules(doc, "ask")]
    question = find_question(doc)
    signals += [_structural(question)] if question else []
    return signals if any("marked" not in signal.flags for signal in signals) else []


def _is_decided(signals: list[Signal]) -> bool:
    """Whether a sign is as strong as an imperative, the strongest that the parse could add."""
    return any(signal.confidence >= _structural("imperative").confidence for signal in signals)


def _signal(rule: PhraseRule) -> Signal:
    return Signal(rule.id, rule.kind, rule.confidence, rule.flags)


def _structural(name: str) -> Signal:
    entry = load_pattern_file("asks")["structures"][name]
    return Signal(name, entry["kind"], float(entry["confidence"]))


def _lowered(doc: Doc, best: Signal, signals: list[Signal]) -> float:
    """Apply the factors of what speaks against an ask; several independent signals speak for it."""
    factors = load_pattern_file("asks")["against"]
    confidence = min(0.98, best.confidence + 0.02 * (len(signals) - 1))
    for label, factor in factors.items():
        if matched_rules(doc, label) and not (label == "weak" and _is_meant(doc, signals)):
            confidence *= float(factor)
    return confidence


def _is_weak(doc: Doc, signals: list[Signal]) -> bool:
    """A courtesy."""
    flagged = any("weak" in signal.flags for signal in signals)
    return (flagged or bool(matched_rules(doc, "weak"))) and not _is_meant(doc, signals)


def _is_meant(doc: Doc, signals: list[Signal]) -> bool:
    """No courtesy: "let me know if you have comments" wants them, "could you tell us if there are any" an answer."""
    return bool(matched_rules(doc, "solicits")) or any(signal.rule == "can_you" for signal in signals)


def _kind(doc: Doc, best: Signal, signals: list[Signal]) -> AskKind:
    """The kind: what is asked for ("approve", "comments") wins over how it is asked."""
    if best.kind not in {AskKind.REQUEST, AskKind.QUESTION}:
        return AskKind(best.kind)
    if best.kind == AskKind.REQUEST:
        return _acted_on(doc) or (AskKind.QUESTION if _asks_what(signals) else AskKind.REQUEST)
    special = (signal.kind for signal in signals if signal.kind not in {AskKind.REQUEST, AskKind.QUESTION})
    return AskKind(next(special, best.kind))


def _asks_what(signals: list[Signal]) -> bool:
    """Whether the question opens with what, how, when: "How much can you ship?" wants to know."""
    return any(signal.rule == "question_wh" for signal in signals)


def _acted_on(doc: Doc) -> AskKind | None:
    norms = {token.norm_ for token in doc}
    acts = load_pattern_file("asks")["acts"]
    return next((AskKind(kind) for kind, words in acts.items() if norms & frozenset(words)), None)


def _expects(doc: Doc) -> bool:
    return any("?" in token.text for token in doc) or bool(matched_rules(doc, "ask"))
