"""Judgements for the commands that show them: kept ones of the last run, or derived for a past moment."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.errors import UsageError
from models.store import Store

if TYPE_CHECKING:
    from analysis.parties import Directory
    from liaison.config import Config
    from models.judgements import Judgement, Thread
    from models.records import Message


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything judged as of one moment, and the store it came from.

    `messages` are header facts (no text), by Message.id.
    """

    as_of: datetime
    judgements: tuple["Judgement", ...]
    threads: tuple["Thread", ...]
    messages: dict[str, "Message"]
    directory: "Directory"


def judged(store: Store, config: "Config", as_of: datetime | None) -> Judged:
    """Return the last run's judgements, or derive those of a past moment where `as_of` is given.

    Raises:
        UsageError: nothing was judged yet.
    """
    return _kept(store, config) if as_of is None else _derived(store, config, as_of)


def _kept(store: Store, config: "Config") -> Judged:
    from analysis.parties import resolve

    kept = store.judgements()
    if kept is None:
        raise UsageError("nothing was judged yet", "type: liaison nightly")
    messages = store.headers(kept.as_of)
    directory = resolve(config.analysis.organisations, messages)
    by_id = {message.id: message for message in messages}
    return Judged(kept.as_of, kept.judgements, kept.threads, by_id, directory)


def _derived(store: Store, config: "Config", as_of: datetime) -> Judged:
    from analysis.derivation import derive, load_facts
    from liaison.progress import SilentProgress
    from liaison.reading_stage import read_unread

    version, _count = read_unread(store, config.analysis.reader, SilentProgress())
    derivation = derive(load_facts(store, version, as_of), config.analysis, as_of)
    by_id = {message.id: message for message in derivation.messages}
    return Judged(as_of, tuple(derivation.judgements), tuple(derivation.threads), by_id, derivation.directory)
