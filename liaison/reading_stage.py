"""The read stage: every new text that the present reader has not read yet."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from analysis.settings import ReaderSettings
from liaison.progress import Progress
from models.store import Store

if TYPE_CHECKING:
    from models.judgements import Reading

PER_TRANSACTION = 500


def read_unread(store: Store, settings: ReaderSettings, progress: Progress) -> tuple[str, int]:
    """Read what is unread and keep the readings.

    Returns:
        The reader's version, and how many texts were read.

    Raises:
        ModelMissingError: the spaCy model is not installed.
        StoreError: the database cannot be used.
    """
    from analysis.language.versions import reader_version

    version = reader_version(settings.model)
    unread = list(store.unread(version))
    if not unread:
        return version, 0
    from analysis.language.reader import read_messages

    advance = progress.stage("reading")
    done = 0
    for readings in _in_batches(read_messages(unread, settings)):
        store.record_readings(readings)
        done += len(readings)
        advance(done, len(unread))
    return version, done


def _in_batches(readings: Iterable["Reading"]) -> Iterator[list["Reading"]]:
    iterator = iter(readings)
    while batch := list(islice(iterator, PER_TRANSACTION)):
        yield batch
