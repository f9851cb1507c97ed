"""How a data frame is declared: every column's type, unit and meaning, said once and checked.

pandas 3: text is `str` with NaN for nothing, moments are `datetime64[us, UTC]`. A frame is built by one
function, checked against its declaration, sorted, and never changed afterwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

TEXT, MOMENT, NUMBER, COUNT, FLAG = "str", "datetime64[us, UTC]", "float64", "int64", "bool"


class FrameError(ValueError):
    """A frame does not match its declaration; says every difference."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, pandas dtype, unit or vocabulary, what it says, and whether it may be empty."""

    name: str
    dtype: str
    unit: str
    meaning: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class FrameDeclaration:
    """A frame's columns in order, and the columns that sort it and identify a row."""

    name: str
    key: tuple[str, ...]
    order: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]

    def build(self, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """Build the frame of `rows`, sorted and checked.

        Raises:
            FrameError: a row lacks a column, or a value does not fit its declaration.
        """
        listed = list(rows)
        try:
            series = {column.name: _series(column, listed) for column in self.columns}
        except (KeyError, TypeError, ValueError) as error:
            raise FrameError(f"{self.name}: {error!r}") from error
        frame = pd.DataFrame(series).sort_values(list(self.order), kind="stable", ignore_index=True)
        self.check(frame)
        return frame

    def check(self, frame: pd.DataFrame) -> None:
        """Check columns, dtypes, empty values, uniqueness and order.

        Raises:
            FrameError: with every difference from the declaration.
        """
        problems = [*self._column_problems(frame)] or [*self._row_problems(frame)]
        if problems:
            raise FrameError(f"{self.name}: " + "; ".join(problems))

    def _column_problems(self, frame: pd.DataFrame) -> Iterable[str]:
        if list(frame.columns) != self.names:
            yield f"columns {list(frame.columns)} instead of {self.names}"
            return
        for column in self.columns:
            dtype = str(frame[column.name].dtype)
            if dtype != column.dtype:
                yield f"{column.name} is {dtype}, not {column.dtype}"
            if not column.nullable and frame[column.name].isna().any():
                yield f"{column.name} has empty values"

    def _row_problems(self, frame: pd.DataFrame) -> Iterable[str]:
        if frame.duplicated(list(self.key)).any():
            yield f"rows repeat {self.key}"
        if not frame.equals(frame.sort_values(list(self.order), kind="stable", ignore_index=True)):
            yield f"rows are not in the order {self.order}"


def _series(column: Column, rows: Sequence[Mapping[str, Any]]) -> "pd.Series[Any]":
    values = [row[column.name] for row in rows]
    if column.dtype == MOMENT:
        return pd.Series(pd.DatetimeIndex(pd.to_datetime(values, utc=True)).as_unit("us"))
    return pd.Series(values, dtype=column.dtype)
