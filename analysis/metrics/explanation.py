"""What a measure's docstring says, section by section, so that definition and code stand in one place."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import getdoc
from textwrap import dedent
from typing import Any

SECTIONS = ("Formula", "Unit", "Edge cases", "Example", "Source")
"""Sections of a measure's docstring, in the order in which the reference prints them."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A measure in words.

    Attributes:
        title: what the summary line says before its colon.
        definition: the rest of the summary line and the paragraphs below it.
        sections: (heading, text) of the sections that are there, in the order of `SECTIONS`.
    """

    title: str
    definition: str
    sections: tuple[tuple[str, str], ...]

    def section(self, heading: str) -> str:
        """Return the text of a section, "" where it is not there."""
        return dict(self.sections).get(heading, "")


def explain(function: Callable[..., Any]) -> Explanation:
    """Read a measure's docstring.

    Raises:
        ValueError: it has none, or its summary line does not begin with the measure's name and a colon.
    """
    summary, _, rest = (getdoc(function) or "").partition("\n")
    title, colon, definition = summary.partition(": ")
    if not colon:
        raise ValueError(f"{function.__name__}: the docstring must begin with the measure's name and a colon")
    head, found = _split_sections(rest)
    text = f"{definition[:1].upper()}{definition[1:]}\n\n{head}".strip()
    return Explanation(title, text, tuple((each, found[each]) for each in SECTIONS if each in found))


def _split_sections(text: str) -> tuple[str, dict[str, str]]:
    heading, lines = "", {"": [""]}
    for line in text.splitlines():
        if line.endswith(":") and line[:-1] in (*SECTIONS, "Args", "Returns", "Raises"):
            heading = line[:-1]
            lines[heading] = []
        else:
            lines[heading].append(line)
    sections = {name: dedent("\n".join(body)).strip() for name, body in lines.items()}
    return sections.pop(""), sections
