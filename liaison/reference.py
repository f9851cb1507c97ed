"""The references in docs/, made from the code: `python -m liaison.reference` writes them, a test compares them."""

import types
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typer.main
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from typer.core import TyperArgument, TyperGroup

from liaison.cli import app
from liaison.config_shape import ConfigShape

MADE = "<!-- made by `make docs` from the code; do not edit -->\n"


def configuration_reference() -> str:
    """docs/configuration.md: every key of config.yaml with type, default and meaning."""
    sections = [f"# Configuration\n\n{MADE}\n{CONFIGURATION_OPENING}"]
    sections += ["\n".join(_section(path, shape)) for path, shape in _shapes("", ConfigShape)]
    return "\n\n".join(sections) + "\n"


def command_reference() -> str:
    """docs/commands.md: every command with its options."""
    group = typer.main.get_command(app)
    if not isinstance(group, TyperGroup):
        raise TypeError(type(group))
    sections = [f"# Commands\n\n{MADE}\n{group.help}\n\n{group.epilog}\n\n{COMMANDS_OPENING}"]
    sections += ["\n".join(_command(name, command)) for name, command in _commands(group)]
    return "\n\n".join(sections) + "\n"


CONFIGURATION_OPENING = """\
`config.yaml` is read by every command; `liaison -c FILE` names another. Only `mailboxes` is required. An unknown key is
an error with a suggestion; all problems are listed at once, each with its path and line. Relative paths are meant from
the file's folder. Secrets stand nowhere in it: a password is `{env: NAME}`, `{file: path}` or `{command: [words]}`."""

COMMANDS_OPENING = """\
`liaison [-c FILE] [-v] COMMAND`. With `--json` a command prints one JSON document on standard output and nothing else
there; progress and log lines go to standard error."""


def _shapes(path: str, shape: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    yield path, shape
    for name, field in shape.model_fields.items():
        key = f"{path}.{field.alias or name}".lstrip(".")
        for child in _models_in(field.annotation):
            suffix = "[]" if _is_list(field.annotation) else ""
            yield from _shapes(key + suffix, child)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) is list


def _section(path: str, shape: type[BaseModel]) -> Iterator[str]:
    yield f"## {f'`{path}`' if path else 'Top level'}\n"
    yield f"{(shape.__doc__ or '').strip()}\n"
    yield "| key | type | default | meaning |\n|---|---|---|---|"
    for name, field in shape.model_fields.items():
        yield f"| `{field.alias or name}` | {_type(field.annotation)} | {_default(field)} | {field.description} |"


def _type(annotation: object) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(arguments[0])
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_type(argument) for argument in arguments if argument is not type(None)))
    if origin in (list, tuple):
        return f"list of {_type(arguments[0])}"
    return _plain_type(annotation)


def _plain_type(annotation: object) -> str:
    if not isinstance(annotation, type):
        return "any"
    if issubclass(annotation, BaseModel):
        return "section"
    if issubclass(annotation, Enum):
        return " or ".join(f"`{member.value}`" for member in annotation)
    names = {
        "str": "text",
        "int": "whole number",
        "float": "number",
        "Path": "path",
        "datetime": "moment",
        "date": "date",
    }
    return names.get(annotation.__name__, annotation.__name__)


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined:
        return "required"
    return "" if value is None or value == [] or isinstance(value, BaseModel) else f"`{_shown(value)}`"


def _shown(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_shown(item) for item in value)}]"
    return str(value)


def _commands(group: TyperGroup, words: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands(command, f"{words}{name} ")
        else:
            yield f"{words}{name}", command


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [p for p in command.params if isinstance(p, TyperArgument)]
    words = " ".join(["liaison", name, *(str(argument.metavar or argument.name) for argument in arguments)])
    yield f"## `{words}`\n"
    yield f"{command.help}\n"
    yield "| option | meaning |\n|---|---|"
    for parameter in command.params:
        label = (
            f"`{', '.join(parameter.opts)}`"
            if parameter not in arguments
            else f"`{parameter.metavar or parameter.name}`"
        )
        value = f" {parameter.metavar}" if parameter.metavar and parameter not in arguments else ""
        yield f"| {label}{value} | {parameter.help} |"


def write_references(folder: Path) -> tuple[Path, ...]:
    """Write the references into a folder and return the files."""
    made = {"configuration.md": configuration_reference(), "commands.md": command_reference()}
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(folder / name for name in made)


if __name__ == "__main__":
    write_references(Path(__file__).parent.parent / "docs")
