"""Which folders a configuration means: names, patterns, and the folders that patterns leave out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SET_ASIDE_USES = frozenset({"\\drafts", "\\junk", "\\trash"})
_SET_ASIDE_NAMES = frozenset(
    {
        *("drafts", "junk", "junk e-mail", "junk email", "spam", "bulk mail", "trash", "deleted items"),
        *("deleted messages", "entwürfe", "papierkorb", "gelöschte elemente", "junk-e-mail", "brouillons", "corbeille"),
    }
)


@dataclass(frozen=True, slots=True)
class ListedFolder:
    """A folder as a server lists it.

    Attributes:
        name: what the server calls it.
        path: the same with "/" between levels.
        flags: name attributes (RFC 9051, 7.3.1; special use, RFC 6154), in lower case.
    """

    name: str
    path: str
    flags: frozenset[str] = frozenset()


def is_pattern(text: str) -> bool:
    """Whether the text has wildcards."""
    return "*" in text or "%" in text


def is_set_aside(path: str, flags: Iterable[str] = ()) -> bool:
    """Drafts, junk and trash, by special use (RFC 6154) or by the usual names."""
    return not _SET_ASIDE_USES.isdisjoint(flags) or path.rpartition("/")[2].casefold() in _SET_ASIDE_NAMES


def choose_folders(listed: Sequence[ListedFolder], wanted: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names of the listed folders that the configuration means, each once, and the wanted names that are not there."""
    chosen: dict[str, None] = {}
    missing = []
    for text in wanted:
        found = [folder.name for folder in listed if _means(text, folder)]
        if not found and not is_pattern(text):
            missing.append(text)
        chosen.update(dict.fromkeys(found))
    return list(chosen), missing


def _means(text: str, folder: ListedFolder) -> bool:
    if not folder.flags.isdisjoint({"\\noselect", "\\nonexistent"}):
        return False
    if not is_pattern(text):
        return text in (folder.name, folder.path) or text.upper() == folder.path.upper() == "INBOX"
    return bool(_regex(text).fullmatch(folder.path)) and not is_set_aside(folder.path, folder.flags)


def _regex(pattern: str) -> re.Pattern[str]:
    # "*" and "%" as in LIST (RFC 9051, section 6.3.9)
    wildcards = {"*": ".*", "%": "[^/]*"}
    return re.compile("".join(wildcards.get(char, re.escape(char)) for char in pattern), re.DOTALL)
