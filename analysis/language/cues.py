"""Component `liaison_cues`: phrase rules over one sentence, before any parsing."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from analysis.language.extensions import CUES, OPENER, register
from analysis.language.openings import opener_index
from analysis.language.pattern_files import PhraseRule, load_rules, rule_by_id
from analysis.language.phrase_trie import PhraseTrie

register()


@Language.factory("liaison_cues", default_config={"files": ["asks", "cues"]})
def make_cue_matcher(nlp: Language, name: str, files: list[str]) -> "CueMatcher":  # noqa: ARG001 - spaCy's call
    """Build the component over the rules of the named pattern files."""
    return CueMatcher(PhraseTrie(rule for file in files for rule in load_rules(file)))


class CueMatcher:
    """Writes the matched rules of one sentence to `doc.spans["cues"]`, the longest place of each."""

    def __init__(self, phrases: PhraseTrie) -> None:
        self._phrases = phrases

    def __call__(self, doc: Doc) -> Doc:
        """Match one sentence."""
        opener = opener_index(doc)
        doc._.set(OPENER, opener)
        norms = [token.norm_ for token in doc]
        hits = self._phrases.find(norms, [token.text for token in doc], opener)
        doc.spans[CUES] = [Span(doc, hit.start, hit.end, label=hit.rule.id) for hit in hits if hit.end > hit.start]
        return doc


def matched_spans(doc: Doc, label: str) -> list[tuple[PhraseRule, Span]]:
    """The rules with this label that matched in `doc`, with their places, in the order of the text."""
    found = ((rule_by_id(span.label_), span) for span in doc.spans[CUES])
    return [(rule, span) for rule, span in found if rule.label == label]


def matched_rules(doc: Doc, label: str) -> list[PhraseRule]:
    """The rules with this label that matched in `doc`, in the order of the text."""
    return [rule for rule, _ in matched_spans(doc, label)]
