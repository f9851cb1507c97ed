"""The first schema: facts, runs, judgements, metrics."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _runs()
    _run_folders()
    _messages()
    _message_parts()
    _ledger()
    _threads()
    _asks()
    _ask_events()
    _ask_states()
    _metrics()


def _words(table: str, column: str, words: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words.split())
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}")


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


_TABLES = (
    "runs",
    "run_mailboxes",
    "run_folders",
    "messages",
    "message_ids",
    "recipients",
    "attachments",
    "raw_messages",
    "ledger",
    "folder_marks",
    "quarantine",
    "readings",
    "threads",
    "thread_messages",
    "derivations",
    "asks",
    "ask_events",
    "ask_states",
    "metric_fills",
    "metric_values",
)


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("as_of", sa.BigInteger, nullable=True),
        sa.Column("ended_at", sa.BigInteger, nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("seconds", sa.Text, nullable=False),
        sa.Column("config_sha256", sa.Text, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        _words("runs", "state", "started done incomplete failed"),
        sa.CheckConstraint("(state = 'started') = (ended_at IS NULL)", name="ck_runs_ended"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "run_mailboxes",
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("reached", sa.Boolean, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("known", sa.Integer, nullable=False),
        sa.Column("stored", sa.Integer, nullable=False),
        sa.Column("duplicate", sa.Integer, nullable=False),
        sa.Column("out_of_scope", sa.Integer, nullable=False),
        sa.Column("quarantined", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run", "name", name="pk_run_mailboxes"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_run_mailboxes_run_runs"),
        sa.CheckConstraint(
            "known >= 0 AND stored >= 0 AND duplicate >= 0 AND out_of_scope >= 0 AND quarantined >= 0",
            name="ck_run_mailboxes_counts",
        ),
        sa.CheckConstraint(
            "NOT reached OR seen = known + stored + duplicate + out_of_scope + quarantined",
            name="ck_run_mailboxes_nothing_lost",
        ),
    )


def _run_folders() -> None:
    op.create_table(
        "run_folders",
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("mailbox", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("fate", sa.String(32), nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("known", sa.Integer, nullable=False),
        sa.Column("stored", sa.Integer, nullable=False),
        sa.Column("duplicate", sa.Integer, nullable=False),
        sa.Column("out_of_scope", sa.Integer, nullable=False),
        sa.Column("quarantined", sa.Integer, nullable=False),
        sa.Column("vanished", sa.Integer, nullable=False),
        sa.Column("fetched_bytes", sa.BigInteger, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run", "mailbox", "position", name="pk_run_folders"),
        sa.ForeignKeyConstraint(
            ["run", "mailbox"], ["run_mailboxes.run", "run_mailboxes.name"], name="fk_run_folders_run_run_mailboxes"
        ),
        _words("run_folders", "fate", "read unchanged excluded stopped lost gone"),
        sa.CheckConstraint(
            "known >= 0 AND stored >= 0 AND duplicate >= 0 AND out_of_scope >= 0 AND quarantined >= 0 "
            "AND vanished >= 0",
            name="ck_run_folders_counts",
        ),
        sa.CheckConstraint(
            "fate NOT IN ('read', 'unchanged') OR seen = known + stored + duplicate + out_of_scope + quarantined",
            name="ck_run_folders_nothing_lost",
        ),
        sqlite_with_rowid=False,
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("raw_sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("sender_address", sa.Text, nullable=False),
        sa.Column("sender_name", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("sent_at", sa.BigInteger, nullable=True),
        sa.Column("received_at", sa.BigInteger, nullable=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("at_source", sa.String(32), nullable=False),
        sa.Column("in_reply_to", sa.Text, nullable=False),
        sa.Column("references", sa.Text, nullable=False),
        sa.Column("reply_to", sa.Text, nullable=False),
        sa.Column("new_text_sha256", sa.String(64), nullable=False),
        sa.Column("auto", sa.String(32), nullable=False),
        sa.Column("list_id", sa.Text, nullable=False),
        sa.Column("thread_index", sa.Text, nullable=False),
        sa.Column("calendar_method", sa.Text, nullable=False),
        sa.Column("meetings", sa.Text, nullable=False),
        sa.Column("has_html", sa.Boolean, nullable=False),
        sa.Column("embedded", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=True),
        sa.Column("absence", sa.Text, nullable=True),
        sa.Column("failures", sa.Text, nullable=False),
        sa.Column("journaled", sa.Boolean, nullable=False),
        sa.Column("problems", sa.Text, nullable=False),
        sa.Column("parser_version", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("new_text", sa.Text, nullable=False),
        sa.Column("body_text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        _words("messages", "at_source", "date received mailbox"),
        _words("messages", "auto", "none out_of_office auto_reply bounce receipt bulk meeting"),
        sa.CheckConstraint("size_bytes >= 0", name="ck_messages_size_bytes"),
    )
    op.create_index("ix_messages_at_id", "messages", ["at", "id"])
    op.create_index("ix_messages_new_text_sha256_auto", "messages", ["new_text_sha256", "auto"])


def _message_parts() -> None:
    op.create_table(
        "message_ids",
        sa.Column("alias", sa.Text, nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("alias", name="pk_message_ids"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_message_ids_message_id_messages"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recipients",
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("via", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("message_id", "position", name="pk_recipients"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_recipients_message_id_messages"),
        _words("recipients", "kind", "to cc bcc envelope"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attachments",
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("filename", sa.Text, nullable=False),
        sa.Column("content_type", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "position", name="pk_attachments"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_attachments_message_id_messages"),
        sa.CheckConstraint("size_bytes >= 0", name="ck_attachments_size_bytes"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "raw_messages",
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_raw_messages"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_raw_messages_message_id_messages"),
    )


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("uidvalidity", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("uid", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("message_id", sa.String(64), nullable=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("internal_at", sa.BigInteger, nullable=True),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("run", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("account", "folder", "uidvalidity", "uid", name="pk_ledger"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_ledger_message_id_messages"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_ledger_run_runs"),
        _words("ledger", "outcome", "stored duplicate out_of_scope quarantined"),
        sa.CheckConstraint("size_bytes >= 0", name="ck_ledger_size_bytes"),
        sa.CheckConstraint("attempts >= 1", name="ck_ledger_attempts"),
        sa.CheckConstraint("(outcome IN ('stored', 'duplicate')) = (message_id IS NOT NULL)", name="ck_ledger_message"),
        sa.CheckConstraint("uidvalidity >= 0 AND uid >= 0", name="ck_ledger_numbers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ledger_outcome", "ledger", ["outcome"])
    stored = sa.text("outcome = 'stored'")
    op.create_index(
        "uq_ledger_stored", "ledger", ["message_id"], unique=True, sqlite_where=stored, postgresql_where=stored
    )
    op.create_table(
        "folder_marks",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("uidvalidity", sa.BigInteger, nullable=False),
        sa.Column("messages", sa.Integer, nullable=False),
        sa.Column("next_uid", sa.BigInteger, nullable=True),
        sa.Column("modseq", sa.BigInteger, nullable=True),
        sa.Column("selection", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("account", "folder", name="pk_folder_marks"),
        sa.CheckConstraint(
            "uidvalidity >= 0 AND messages >= 0 AND next_uid >= 0 AND modseq >= 0", name="ck_folder_marks_numbers"
        ),
    )
    op.create_table(
        "quarantine",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("uidvalidity", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("uid", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("account", "folder", "uidvalidity", "uid", name="pk_quarantine"),
        sa.ForeignKeyConstraint(
            ["account", "folder", "uidvalidity", "uid"],
            ["ledger.account", "ledger.folder", "ledger.uidvalidity", "ledger.uid"],
            name="fk_quarantine_account_ledger",
        ),
    )


def _threads() -> None:
    op.create_table(
        "readings",
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("reader_version", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("text_sha256", "reader_version", name="pk_readings"),
    )
    op.create_table(
        "threads",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_threads"),
        sa.ForeignKeyConstraint(["id"], ["messages.id"], name="fk_threads_id_messages"),
    )
    op.create_table(
        "thread_messages",
        sa.Column("thread_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("thread_id", "position", name="pk_thread_messages"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_thread_messages_message_id_messages"),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name="fk_thread_messages_thread_id_threads"),
        sa.UniqueConstraint("message_id", name="uq_thread_messages_message_id"),
        sqlite_with_rowid=False,
    )


def _asks() -> None:
    op.create_table(
        "derivations",
        sa.Column("as_of", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("rules_version", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("as_of", name="pk_derivations"),
    )
    op.create_table(
        "asks",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("thread_id", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("asker", sa.Text, nullable=False),
        sa.Column("asking", sa.Text, nullable=False),
        sa.Column("obliged", sa.Text, nullable=False),
        sa.Column("relationship", sa.Text, nullable=True),
        sa.Column("addressing", sa.String(32), nullable=False),
        sa.Column("addressees", sa.Text, nullable=False),
        sa.Column("fan_out", sa.Integer, nullable=False),
        sa.Column("fan_out_exact", sa.Boolean, nullable=False),
        sa.Column("cc_only", sa.Boolean, nullable=False),
        sa.Column("clock", sa.Text, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("expectation", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asks"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_asks_message_id_messages"),
        _words("asks", "kind", "question request review approval proposal notification implicit"),
        _words("asks", "addressing", "named plural group"),
        sa.CheckConstraint("fan_out >= 0", name="ck_asks_fan_out"),
        sa.CheckConstraint('"start" >= 0 AND "end" >= "start"', name="ck_asks_span"),
        sa.CheckConstraint("confidence >= 0 AND confidence <= 1", name="ck_asks_confidence"),
    )


def _ask_events() -> None:
    op.create_table(
        "ask_events",
        sa.Column("ask_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("ask_id", "position", name="pk_ask_events"),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name="fk_ask_events_ask_id_asks"),
        _words(
            "ask_events",
            "kind",
            "asked addressed assigned volunteered acting refused acknowledged answered "
            "declined asked_back asker_replied chaser handed_on out_of_office withdrawn "
            "subject_drift",
        ),
        sqlite_with_rowid=False,
    )


def _ask_states() -> None:
    op.create_table(
        "ask_states",
        sa.Column("ask_id", sa.Text, nullable=False),
        sa.Column("as_of", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("owner", sa.Text, nullable=True),
        sa.Column("owner_basis", sa.String(32), nullable=False),
        sa.Column("owner_evidence", sa.Text, nullable=True),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("acknowledged_at", sa.BigInteger, nullable=True),
        sa.Column("answered_at", sa.BigInteger, nullable=True),
        sa.Column("answered_by", sa.Text, nullable=True),
        sa.Column("closed_at", sa.BigInteger, nullable=True),
        sa.Column("ack_due", sa.BigInteger, nullable=False),
        sa.Column("answer_due", sa.BigInteger, nullable=False),
        sa.Column("silence_due", sa.BigInteger, nullable=True),
        sa.Column("age_hours", sa.Double, nullable=False),
        sa.Column("wall_hours", sa.Double, nullable=False),
        sa.Column("ack_hours", sa.Double, nullable=False),
        sa.Column("answer_hours", sa.Double, nullable=False),
        sa.Column("clock_share", sa.Double, nullable=False),
        sa.Column("chasers", sa.Integer, nullable=False),
        sa.Column("suggested_owner", sa.Text, nullable=True),
        sa.Column("suggestion", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("ask_id", "as_of", name="pk_ask_states"),
        sa.ForeignKeyConstraint(["as_of"], ["derivations.as_of"], name="fk_ask_states_as_of_derivations"),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name="fk_ask_states_ask_id_asks"),
        _words("ask_states", "state", "answered owned waiting watch limbo stranded expired withdrawn"),
        _words("ask_states", "owner_basis", "assigned volunteered acting addressed standing none"),
        sa.CheckConstraint("(owner IS NULL) = (owner_evidence IS NULL)", name="ck_ask_states_owner_evidence"),
        sa.CheckConstraint("chasers >= 0", name="ck_ask_states_chasers"),
    )
    op.create_index("ix_ask_states_state", "ask_states", ["state"])


def _metrics() -> None:
    op.create_table(
        "metric_fills",
        sa.Column("metric", sa.Text, nullable=False),
        sa.Column("relationship", sa.Text, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("period_start", sa.Date, nullable=False),
        sa.Column("period_end", sa.Date, nullable=False),
        sa.Column("state", sa.String(7), nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("metric", "relationship", "direction", "period_start", name="pk_metric_fills"),
        sa.CheckConstraint("state IN ('STARTED', 'DONE')", name="ck_metric_fills_state"),
        sa.CheckConstraint("period_end > period_start", name="ck_metric_fills_period"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "metric_values",
        sa.Column("metric", sa.Text, nullable=False),
        sa.Column("relationship", sa.Text, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("period_start", sa.Date, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("value", sa.Double, nullable=True),
        sa.Column("n", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("metric", "relationship", "direction", "period_start", "name", name="pk_metric_values"),
        sa.ForeignKeyConstraint(
            ["metric", "relationship", "direction", "period_start"],
            [
                "metric_fills.metric",
                "metric_fills.relationship",
                "metric_fills.direction",
                "metric_fills.period_start",
            ],
            name="fk_metric_values_metric_metric_fills",
        ),
        sa.CheckConstraint("n >= 0", name="ck_metric_values_n"),
        sqlite_with_rowid=False,
    )
