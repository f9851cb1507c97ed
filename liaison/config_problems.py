"""From what pydantic and YAML say is wrong to sentences with the setting's path, its line and what to do."""

import difflib
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

from liaison.config_shape import ConfigShape
from liaison.shape import WANTED
from models.errors import SettingProblem

Location: TypeAlias = tuple[str | int, ...]

_SHOWN = 80
_HOLDS_SECRETS = frozenset({"password", "oauth"})
_MESSAGES = {"model_type": "should be settings, each `key: value`", "list_type": "should be a list"}
_HINTS = dict.fromkeys(("date_from_datetime_parsing", "date_parsing"), "write a day as 2026-01-31")


def problems_of(error: ValidationError, document: Any) -> tuple[SettingProblem, ...]:
    """Turn every pydantic error into a problem, in the file's order."""
    problems = [_problem(detail, document) for detail in error.errors(include_url=False)]
    return tuple(sorted(set(problems), key=lambda problem: (problem.line or 0, problem.path)))


def syntax_problem(error: MarkedYAMLError) -> SettingProblem:
    """Turn a YAML syntax error into a problem."""
    line = error.problem_mark.line + 1 if error.problem_mark else None
    if isinstance(error, DuplicateKeyError):
        said = str(error.problem).partition(" with value ")[0]  # the values may be secret
        return SettingProblem("(file)", said.replace("found duplicate key", "stands here twice:"), "keep one", line)
    return SettingProblem("(file)", f"not YAML: {error.problem or error.context}", "check indentation and quotes", line)


def path_text(location: Iterable[str | int]) -> str:
    """Write a location as people do: `mailboxes[0].imap.host`."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "(file)"


def line_of(document: Any, location: Sequence[str | int]) -> int | None:
    """Line (from 1) of a setting in the YAML document, of its nearest parent where it is absent."""
    line: int | None = None
    node = document
    for part in location:
        position = _position(node, part)
        if position is None:
            return line
        line, node = position + 1, node[part]
    return line


def _position(node: Any, part: str | int) -> int | None:
    if not isinstance(node, CommentedMap | CommentedSeq) or not node.lc.data:  # a tagged node knows no lines
        return None
    if isinstance(node, CommentedMap) and part in node.lc.data:
        return int(node.lc.key(part)[0])
    if isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node):
        return int(node.lc.item(part)[0])
    return None


def _problem(detail: Any, document: Any) -> SettingProblem:
    location: Location = _without_union_tags(detail["loc"], document)
    message, hint = _wording(detail, location)
    return SettingProblem(path_text(location), message, hint, line_of(document, location))


def _without_union_tags(location: Location, document: Any) -> Location:
    """Drop the parts that pydantic adds for members of a union: they stand nowhere in the file."""
    kept: list[str | int] = []
    node = document
    for index, part in enumerate(location):
        last = index == len(location) - 1
        if _position(node, part) is not None:
            node = node[part]
        elif not last or not isinstance(node, CommentedMap):
            continue
        kept.append(part)
    return tuple(kept)


def _wording(detail: Any, location: Location) -> tuple[str, str]:
    kind = detail["type"]
    if kind == "extra_forbidden":
        return "no such setting", _did_you_mean(str(location[-1]), _siblings(location[:-1]))
    if kind == "missing":
        return "is missing", "add it"
    if kind == "string_pattern_mismatch":
        return f"does not fit{_shown_input(detail, location)}", f"write {WANTED[detail['ctx']['pattern']]}"
    message = _MESSAGES.get(kind) or detail["msg"].removeprefix("Value error, ")
    return f"{message[0].lower()}{message[1:]}{_shown_input(detail, location)}", _HINTS.get(kind, "")


def _shown_input(detail: Any, location: Location) -> str:
    value = detail.get("input")
    if not _HOLDS_SECRETS.isdisjoint(location) or not isinstance(
        value, str | int | float
    ):  # the secret itself may stand there
        return ""
    shown = repr(value)
    return f" (it says {shown if len(shown) <= _SHOWN else shown[:_SHOWN] + '...'})"


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"known here: {', '.join(known)}" if known else ""


def _siblings(parents: Location) -> list[str]:
    shapes: list[type[BaseModel]] = [ConfigShape]
    for part in parents:
        if isinstance(part, str):
            shapes = [child for shape in shapes for child in _children(shape, part)]
    return [field.alias or name for shape in shapes for name, field in shape.model_fields.items()]


def _children(shape: type[BaseModel], name: str) -> list[type[BaseModel]]:
    field = shape.model_fields.get(name)
    return list(_models_in(field.annotation)) if field else []


def _models_in(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)
