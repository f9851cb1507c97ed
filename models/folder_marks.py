"""Where the last finished poll of each folder stood."""

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from models.polls import FolderMark
from models.rows import row_of
from models.schema import folder_marks
from models.storable_text import storable

_MARK = ("account", "folder", "uidvalidity", "messages", "next_uid", "modseq", "selection")


def of_account(connection: Connection, account: str) -> dict[str, FolderMark]:
    """Folder -> its mark."""
    query = select(folder_marks).where(folder_marks.c.account == storable(account)).order_by(folder_marks.c.folder)
    marks = (FolderMark(**{name: getattr(row, name) for name in _MARK}) for row in connection.execute(query))
    return {mark.folder: mark for mark in marks}


def put(connection: Connection, mark: FolderMark) -> None:
    """Set a folder's mark."""
    connection.execute(delete(folder_marks).where(_is(mark.account, mark.folder)))
    connection.execute(folder_marks.insert(), row_of(mark, _MARK))


def empty(connection: Connection, account: str, folder: str) -> None:
    """Note of a folder that it holds nothing any more; none is fine.

    Its numbering stays known, should a folder of this name be there again.
    """
    connection.execute(update(folder_marks).where(_is(account, folder)).values(messages=0, modseq=None))


def _is(account: str, folder: str) -> ColumnElement[bool]:
    return and_(folder_marks.c.account == storable(account), folder_marks.c.folder == storable(folder))
