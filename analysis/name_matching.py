"""The ways in which a name in the words matches a person's name and addresses, strongest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.email_addresses import clean_name, local_part_of
from analysis.name_words import collapsed, given_names, name_words, particles, plain, spellings, titles
from models.judgements import Party

_INITIALS = 3
_SHORTEST_SURNAME = 3
_SHORTEST_GIVEN = 4
_SHORTEST_LOCAL = 5


@dataclass(frozen=True, slots=True)
class AskedName:
    """A name as written, taken apart."""

    words: tuple[str, ...]
    handle: str
    capitals: bool
    titled: bool

    @classmethod
    def of(cls, name: str) -> "AskedName":
        """Take a name apart."""
        text = name.strip().removeprefix("@").strip(" .,:;!?")
        address = "@" in text
        first = text.split()[0].lower().strip(".") if text.split() else ""
        words = name_words(local_part_of(text) if address else clean_name(text))
        handle = text.lower() if address else plain("".join(text.split()))
        return cls(words, handle, text.isupper() and len(text) <= _INITIALS, first in titles())


@dataclass(frozen=True, slots=True)
class KnownName:
    """A person's names: words in reading order, local parts split and whole."""

    words: tuple[str, ...]
    locals_split: tuple[tuple[str, ...], ...]
    locals_whole: tuple[str, ...]
    addresses: tuple[str, ...]

    @property
    def readings(self) -> tuple[tuple[str, ...], ...]:
        """The person's name in words: as displayed, and as far as local parts have more than one word."""
        return (self.words, *(words for words in self.locals_split if len(words) > 1))


@lru_cache(maxsize=65536)
def known_name(party: Party) -> KnownName:
    """Collect the names of a person."""
    local_parts = [local_part_of(address).partition("+")[0] for address in party.addresses]
    split = tuple(name_words("".join(c if c.isalpha() else " " for c in local)) for local in local_parts)
    whole = tuple(plain("".join(c for c in local if c.isalnum())) for local in local_parts)
    return KnownName(name_words(party.name), split, whole, party.addresses)


def strongest_matches(asked: AskedName, candidates: Sequence[Party]) -> tuple[str, list[Party]]:
    """Find the people whom the strongest way of matching finds, and that way in words; groups are nobody."""
    people = {party.id: party for party in candidates if not party.is_group}
    known = {identity: known_name(party) for identity, party in people.items()}
    for how, matches in _WAYS:
        found = [people[identity] for identity in people if matches(asked, known[identity])]
        if found:
            return how, found
    return "", []


def begins_like(asked: AskedName, candidates: Sequence[Party]) -> tuple[str, list[Party]]:
    """Find nameless people whose address begins like a given name: with four of its letters, else its initial.

    An initial says little; it counts only before a surname in one word (cburnette@), never for a local part that
    spells out a name (chris.germany@).
    """
    if not _single(asked):
        return "", []
    first = plain(asked.words[0])
    people = {party.id: party for party in candidates if not party.is_group and not party.name}
    local_parts = {identity: known_name(party) for identity, party in people.items()}
    for how, length in (("beginning of the local part", _SHORTEST_GIVEN), ("initial of the local part", 1)):
        found = [people[each] for each, known in local_parts.items() if _begins(first, known, length)]
        if found and len(first) >= length:
            return how, found
    return "", []


def _begins(first: str, known: KnownName, length: int) -> bool:
    one_word = all(len(words) == 1 for words in known.locals_split)
    return one_word and any(
        len(local) >= _SHORTEST_LOCAL and local.startswith(first[:length]) for local in known.locals_whole
    )


def _by_address(asked: AskedName, known: KnownName) -> bool:
    return asked.handle in known.addresses


def _by_full_name(asked: AskedName, known: KnownName) -> bool:
    return _is_full(asked) and any(_covers(asked.words, reading, _spelled_alike) for reading in known.readings)


def _by_short_full_name(asked: AskedName, known: KnownName) -> bool:
    return _is_full(asked) and any(_covers(asked.words, reading, _loosely_alike) for reading in known.readings)


def _is_full(asked: AskedName) -> bool:
    return len([word for word in asked.words if word not in particles()]) > 1


def _by_given_name(asked: AskedName, known: KnownName) -> bool:
    return _single(asked) and any(_spelled_alike(asked.words[0], word) for word in _given(known))


