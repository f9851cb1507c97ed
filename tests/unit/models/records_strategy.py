"""A hypothesis strategy for any frozen dataclass of `models`, led by its type hints."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
MOMENTS = st.datetimes(timezones=st.just(UTC))
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    int: st.integers(0, 2**31 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    datetime: MOMENTS,
    date: st.dates(),
}
_BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "confidence": st.floats(0, 1),
    "start": st.integers(0, 99),
    "end": st.integers(99, 999),
}


def records(of: Any, given: Mapping[str, st.SearchStrategy[Any]] | None = None) -> st.SearchStrategy[Any]:
    """Instances of a dataclass; `given` names the strategies of single fields of it."""
    hints = get_type_hints(of)
    chosen = {field.name: _of_field(field.name, hints[field.name]) for field in fields(of)}
    return st.builds(of, **(chosen | dict(given or {})))


def _of_field(name: str, of: Any) -> st.SearchStrategy[Any]:
    return _BY_NAME[name] if of in (int, float) and name in _BY_NAME else _strategy(of)


def _strategy(of: Any) -> st.SearchStrategy[Any]:
    if of in _PLAIN:
        return _PLAIN[of]
    if is_dataclass(of):
        return records(of)
    if isinstance(of, type) and issubclass(of, StrEnum):
        return st.sampled_from(list(of))
    inner = _strategy(next(arg for arg in get_args(of) if arg not in (NoneType, Ellipsis)))
    if get_origin(of) is UnionType:
        return st.none() | inner
    return st.lists(inner, max_size=2).map(tuple)
