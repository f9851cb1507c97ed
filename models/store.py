"""The store: all that Liaison keeps, behind one object. Each method is one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from types import TracebackType
from typing import Self

from models import (
    arrivals,
    copies,
    facts,
    folder_marks,
    judgement_rows,
    ledger,
    ledger_totals,
    metric_ledger,
    readings,
    run_rows,
    thread_rows,
)
from models.database import Database
from models.judgements import KeptJudgements, MetricFill, MetricValue, Reading
from models.polls import Arrival, Copies, FolderLedger, FolderMark, LedgerEntry, LedgerKey, Run
from models.records import Message
from models.rows import chunks
from models.run_lock import run_lock
from models.schema_version import ensure_schema
from models.vocabulary import Keep, Outcome


class Store:
    """Facts, judgements and metrics of one database.

    Every method raises `models.errors.StoreError` where the database cannot be read or written; a method that
    writes then has written nothing.

    Attributes:
        url: where the store is, with the password hidden.
        dialect: "sqlite" or "postgresql".
        keep: how much of a message is kept.
    """

    def __init__(self, database: Database, keep: Keep = Keep.RAW) -> None:
        self._database = database
        self.keep = keep
        self.url = database.url.render_as_string(hide_password=True)
        self.dialect = database.dialect

    @classmethod
    def open(cls, url: str, keep: Keep = Keep.RAW) -> Self:
        """Open the database, creating it or bringing its schema up to date.

        Args:
            url: `sqlite:///path`, `sqlite://` (in memory) or `postgresql+psycopg://user@host/database`.
            keep: how much of a message to keep.

        Raises:
            StoreError: wrong scheme, unreachable, not to be written, or of a newer version's schema.
        """
        database = Database(url)
        try:
            ensure_schema(database)
        except BaseException:
            database.close()
            raise
        return cls(database, keep)

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def lock(self) -> AbstractContextManager[None]:
        """One run at a time; see `models.run_lock`.

        Raises:
            LockedError: another run holds the lock.
        """
        return run_lock(self._database)

    # --- facts ---

    def folder_marks(self, account: str) -> dict[str, FolderMark]:
        """Folder -> where its last finished poll stood."""
        with self._database.reading() as connection:
            return folder_marks.of_account(connection, account)

    def finish_folder(self, mark: FolderMark) -> None:
        """Set a folder's mark: every copy that it lists has an outcome."""
        with self._database.writing() as connection:
            folder_marks.put(connection, mark)

    def ledger_folders(self, account: str) -> list[str]:
        """Folders of which any copy has an outcome."""
        with self._database.reading() as connection:
            return ledger.folders(connection, account)

    def numberings(self, account: str, folder: str) -> dict[int, int]:
        """UIDVALIDITY -> number of copies with an outcome, the one written to last at the end."""
        with self._database.reading() as connection:
            return ledger.numberings(connection, account, folder)

    def folder_ledger(
        self, account: str, folder: str, uidvalidity: int, first_uid: int = 0, *, look_again: bool = False
    ) -> FolderLedger:
        """The UIDs with an outcome from `first_uid` on; with `look_again`, which of them were out of scope."""
        with self._database.reading() as connection:
            return ledger.folder_ledger(connection, account, folder, uidvalidity, first_uid, look_again=look_again)

    def retriable(self, account: str, reason: str, attempts: int) -> list[LedgerKey]:
        """Copies in quarantine for a reason that begins so, after fewer attempts than these."""
        with self._database.reading() as connection:
            return ledger.retriable(connection, account, reason, attempts)

    def record_messages(self, run: int, batch: Sequence[Arrival]) -> tuple[LedgerEntry, ...]:
        """Record arrivals, message and ledger rows in one transaction; return each arrival's entry.

        A message that is stored already makes its copy a duplicate; no message at all puts the copy into
        quarantine. Stored copies and duplicates stay what they are, so that recording them again changes nothing;
        one that was quarantined or out of scope takes the outcome of the new attempt, and counts it. What a duplicate
        shows of recipients beyond the stored message is added to it.
        """
        with self._database.writing() as connection:
            return arrivals.record(connection, run, batch, self.keep)

    def headers(self, until: datetime | None = None) -> list[Message]:
        """Every message with `at <= until` by (at, id); `body_text`, `new_text` and `signature` are empty."""
        with self._database.reading() as connection:
            return facts.headers(connection, until)

    def aliases(self) -> dict[str, str]:
        """Message-ID -> Message.id over all copies; where two messages share one, the earliest has it."""
        with self._database.reading() as connection:
            return facts.aliases(connection)

    def messages(self, ids: Sequence[str]) -> dict[str, Message]:
        """Whole messages by id, in the order asked for; unknown ids are left out."""
        with self._database.reading() as connection:
            return facts.whole(connection, ids)

    def new_texts(self, ids: Sequence[str] | None = None) -> dict[str, str]:
        """Message.id -> new text, of these messages or of all."""
        with self._database.reading() as connection:
            return facts.column_by_id(connection, "new_text", ids)

    def new_text_hashes(self) -> dict[str, str]:
        """Message.id -> SHA-256 of its new text, the key of its reading."""
        with self._database.reading() as connection:
            return facts.column_by_id(connection, "new_text_sha256", None)

    def raw(self, message_id: str) -> bytes | None:
        """A message's bytes as they were fetched, None where they were not kept."""
        with self._database.reading() as connection:
            return facts.raw(connection, message_id)

    def quarantined_raw(self, key: LedgerKey) -> bytes | None:
        """The bytes of a quarantined copy, None where they were not kept."""
        with self._database.reading() as connection:
            return ledger.quarantined_raw(connection, key)

    def outcomes(self, account: str | None = None) -> dict[tuple[str, Outcome], int]:
        """(account, outcome) -> number of copies, over the whole ledger."""
        with self._database.reading() as connection:
            return ledger.outcomes(connection, account)

    def left_out(self) -> dict[tuple[str, Outcome, str], int]:
        """(account, outcome, code of the reason) -> copies that are in quarantine or out of scope."""
        with self._database.reading() as connection:
            return ledger_totals.left_out(connection)

    def quarantined(self) -> list[LedgerEntry]:
        """Every copy in quarantine, by key."""
        with self._database.reading() as connection:
            return ledger.quarantined(connection)

    def shared_message_ids(self) -> dict[str, list[str]]:
        """Message-ID -> the different messages that came under it, where there are several."""
        with self._database.reading() as connection:
            return copies.shared_message_ids(connection)

    def copies(self) -> Copies:
        """Copies of stored messages by where they lay."""
        with self._database.reading() as connection:
            return copies.counted(connection)

    # --- runs ---

    def start_run(self, command: str, started_at: datetime, as_of: datetime | None, config_sha256: str) -> int:
        """Open a run and return its id; the caller holds the lock, so a run still open was killed."""
        with self._database.writing() as connection:
            return run_rows.start(connection, command, started_at, as_of, config_sha256)

    def finish_run(self, run: Run) -> None:
        """Write how a run ended: as-of, end, state, mailboxes, seconds, error."""
        with self._database.writing() as connection:
            run_rows.finish(connection, run)

    def runs(self, limit: int = 20) -> list[Run]:
        """The last runs, newest first."""
        with self._database.reading() as connection:
            return run_rows.latest(connection, limit)

    def last_reached(self) -> dict[str, datetime]:
        """Mailbox -> start of the last run that reached it."""
        with self._database.reading() as connection:
            return run_rows.last_reached(connection)

    def vanished(self) -> dict[str, int]:
        """Mailbox -> copies that one poll listed and the next one did not, over all runs."""
        with self._database.reading() as connection:
            return run_rows.vanished(connection)

    # --- judgements ---

    def unread(self, reader_version: str) -> Iterator[tuple[str, str]]:
        """(hash, new text) of each distinct new text of human messages without a reading of this version.

        Texts come in portions, oldest mail first; readings may be recorded in between.
        """
        with self._database.reading() as connection:
            hashes = readings.unread_hashes(connection, reader_version)
        for some in chunks(hashes):
            with self._database.reading() as connection:
                texts = readings.texts(connection, some)
            yield from texts

    def record_readings(self, new: Sequence[Reading]) -> None:
        """Keep readings; a newer one of the same text and version replaces the older."""
        with self._database.writing() as connection:
            readings.record(connection, new)

    def readings(self, reader_version: str) -> dict[str, Reading]:
        """All readings of a version, by the text's hash."""
        with self._database.reading() as connection:
            return readings.all_of(connection, reader_version)

    def replace_judgements(self, kept: KeptJudgements) -> None:
        """Drop every thread and every ask with its events and states, and keep these."""
        with self._database.writing() as connection:
            thread_rows.replace_all(connection, kept.threads)
            judgement_rows.replace_all(connection, kept.as_of, kept.rules_version, kept.judgements)

    def judgements(self) -> KeptJudgements | None:
        """Threads and judgements last kept, in the order in which they were given; None where there are none."""
        with self._database.reading() as connection:
            derivation = judgement_rows.derivation(connection)
            if derivation is None:
                return None
            threads, judgements = thread_rows.everything(connection), judgement_rows.everything(connection)
            return KeptJudgements(*derivation, tuple(threads), tuple(judgements))

    # --- metrics ---

    def fills(self, metric: str) -> Mapping[tuple[str, str, date], tuple[str, str]]:
        """(relationship, direction, period_start) -> ("STARTED" or "DONE", version) of one metric."""
        with self._database.reading() as connection:
            return metric_ledger.fills(connection, metric)

    def start_fill(self, *fills: MetricFill) -> None:
        """Mark intervals as STARTED; values that stood there are dropped."""
        with self._database.writing() as connection:
            metric_ledger.start(connection, fills)

    def finish_fill(self, fills: Sequence[MetricFill], values: Sequence[MetricValue]) -> None:
        """Keep the values of started intervals and mark these as DONE, together."""
        with self._database.writing() as connection:
            metric_ledger.finish(connection, fills, values)

    def undo_fill(self, *fills: MetricFill) -> None:
        """Forget intervals and their values."""
        with self._database.writing() as connection:
            metric_ledger.undo(connection, fills)

    def metric_values(self, metric: str | None = None) -> list[MetricValue]:
        """The values of DONE intervals, of one metric or of all, by key and then in the order given."""
        with self._database.reading() as connection:
            return metric_ledger.values(connection, metric)
