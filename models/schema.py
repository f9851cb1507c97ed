"""The tables: facts, runs, judgements, metrics. Every constraint is declared and named.

Facts (messages to quarantine) are written once. Judgements (threads to ask_states) and metrics are derived;
they refer to messages, never the other way round, so that all of them can be dropped and rebuilt.
`models/migrations` holds the same tables step by step; a test compares the two.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from models.column_types import Payload, UtcMoment, word_type
from models.judgements import Clock, Evidence, Reason
from models.polls import COUNTS
from models.records import Absence, ContactCard, DeliveryFailure, EmbeddedMessage, Meeting, Problem
from models.vocabulary import (
    Addressing,
    AskKind,
    AutoKind,
    DateSource,
    EventKind,
    FolderFate,
    Outcome,
    OwnerBasis,
    RecipientKind,
    RunState,
    State,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


IS_STORED = text("outcome = 'stored'")
"""As the index has it: a database takes a partial index only where the word stands in the query itself."""


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _hours(name: str) -> Column[float]:
    return Column(name, Double, nullable=False)


def _number(name: str) -> Column[int]:
    """A UID or UIDVALIDITY: 32 bits in IMAP, up to 63 where a file's name is hashed to one."""
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


def _of_message(*, key: bool = False, optional: bool = False) -> Column[str]:
    return Column("message_id", String(64), ForeignKey("messages.id"), primary_key=key, nullable=optional)


# --- runs ---

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("command"),
    Column("started_at", UtcMoment, nullable=False),
    Column("as_of", UtcMoment),
    Column("ended_at", UtcMoment),
    Column("state", word_type(RunState, "state"), nullable=False),
    Column("seconds", Payload(dict[str, float]), nullable=False),
    _text("config_sha256"),
    _text("error"),
    CheckConstraint("(state = 'started') = (ended_at IS NULL)", name="ended"),
    sqlite_autoincrement=True,
)