def _by_nickname(asked: AskedName, known: KnownName) -> bool:
    return _single(asked) and any(given_names(asked.words[0]) & given_names(word) for word in _given(known))


def _by_surname(asked: AskedName, known: KnownName) -> bool:
    names = [reading[1:] for reading in known.readings if len(reading) > 1]
    return any(_ends(surname, asked.words, _spelled_alike) for surname in names)


def _by_transliteration(asked: AskedName, known: KnownName) -> bool:
    if len(asked.words) > 1:
        return any(_covers(asked.words, reading, _transliterated) for reading in known.readings)
    return any(_transliterated(asked.words[0], word) for reading in known.readings for word in reading)


def _by_handle(asked: AskedName, known: KnownName) -> bool:
    return asked.handle in known.locals_whole


def _by_initials(asked: AskedName, known: KnownName) -> bool:
    if not asked.capitals or len(asked.handle) < 2:  # noqa: PLR2004 - one letter tells nobody apart
        return False
    return any(len(words) > 1 and "".join(word[0] for word in words) == asked.handle for words in known.readings)


def _by_local_part(asked: AskedName, known: KnownName) -> bool:
    """Match "Ana Ruiz", "Ana" or "Ruiz" with aruiz@, anar@, anaruiz@, ruiza@, if it has no name."""
    return any(_fits_local_part(asked.words, local, named=bool(known.words)) for local in known.locals_whole)


def _fits_local_part(words: tuple[str, ...], local: str, *, named: bool) -> bool:
    first, last = plain(words[0]), plain(words[-1])
    if len(words) > 1:
        return not named and local in {
            first + last,
            last + first,
            first[0] + last,
            last + first[0],
            first + last[0],
        }
    if named or len(first) < _SHORTEST_SURNAME:
        return False
    return local[1:] == first or (len(first) >= _SHORTEST_GIVEN and local.startswith(first))


def _single(asked: AskedName) -> bool:
    return len(asked.words) == 1 and not asked.titled


def _given(known: KnownName) -> list[str]:
    """The first word of the name, and a word that is the whole local part (an alias such as bob@)."""
    given = [reading[0] for reading in known.readings if reading]
    return given + [words[0] for words in known.locals_split if len(words) == 1]


def _covers(asked: Sequence[str], reading: Sequence[str], alike: Callable[[str, str], bool]) -> bool:
    """Tell whether each word asked for is another word of the name; order and particles do not count."""
    left = list(reading)
    for word in asked:
        match = next((other for other in left if alike(word, other)), None)
        if match is not None:
            left.remove(match)
        elif word not in particles():
            return False
    return len(left) < len(reading) - 1 and _has_whole_word(asked, reading)


def _has_whole_word(asked: Sequence[str], reading: Sequence[str]) -> bool:
    return any(len(word) > 1 and _transliterated(word, other) for word in asked for other in reading)


def _ends(surname: Sequence[str], asked: Sequence[str], alike: Callable[[str, str], bool]) -> bool:
    """Tell whether the words asked for are the surname, its last words, or one word of a double name."""
    telling = [word for word in asked if word not in particles()] or list(asked)
    if len(telling) == 1:
        return any(alike(telling[0], word) for word in surname if len(word) > 1)
    return len(surname) >= len(telling) and all(map(alike, telling, surname[-len(telling) :]))


def _spelled_alike(asked: str, other: str) -> bool:
    return bool(spellings(asked) & spellings(other))


def _transliterated(asked: str, other: str) -> bool:
    return _spelled_alike(asked, other) or (len(asked) > 1 and collapsed(asked) == collapsed(other))


def _loosely_alike(asked: str, other: str) -> bool:
    if len(asked) == 1 or len(other) == 1:
        return plain(asked)[0] == plain(other)[0]
    return _transliterated(asked, other) or bool(given_names(asked) & given_names(other))


_WAYS: tuple[tuple[str, Callable[[AskedName, KnownName], bool]], ...] = (
    ("address", _by_address),
    ("full name", _by_full_name),
    ("given name or alias", _by_given_name),
    ("local part", _by_handle),
    ("short form of the full name", _by_short_full_name),
    ("nickname", _by_nickname),
    ("surname", _by_surname),
    ("transliteration", _by_transliteration),
    ("initials", _by_initials),
    ("part of the local part", _by_local_part),
)
