"""Threads as rows, and back."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from models.judgements import Thread
from models.rows import grouped, insert_all
from models.schema import thread_messages, threads
from models.storable_text import storable


def replace_all(connection: Connection, new: Sequence[Thread]) -> None:
    """Drop every thread and keep these."""
    connection.execute(delete(thread_messages))
    connection.execute(delete(threads))
    insert_all(
        connection,
        threads,
        [
            {"id": thread.id, "position": position, "subject": storable(thread.subject)}
            for position, thread in enumerate(new)
        ],
    )
    insert_all(
        connection,
        thread_messages,
        [
            {"thread_id": thread.id, "position": position, "message_id": message}
            for thread in new
            for position, message in enumerate(thread.message_ids)
        ],
    )


def everything(connection: Connection) -> list[Thread]:
    """The threads, in the order in which they were given."""
    query = select(thread_messages).order_by(thread_messages.c.thread_id, thread_messages.c.position)
    members = grouped(connection, query, "thread_id")
    rows = connection.execute(select(threads).order_by(threads.c.position))
    return [Thread(row.id, row.subject, tuple(member.message_id for member in members.get(row.id, ()))) for row in rows]
