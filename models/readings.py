"""Readings: one row per new text and reader version, each a JSON payload."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, exists, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from models import payload
from models.judgements import Reading
from models.rows import CHUNK
from models.schema import messages, readings
from models.vocabulary import AutoKind


def unread_hashes(connection: Connection, reader_version: str) -> list[str]:
    """Hashes of distinct new texts of human messages that this version has not read, oldest mail first."""
    read = exists().where(
        readings.c.text_sha256 == messages.c.new_text_sha256,
        readings.c.reader_version == reader_version,
    )
    query = (
        select(messages.c.new_text_sha256)
        .where(messages.c.auto == AutoKind.NONE, ~read)
        .group_by(messages.c.new_text_sha256)
        .order_by(func.min(messages.c.at), messages.c.new_text_sha256)
    )
    return list(connection.execute(query).scalars())


def texts(connection: Connection, hashes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(hash, new text) in the order of the hashes."""
    query = select(messages.c.new_text_sha256, messages.c.new_text).where(messages.c.new_text_sha256.in_(hashes))
    found = {row[0]: row[1] for row in connection.execute(query)}
    return ((wanted, found[wanted]) for wanted in hashes)


def record(connection: Connection, new: Sequence[Reading]) -> None:
    """Keep readings; one of a text and version that is there already is replaced."""
    insert = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
    statement = insert(readings)
    statement = statement.on_conflict_do_update(
        index_elements=["text_sha256", "reader_version"], set_={"content": statement.excluded.content}
    )
    rows = [_row(reading) for reading in new]
    for start in range(0, len(rows), CHUNK):
        connection.execute(statement, rows[start : start + CHUNK])


def all_of(connection: Connection, reader_version: str) -> dict[str, Reading]:
    """All readings of a version, by the text's hash."""
    query = select(readings.c.text_sha256, readings.c.content).where(readings.c.reader_version == reader_version)
    rows = connection.execute(query.order_by(readings.c.text_sha256))
    return {row[0]: payload.load(row[1], Reading) for row in rows}


def _row(reading: Reading) -> dict[str, str]:
    return {
        "text_sha256": reading.text_sha256,
        "reader_version": reading.reader_version,
        "content": payload.dump(reading, Reading),
    }
