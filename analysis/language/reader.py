"""Reads new texts: one reading for each text, the same text always the same reading."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from analysis.execution import Done, Failed, chunks
from analysis.executors import make_executor
from analysis.language.assembly import assemble
from analysis.language.languages import UNDECIDED, detect_language
from analysis.language.pipeline import Pipelines, load_pipelines
from analysis.language.products import choose_products
from analysis.language.sentences import Sentence, split_sentences
from analysis.language.topic_spans import TopicFinder
from analysis.language.versions import reader_version
from analysis.settings import ReaderSettings
from analysis.topics import load_topics
from models.judgements import Reading

READ_LANGUAGES = frozenset({"en", UNDECIDED})
_LONGEST_WORDS = 20_000
_LONGEST_CHARS = 200_000
_LINE_ENDS = str.maketrans("\n\r\t", "   ")
Text = tuple[str, str]
"""A text's SHA-256 (hex of its UTF-8 bytes) and the text."""


class Reader:
    """Reads new texts with one loaded model.

    Raises:
        ModelMissingError: the model of the settings is not installed.
    """

    def __init__(self, settings: ReaderSettings) -> None:
        choose_products(settings.matrix_products)
        self._version = reader_version(settings.model)
        self._pipelines: Pipelines = load_pipelines(settings.model)
        self._topics = TopicFinder(load_topics())

    @property
    def version(self) -> str:
        """See `reader_version`; stands in every reading."""
        return self._version

    def read(self, texts: Iterable[Text]) -> Iterator[Reading]:
        """Readings in the order of the texts; takes a bounded number of texts ahead."""
        for chunk in chunks(texts):
            yield from self.read_chunk(chunk)

    def read_chunk(self, texts: Sequence[Text]) -> list[Reading]:
        """Readings of a few texts at once."""
        with self._pipelines.parse.memory_zone():
            drafts = [self._draft(*text) for text in texts]
            docs = iter(self._pipelines.analyse(line for draft in drafts for line in draft.lines()))
            return [self._assemble(draft, docs) for draft in drafts]

    def _draft(self, sha256: str, text: str) -> "_Draft":
        language = detect_language(text)
        reading = Reading(sha256, self._version, language, read=language in READ_LANGUAGES)
        if not reading.read:
            return _Draft(reading, "", [])
        return _Draft(reading, text, [found for found in split_sentences(_bounded(text)) if not found.verbatim])

    def _assemble(self, draft: "_Draft", docs: Iterator[Doc]) -> Reading:
        """Take the draft's docs from the front of `docs`."""
        pairs = [(sentence, next(docs)) for sentence in draft.sentences]
        return assemble(draft.reading, draft.text, pairs, self._topics) if pairs else draft.reading


@dataclass(frozen=True, slots=True)
class _Draft:
    reading: Reading
    text: str
    sentences: list[Sentence]

    def lines(self) -> Iterator[str]:
        """The sentences on one line each, with unchanged offsets."""
        for sentence in self.sentences:
            yield self.text[sentence.start : sentence.end].translate(_LINE_ENDS)


def _bounded(text: str) -> str:
    """The first 20,000 words, at most 200,000 characters."""
    head = text[:_LONGEST_CHARS]
    words = head.split(None, _LONGEST_WORDS)
    return head if len(words) <= _LONGEST_WORDS else head[: len(head) - len(words[-1])]


@dataclass(frozen=True, slots=True)
class ReadingJob:
    """Reading as a job for an executor: each worker loads its own Reader once."""

    settings: ReaderSettings

    def prepare(self) -> Callable[[Sequence[Text]], list[Reading]]:
        """Load the reader."""
        return Reader(self.settings).read_chunk

    def weigh(self, text: Text) -> int:
        """Its length."""
        return len(text[1])


def read_messages(
    texts: Iterable[Text], settings: ReaderSettings, progress: Callable[[int], None] | None = None
) -> Iterator[Reading]:
    """Read texts with the executor that the settings name, in order; `progress` hears the number done.

    A text on which reading fails gives a reading that is not read and says why.
    """
    executor = make_executor(settings.executor, settings.workers)
    version = reader_version(settings.model)
    with executor.session(ReadingJob(settings)) as run:
        for number, result in enumerate(run(texts), start=1):
            yield result.value if isinstance(result, Done) else _unread(result, version)
            if progress:
                progress(number)


def _unread(result: Failed[Text], version: str) -> Reading:
    return Reading(result.item[0], version, UNDECIDED, read=False, problem=result.error)
