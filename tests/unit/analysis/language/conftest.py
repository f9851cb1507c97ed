"""A blank pipeline with Liaison's components, and the reader with the real model, loaded once."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

import analysis.language.asks
import analysis.language.cues  # noqa: F401 - both register their components
from analysis.language.reader import Reader
from analysis.settings import ReaderSettings


@pytest.fixture(scope="session")
def judge() -> Callable[[str], Doc]:
    """Takes one sentence through the components, without any model."""
    nlp = spacy.blank("en")
    nlp.add_pipe("liaison_cues")
    nlp.add_pipe("liaison_asks")
    return nlp


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with the model of the default settings."""
    return Reader(ReaderSettings(matrix_products="numpy"))
