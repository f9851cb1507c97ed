"""Frozen dataclasses to JSON and back, exactly, led by their type hints.

Made for judgements kept as one row: every field that differs from its default is written under its name, so
that a row stays small and a field with a default can be added without rewriting old rows; a default, once
released, does not change. Text is made fit to store. Known types: str, int, float, bool, None, datetime
(UTC), date, StrEnum, tuples of one type, dictionaries with text keys, optionals, and dataclasses of these.
"""

import json
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from models.storable_text import storable

Convert = Callable[[Any], Any]
_EMPTY = "[]"
_ENCODER = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
_PLAIN = (str, int, float, bool, NoneType)


def dump(value: Any, of: Any) -> str:
    """JSON text (ASCII, no blanks) of a value of type `of`.

    Raises:
        TypeError: `of` holds a type that this module does not know.
    """
    # most lists of a message are empty
    return _EMPTY if value == () else _ENCODER.encode(_writer(of)(value))


def load(text: str, of: Any) -> Any:
    """The value of type `of` that `dump` wrote.

    Raises:
        TypeError: `of` holds a type that this module does not know, or the text lacks a field.
        ValueError: the text is not JSON or holds a word that `of` does not know.
    """
    return () if text == _EMPTY else _reader(of)(json.loads(text))


@cache
def _writer(of: Any) -> Convert:
    """How a value of type `of` becomes what `json` can write."""
    if of is str:
        return storable
    if of in _PLAIN or _is_word(of):
        return _same
    if of is datetime:
        return _write_moment
    if of is date:
        return date.isoformat
    if is_dataclass(of):
        return _dataclass_writer(of)
    return _container(of, _writer, list)


@cache
def _reader(of: Any) -> Convert:
    """The way back of `_writer`."""
    if of in _PLAIN:
        return _same
    if _is_word(of):
        return of  # type: ignore[no-any-return]
    if of is datetime:
        return datetime.fromisoformat
    if of is date:
        return date.fromisoformat
    if is_dataclass(of):
        return _dataclass_reader(of)
    return _container(of, _reader, tuple)


def _same(value: Any) -> Any:
    return value


def _is_word(of: Any) -> bool:
    return isinstance(of, type) and issubclass(of, StrEnum)


def _write_moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


def _container(of: Any, inner: Callable[[Any], Convert], sequence: Callable[[Any], Any]) -> Convert:
    origin, args = get_origin(of), get_args(of)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:  # noqa: PLR2004
        convert = inner(args[0])
        return lambda items: sequence([convert(item) for item in items])
    if origin is dict and args[0] is str:
        convert = inner(args[1])
        return lambda items: {key: convert(item) for key, item in items.items()}
    if origin in (Union, UnionType) and len(args) == 2 and NoneType in args:  # noqa: PLR2004
        convert = inner(next(arg for arg in args if arg is not NoneType))
        return lambda value: None if value is None else convert(value)
    msg = f"no JSON form is known for {of!r}"
    raise TypeError(msg)


def _dataclass_writer(of: Any) -> Convert:
    hints = get_type_hints(of)
    parts = [(field.name, _default(field), _writer(hints[field.name])) for field in fields(of)]

    def write(value: Any) -> dict[str, Any]:
        written = {}
        for name, default, convert in parts:
            part = getattr(value, name)
            if part != default:
                written[name] = convert(part)
        return written

    return write


def _dataclass_reader(of: Any) -> Convert:
    hints = get_type_hints(of)
    converts = {field.name: _reader(hints[field.name]) for field in fields(of)}

    def read(written: dict[str, Any]) -> Any:
        return of(**{name: converts[name](part) for name, part in written.items()})

    return read


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default
