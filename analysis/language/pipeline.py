"""The spaCy pipelines: a scan of every sentence, the model's parse for some, a judgement of every one."""

from collections.abc import Iterable
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from analysis.language import cues  # noqa: F401 - registers the component
from analysis.language.asks import wants_parse
from models.errors import ModelMissingError

BATCH = 32
"""Sentences that go through the model at once."""

UNUSED = ("ner", "lemmatizer")
"""Components of the model that no rule looks at."""


@dataclass(frozen=True, slots=True)
class Pipelines:
    """`scan` tokenizes and matches phrases; `parse` is the model; `judge` finds asks. They share one vocabulary."""

    scan: Language
    parse: Language
    judge: Language

    def analyse(self, sentences: Iterable[str]) -> list[Doc]:
        """A judged doc for each sentence; the model sees only those whose judgement it can change."""
        docs = list(self.scan.pipe(sentences, batch_size=BATCH))
        for _ in self.parse.pipe((doc for doc in docs if wants_parse(doc)), batch_size=BATCH):
            pass
        return list(self.judge.pipe(docs, batch_size=BATCH))


def load_pipelines(model: str) -> Pipelines:
    """Load the model and add Liaison's components.

    Raises:
        ModelMissingError: no such package is installed.
    """
    try:
        parse = spacy.load(model, exclude=list(UNUSED))
    except OSError as error:
        raise ModelMissingError(model) from error
    scan = spacy.blank("en", vocab=parse.vocab)
    scan.tokenizer = parse.tokenizer
    scan.add_pipe("liaison_cues")
    judge = spacy.blank("en", vocab=parse.vocab)
    judge.add_pipe("liaison_asks")
    return Pipelines(scan, parse, judge)
