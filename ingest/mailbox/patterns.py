r"""Which folders a configuration means: names, patterns, special uses (`\Sent`), and what is left out of patterns."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.settings import SET_ASIDE

# what mail programs call folders on servers that tell no special uses
_USUAL_NAMES = {
    "\\drafts": {"drafts", "draft", "entwürfe", "brouillons", "borradores", "bozze", "concepten"},
    "\\junk": {"junk", "junk e-mail", "junk email", "junk-e-mail", "spam", "bulk mail", "unerwünscht"},
    "\\trash": {
        *("trash", "deleted items", "deleted messages", "bin", "papierkorb", "gelöschte elemente"),
        *("gelöschte objekte", "corbeille", "éléments supprimés", "papelera", "elementos eliminados", "cestino"),
    },
    "\\sent": {
        *("sent", "sent items", "sent mail", "sent messages", "gesendet", "gesendete elemente", "gesendete objekte"),
        *("éléments envoyés", "envoyés", "enviados", "elementos enviados", "inviata", "posta inviata"),
    },
    "\\archive": {"archive", "archives", "archiv"},
}
_NO_MAIL_IN_IT = frozenset({"\\noselect", "\\nonexistent"})


@dataclass(frozen=True, slots=True)
class ListedFolder:
    """A folder as a mailbox lists it.

    Attributes:
        name: what the mailbox calls it.
        path: the same with "/" between levels.
        flags: name attributes (RFC 9051, 7.3.1; special use, RFC 6154), in lower case.
        foreign: the beginning of the path that other users' or shared folders have; "" for one's own.
    """

    name: str
    path: str
    flags: frozenset[str] = frozenset()
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a configuration means.

    Attributes:
        chosen: names of the folders to read, each once, in the order of the settings' words.
        left_out: the others, by name, each with the reason.
        unmatched: words of the settings that mean no folder.
    """

    chosen: tuple[str, ...]
    left_out: dict[str, str]
    unmatched: tuple[str, ...]


def is_pattern(text: str) -> bool:
    """Whether the text has wildcards."""
    return "*" in text or "%" in text


def is_special_use(text: str) -> bool:
    r"""Whether the text is a special use such as `\Sent`."""
    return text.startswith("\\")


def is_set_aside(path: str, flags: Iterable[str] = ()) -> bool:
    """Drafts, junk and trash, by special use (RFC 6154) or by the usual names."""
    folder = ListedFolder(path, path, frozenset(flags))
    return any(_means(word, folder) for word in SET_ASIDE)


def choose_folders(listed: Sequence[ListedFolder], wanted: Sequence[str], exclude: Sequence[str] = SET_ASIDE) -> Choice:
    """Sort folders into those to read and those to leave out.

    Args:
        listed: every folder of the mailbox; those that cannot hold mail are passed over.
        wanted: names, patterns, special uses.
        exclude: the same; leaves out what patterns and special uses mean, not what names mean.
    """
    there = [folder for folder in listed if folder.flags.isdisjoint(_NO_MAIL_IN_IT)]
    chosen: dict[str, None] = {}
    unmatched = []
    for word in wanted:
        meant = [folder for folder in there if _means(word, folder)]
        if not meant:
            unmatched.append(word)
        spared = _is_name(word)
        chosen.update(dict.fromkeys(folder.name for folder in meant if spared or not _why_excluded(folder, exclude)))
    left_out = {
        folder.name: _why_excluded(folder, exclude) or f"not one of folders: {', '.join(wanted)}"
        for folder in there
        if folder.name not in chosen and not folder.foreign
    }
    return Choice(tuple(chosen), left_out, tuple(unmatched))


def _is_name(word: str) -> bool:
    return not is_pattern(word) and not is_special_use(word)


def _why_excluded(folder: ListedFolder, exclude: Sequence[str]) -> str:
    return next((f"excluded by {word}" for word in exclude if _means(word, folder)), "")


def _means(word: str, folder: ListedFolder) -> bool:
    if is_special_use(word):
        usual: Iterable[str] = _USUAL_NAMES.get(word.lower(), ())
        return word.lower() in folder.flags or (not folder.foreign and _last_level(folder) in usual)
    if not is_pattern(word):
        return word in (folder.name, folder.path) or word.upper() == folder.path.upper() == "INBOX"
    if folder.foreign and not word.startswith(folder.foreign.rstrip("/")):
        # "*" means one's own folders
        return False
    return _matches(word, folder.path)


def _last_level(folder: ListedFolder) -> str:
    return folder.path.rpartition("/")[2].casefold()


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern means a path: "*" and "%" as in LIST (RFC 9051, section 6.3.9).

    All places of the pattern that the path so far can have led to are followed at once, so that no pattern and no name
    that a stranger gave a folder cost more than their lengths.
    """
    places = _Places(pattern)
    reached = places.beyond_wildcards(1)
    for char in path:
        moved = (reached & places.of(char)) << 1
        stayed = reached & (places.anything if char == "/" else places.anything | places.level)
        reached = places.beyond_wildcards(moved | stayed)
    return bool(reached >> len(places.pattern) & 1)


class _Places:
    """The places of a pattern as bits of numbers: bit n is the place before its n-th character."""

    def __init__(self, pattern: str) -> None:
        # wildcards in a row mean no more than one
        self.pattern = re.sub(r"[*%]{2,}", lambda run: "*" if "*" in run[0] else "%", pattern)
        self.anything = self._of("*")
        self.level = self._of("%")
        self._letters: dict[str, int] = {}

    def of(self, char: str) -> int:
        """The places at which this very character is due."""
        if char in "*%":
            # a folder's own asterisk is met by wildcards only
            return 0
        if char not in self._letters:
            self._letters[char] = self._of(char)
        return self._letters[char]

    def beyond_wildcards(self, places: int) -> int:
        """These places and those behind a wildcard, which may mean nothing."""
        return places | (places & (self.anything | self.level)) << 1

    def _of(self, char: str) -> int:
        return sum(1 << place for place, due in enumerate(self.pattern) if due == char)