run_mailboxes = Table(
    "run_mailboxes",
    metadata,
    Column("run", Integer, ForeignKey("runs.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    _count("position"),
    _flag("reached"),
    *map(_count, COUNTS),
    _text("error"),
    CheckConstraint(
        "known >= 0 AND stored >= 0 AND duplicate >= 0 AND out_of_scope >= 0 AND quarantined >= 0",
        name="counts",
    ),
    CheckConstraint(
        "NOT reached OR seen = known + stored + duplicate + out_of_scope + quarantined",
        name="nothing_lost",
    ),
)

run_folders = Table(
    "run_folders",
    metadata,
    Column("run", Integer, primary_key=True),
    Column("mailbox", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("folder"),
    Column("fate", word_type(FolderFate, "fate"), nullable=False),
    *map(_count, COUNTS),
    _count("vanished"),
    Column("fetched_bytes", BigInteger, nullable=False),
    Column("reasons", Payload(dict[str, int]), nullable=False),
    _text("error"),
    ForeignKeyConstraint(["run", "mailbox"], ["run_mailboxes.run", "run_mailboxes.name"]),
    CheckConstraint(
        "known >= 0 AND stored >= 0 AND duplicate >= 0 AND out_of_scope >= 0 AND quarantined >= 0 AND vanished >= 0",
        name="counts",
    ),
    CheckConstraint(
        "fate NOT IN ('read', 'unchanged') OR seen = known + stored + duplicate + out_of_scope + quarantined",
        name="nothing_lost",
    ),
    sqlite_with_rowid=False,
)

# --- facts ---

messages = Table(
    "messages",
    metadata,
    Column("id", String(64), primary_key=True),
    _text("message_id"),
    Column("raw_sha256", String(64), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    _text("sender_address"),
    _text("sender_name"),
    _text("subject"),
    Column("sent_at", UtcMoment),
    Column("received_at", UtcMoment),
    Column("at", UtcMoment, nullable=False),
    Column("at_source", word_type(DateSource, "at_source"), nullable=False),
    Column("in_reply_to", Payload(tuple[str, ...]), nullable=False),
    Column("references", Payload(tuple[str, ...]), nullable=False),
    _text("reply_to"),
    Column("new_text_sha256", String(64), nullable=False),
    Column("auto", word_type(AutoKind, "auto"), nullable=False),
    _text("list_id"),
    _text("thread_index"),
    _text("calendar_method"),
    Column("meetings", Payload(tuple[Meeting, ...]), nullable=False),
    _flag("has_html"),
    Column("embedded", Payload(tuple[EmbeddedMessage, ...]), nullable=False),
    Column("contact", Payload(ContactCard)),
    Column("absence", Payload(Absence)),
    Column("failures", Payload(tuple[DeliveryFailure, ...]), nullable=False),
    _flag("journaled"),
    Column("problems", Payload(tuple[Problem, ...]), nullable=False),
    _text("parser_version"),
    # last, so that reading the others stops before the pages that they fill
    _text("signature"),
    _text("new_text"),
    _text("body_text"),
    CheckConstraint("size_bytes >= 0", name="size_bytes"),
    Index(None, "at", "id"),
    Index(None, "new_text_sha256", "auto"),
)

message_ids = Table(
    "message_ids",
    metadata,
    Column("alias", Text, primary_key=True),
    _of_message(),
    sqlite_with_rowid=False,
)

recipients = Table(
    "recipients",
    metadata,
    _of_message(key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", word_type(RecipientKind, "kind"), nullable=False),
    _text("address"),
    _text("display_name"),
    _text("via"),
    sqlite_with_rowid=False,
)

attachments = Table(
    "attachments",
    metadata,
    _of_message(key=True),
    Column("position", Integer, primary_key=True),
    _text("filename"),
    _text("content_type"),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    CheckConstraint("size_bytes >= 0", name="size_bytes"),
    sqlite_with_rowid=False,
)

raw_messages = Table(
    "raw_messages",
    metadata,
    _of_message(key=True),
    Column("content", LargeBinary, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("account", Text, primary_key=True),
    Column("folder", Text, primary_key=True),
    _number("uidvalidity"),
    _number("uid"),
    Column("outcome", word_type(Outcome, "outcome"), nullable=False),
    _of_message(optional=True),
    _text("reason"),
    Column("internal_at", UtcMoment),
    Column("size_bytes", BigInteger, nullable=False),
    _count("attempts"),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    CheckConstraint("(outcome IN ('stored', 'duplicate')) = (message_id IS NOT NULL)", name="message"),
    CheckConstraint("uidvalidity >= 0 AND uid >= 0", name="numbers"),
    CheckConstraint("size_bytes >= 0", name="size_bytes"),
    CheckConstraint("attempts >= 1", name="attempts"),
    Index(None, "outcome"),
    # every message has one stored copy; and copies are counted beside it in seconds, not hours
    Index("uq_ledger_stored", "message_id", unique=True, sqlite_where=IS_STORED, postgresql_where=IS_STORED),
    sqlite_with_rowid=False,
)

folder_marks = Table(
    "folder_marks",
    metadata,
    Column("account", Text, primary_key=True),
    Column("folder", Text, primary_key=True),
    Column("uidvalidity", BigInteger, nullable=False),
    _count("messages"),
    Column("next_uid", BigInteger),
    Column("modseq", BigInteger),
    _text("selection"),
    CheckConstraint("uidvalidity >= 0 AND messages >= 0 AND next_uid >= 0 AND modseq >= 0", name="numbers"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("account", Text, primary_key=True),
    Column("folder", Text, primary_key=True),
    _number("uidvalidity"),
    _number("uid"),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["account", "folder", "uidvalidity", "uid"],
        ["ledger.account", "ledger.folder", "ledger.uidvalidity", "ledger.uid"],
    ),
)

# --- judgements ---

readings = Table(
    "readings",
    metadata,
    Column("text_sha256", String(64), primary_key=True),
    Column("reader_version", String(64), primary_key=True),
    _text("content"),
)

threads = Table(
    "threads",
    metadata,
    Column("id", String(64), ForeignKey("messages.id"), primary_key=True),
    _count("position"),
    _text("subject"),
)

thread_messages = Table(
    "thread_messages",
    metadata,
    Column("thread_id", String(64), ForeignKey("threads.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _of_message(),
    UniqueConstraint("message_id"),
    sqlite_with_rowid=False,
)

derivations = Table(
    "derivations",
    metadata,
    Column("as_of", UtcMoment, primary_key=True, autoincrement=False),
    _text("rules_version"),
)

# Asks name their thread without a foreign key: threads and asks are replaced each on its own.
asks = Table(
    "asks",
    metadata,
    Column("id", Text, primary_key=True),
    _count("position"),
    Column("thread_id", String(64), nullable=False),
    _of_message(),
    _count("start"),
    _count("end"),
    _text("quote"),
    Column("kind", word_type(AskKind, "kind"), nullable=False),
    _text("topic"),
    _text("asker"),
    _text("asking"),
    _text("obliged"),
    Column("relationship", Text),
    Column("addressing", word_type(Addressing, "addressing"), nullable=False),
    Column("addressees", Payload(tuple[str, ...]), nullable=False),
    _count("fan_out"),
    _flag("fan_out_exact"),
    _flag("cc_only"),
    Column("clock", Payload(Clock), nullable=False),
    Column("asked_at", UtcMoment, nullable=False),
    _text("rule"),
    _hours("confidence"),
    _flag("expectation"),
    CheckConstraint('"start" >= 0 AND "end" >= "start"', name="span"),
    CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence"),
    CheckConstraint("fan_out >= 0", name="fan_out"),
)

ask_events = Table(
    "ask_events",
    metadata,
    Column("ask_id", Text, ForeignKey("asks.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", word_type(EventKind, "kind"), nullable=False),
    Column("at", UtcMoment, nullable=False),
    _text("message_id"),
    _text("person"),
    Column("evidence", Payload(Evidence), nullable=False),
    _text("detail"),
    sqlite_with_rowid=False,
)

ask_states = Table(
    "ask_states",
    metadata,
    Column("ask_id", Text, ForeignKey("asks.id"), primary_key=True),
    Column("as_of", UtcMoment, ForeignKey("derivations.as_of"), primary_key=True, autoincrement=False),
    Column("state", word_type(State, "state"), nullable=False),
    Column("owner", Text),
    Column("owner_basis", word_type(OwnerBasis, "owner_basis"), nullable=False),
    Column("owner_evidence", Payload(Evidence)),
    _flag("late"),
    Column("reasons", Payload(tuple[Reason, ...]), nullable=False),
    Column("acknowledged_at", UtcMoment),
    Column("answered_at", UtcMoment),
    Column("answered_by", Text),
    Column("closed_at", UtcMoment),
    Column("ack_due", UtcMoment, nullable=False),
    Column("answer_due", UtcMoment, nullable=False),
    Column("silence_due", UtcMoment),
    _hours("age_hours"),
    _hours("wall_hours"),
    _hours("ack_hours"),
    _hours("answer_hours"),
    _hours("clock_share"),
    _count("chasers"),
    Column("suggested_owner", Text),
    _text("suggestion"),
    CheckConstraint("(owner IS NULL) = (owner_evidence IS NULL)", name="owner_evidence"),
    CheckConstraint("chasers >= 0", name="chasers"),
    Index(None, "state"),
)

# --- metrics ---

metric_fills = Table(
    "metric_fills",
    metadata,
    Column("metric", Text, primary_key=True),
    Column("relationship", Text, primary_key=True),
    Column("direction", Text, primary_key=True),
    Column("period_start", Date, primary_key=True),
    Column("period_end", Date, nullable=False),
    Column("state", String(7), nullable=False),
    _text("version"),
    CheckConstraint("state IN ('STARTED', 'DONE')", name="state"),
    CheckConstraint("period_end > period_start", name="period"),
    sqlite_with_rowid=False,
)

metric_values = Table(
    "metric_values",
    metadata,
    Column("metric", Text, primary_key=True),
    Column("relationship", Text, primary_key=True),
    Column("direction", Text, primary_key=True),
    Column("period_start", Date, primary_key=True),
    Column("name", Text, primary_key=True),
    _count("position"),
    Column("value", Double),
    _count("n"),
    ForeignKeyConstraint(
        ["metric", "relationship", "direction", "period_start"],
        [
            "metric_fills.metric",
            "metric_fills.relationship",
            "metric_fills.direction",
            "metric_fills.period_start",
        ],
    ),
    CheckConstraint("n >= 0", name="n"),
    sqlite_with_rowid=False,
)
