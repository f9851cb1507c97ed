"""Column types of the tables: moments, closed lists of words, small structures.

A moment is kept as whole microseconds since 1970-01-01 UTC. SQLite has no type for moments and forgets time
zones, and PostgreSQL's depends on the session; integers are exact, ordered and equal in both.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator

from models import payload

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class UtcMoment(TypeDecorator[datetime]):
    """An aware datetime, stored as integer microseconds since the epoch, read back in UTC.

    Raises:
        ValueError: a datetime without a time zone was handed over.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """To microseconds."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"a moment without a time zone: {value.isoformat()}"
            raise ValueError(msg)
        return (value - EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From microseconds."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


class Payload(TypeDecorator[Any]):
    """A value of the given dataclass or tuple type, stored as JSON text by `models.payload`."""

    impl = Text
    cache_ok = True

    def __init__(self, of: Any) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To JSON."""
        return None if value is None else payload.dump(value, self.of)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """From JSON."""
        return None if value is None else payload.load(value, self.of)


def word_type(words: type[StrEnum], name: str) -> Enum:
    """A column of one closed list: the member's value as text, guarded by the CHECK constraint `name`."""
    return Enum(
        words,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
        values_callable=list,
    )
