"""Measures as plain lists, dictionaries, numbers and strings, for JSON: the same measures, the same text."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]

_DECIMALS = 9  # far below any figure's meaning, far above what two processors' logarithms differ by


def to_plain(value: object) -> Plain:
    """Return `value` without types: dataclasses as dictionaries in field order, moments as RFC 3339 in UTC.

    Raises:
        TypeError: something in it is neither a dataclass, a tuple or list, a moment, nor plain already.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (tuple, list)):
        return [to_plain(each) for each in value]
    return _scalar(value)


def _scalar(value: object) -> Plain:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, float):
        return round(value, _DECIMALS)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    raise TypeError(f"{type(value).__name__} has no plain form")
