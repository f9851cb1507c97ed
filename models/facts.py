"""Messages and their parts as rows, and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, Table, delete, literal, select

from models.compression import unpack
from models.recipient_copies import recipient_rows, told
from models.records import Attachment, Message, NamedAddress, Recipient
from models.rows import chunks, clean, grouped, insert_all, row_of
from models.schema import attachments, message_ids, messages, raw_messages, recipients
from models.storable_text import storable
from models.vocabulary import Keep

_ELSEWHERE = frozenset({"sender", "recipients", "attachments"})
_OWN = tuple(field.name for field in fields(Message) if field.name not in _ELSEWHERE)
_TEXTS = frozenset({"body_text", "new_text", "signature"})
_NOT_IN_METADATA = ("body_text", "signature")
_LONGEST_ALIAS_BYTES = 2000

Bearer = tuple[datetime, str]
"""When a message was sent, and its id."""


@dataclass(frozen=True, slots=True)
class MessageRows:
    """One message as rows of three tables."""

    message: dict[str, Any]
    recipients: list[dict[str, Any]]
    attachments: list[dict[str, Any]]


def message_rows(message: Message, keep: Keep) -> MessageRows:
    """The rows of a message, without what `keep` leaves out."""
    return MessageRows(
        message=_message_row(message, keep),
        recipients=recipient_rows(message.id, message.recipients),
        attachments=_part_rows(message.id, message.attachments, ("filename", "content_type", "size_bytes", "sha256")),
    )


def alias_of(message: Message) -> str:
    """The Message-ID under which replies find the message, "" where it has none that can be looked up.

    One over 2,000 bytes cannot: PostgreSQL's indexes take no such key, and RFC 5322, section 2.1.1, ends
    lines at 998.
    """
    alias = storable(message.message_id)
    return alias if len(alias.encode()) <= _LONGEST_ALIAS_BYTES else ""


def known_messages(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of the ids that are stored."""
    return _present(connection, messages.c.id, ids)


def bearers(connection: Connection, aliases: Sequence[str]) -> dict[str, Bearer]:
    """Message-ID -> the message that it stands for, of those that stand for one."""
    joined = select(message_ids.c.alias, messages.c.at, messages.c.id).join(messages)
    wanted = sorted({storable(alias) for alias in aliases})
    queries = (joined.where(message_ids.c.alias.in_(some)) for some in chunks(wanted))
    return {row[0]: (row[1], row[2]) for query in queries for row in connection.execute(query)}


def put_aliases(connection: Connection, aliases: Mapping[str, str]) -> None:
    """Let Message-IDs stand for messages, also those that stood for another one."""
    for some in chunks(list(aliases)):
        connection.execute(delete(message_ids).where(message_ids.c.alias.in_(some)))
    insert_all(connection, message_ids, [{"alias": alias, "message_id": each} for alias, each in aliases.items()])


def aliases(connection: Connection) -> dict[str, str]:
    """Message-ID -> Message.id, of all copies."""
    rows = connection.execute(select(message_ids.c.alias, message_ids.c.message_id).order_by(message_ids.c.alias))
    return {row[0]: row[1] for row in rows}


def headers(connection: Connection, until: datetime | None) -> list[Message]:
    """Messages without their texts, in order of (at, id)."""
    columns = [literal("").label(name) if name in _TEXTS else messages.c[name] for name in _message_columns()]
    query = select(*columns)
    if until is not None:
        query = query.where(messages.c.at <= until)
    rows = connection.execute(query.order_by(messages.c.at, messages.c.id)).all()
    some = None if until is None else select(messages.c.id).where(messages.c.at <= until)
    return _messages(connection, rows, some)


def whole(connection: Connection, ids: Sequence[str]) -> dict[str, Message]:
    """Whole messages by id, in the order asked for; unknown ids are left out."""
    found: dict[str, Message] = {}
    for some in chunks(ids):
        rows = connection.execute(select(messages).where(messages.c.id.in_(some))).all()
        found.update({message.id: message for message in _messages(connection, rows, some)})
    return {message_id: found[message_id] for message_id in ids if message_id in found}


def column_by_id(connection: Connection, name: str, ids: Sequence[str] | None) -> dict[str, str]:
    """Message.id -> one text column, of these messages or of all."""
    query = select(messages.c.id, messages.c[name]).order_by(messages.c.id)
    queries = [query] if ids is None else [query.where(messages.c.id.in_(some)) for some in chunks(ids)]
    return {row[0]: row[1] for query in queries for row in connection.execute(query)}


def raw(connection: Connection, message_id: str) -> bytes | None:
    """The bytes as they were fetched, None where they were not kept."""
    query = select(raw_messages.c.content).where(raw_messages.c.message_id == message_id)
    content = connection.execute(query).scalar()
    return None if content is None else unpack(content)


def text_sha256(text: str) -> str:
    """The SHA-256 of the text's UTF-8, in hexadecimal: a reading's key."""
    return sha256(text.encode()).hexdigest()


def _message_row(message: Message, keep: Keep) -> dict[str, Any]:
    row = row_of(message, _OWN)
    if keep is Keep.METADATA:
        row.update(dict.fromkeys(_NOT_IN_METADATA, ""))
    row["sender_address"] = clean(message.sender.address)
    row["sender_name"] = clean(message.sender.display_name)
    row["new_text_sha256"] = text_sha256(row["new_text"])
    return row


def _part_rows(message_id: str, parts: Iterable[Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"message_id": message_id, "position": position, **row_of(part, names)} for position, part in enumerate(parts)
    ]


def _present(connection: Connection, column: Column[str], values: Sequence[str]) -> set[str]:
    wanted = sorted({storable(value) for value in values})
    queries = (select(column).where(column.in_(some)) for some in chunks(wanted))
    return {value for query in queries for value in connection.execute(query).scalars()}


def _message_columns() -> tuple[str, ...]:
    return (*_OWN, "sender_address", "sender_name")


def _messages(
    connection: Connection, rows: Sequence[Row[Any]], some: Select[Any] | Sequence[str] | None
) -> list[Message]:
    to = grouped(connection, _parts(recipients, some), "message_id")
    attached = grouped(connection, _parts(attachments, some), "message_id")
    return [_message(row, to.get(row.id, []), attached.get(row.id, [])) for row in rows]


def _parts(table: Table, some: Select[Any] | Sequence[str] | None) -> Select[Any]:
    query = select(table).order_by(table.c.message_id, table.c.position)
    return query if some is None else query.where(table.c.message_id.in_(some))


def _message(row: Row[Any], to: Iterable[Row[Any]], attached: Iterable[Row[Any]]) -> Message:
    own = {name: getattr(row, name) for name in _OWN}
    return Message(
        **own,
        sender=NamedAddress(row.sender_address, row.sender_name),
        recipients=told(Recipient(part.address, part.display_name, part.kind, part.via) for part in to),
        attachments=tuple(
            Attachment(part.filename, part.content_type, part.size_bytes, part.sha256) for part in attached
        ),
    )
