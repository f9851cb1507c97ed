"""Names that the words single out: greetings, vocatives, @names, the signed name. Shapes and places, no model."""

import re
from dataclasses import dataclass

from analysis.language.pattern_files import word_list

_WORD = r"(?:[A-ZÀ-ÞŠŽŁŚ][\w'’]*(?:-[A-Z][\w'’]*)?\.?)"
_NAME = re.compile(rf"(?:@?{_WORD}(?:[ \t]+(?:{_WORD}|(?:van|von|de|der|den|la|di|da|del|dos|bin|al)\b))*)")
_GREETING = re.compile(
    r"(?:hi|hello|dear|hey|hallo|hiya|greetings|howdy|good[ ]+(?:morning|afternoon|evening|day)"
    r"|(?:morning|afternoon)(?=[ ,]+[A-Z]))"
    r"(?:[ ]+there|[ ]+again)?(?=[\s,!.:;–—-]|$)",
    re.IGNORECASE,
)
_LOWER_NAME = re.compile(r"[ \t]*([a-z]{2,12})(?=[ \t]*(?:[,:;!.–—-]|\n|$))")
_JOINER = re.compile(r"\s*(?:,?\s*(?:and|&|/|und)\s+|/|&)\s*|\s*,\s*")
_SEPARATOR = re.compile(r"\s*(?:[,:;!–—]|--|-(?=\s)|-$|\.{2,}|…|\.(?=\s|$)|\n|$)\s*")
_AT = re.compile(r"(?<![\w.@/])@\s?([A-Za-z][\w-]+(?:[ ][A-Z][\w'’-]+(?=[ ]*[,:;?.!–-]|[ ]+[a-z]))?)(?![\w.]*@)")
_SPEAKS = r"(?:can|could|would|will|do|did|have|are|may|might)"
_ADDRESSES = re.compile(
    rf"\s*:\s*(?:@\w+\s*)?(?:{_SPEAKS}\b|please|pls|kindly|any|what|when|where|how|why|who|which|you|is|let|if|thanks|i\b|we\b)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"({_WORD}(?:[ ]{_WORD})?)[ ]+(?:{_SPEAKS}[ ]you|please|pls|kindly)\b")
_INNER = re.compile(
    rf"\b(?:you|please|question|thoughts|also|and|so|but)[ ]*,[ ]+({_WORD}(?:[ ]{_WORD})?)(?:,|[ ]*[?.!]*$)"
)
_LAST = re.compile(rf"[a-z0-9)]+,?[ ]+(?<=,[ ])({_WORD})[ ]*[?.!]*$")
_ONE_WORD = re.compile(r"@?[A-ZÀ-ÞŠŽŁŚ](?:[a-zà-ÿ]|['’][A-Z])[\w.-]*(?:['’](?!ll|d|re|ve|s)\w+)?")
_DEPARTMENT = re.compile(r"Q[ACP]|RA")
_CONTRACTION = re.compile(r"['’](?:s|ll|d|m|re|ve|t)$")
_DAY_NUMBER = re.compile(r"[ ]\d{1,2}\b")
_MOST_WORDS = 4
_INITIALS = re.compile(r"[A-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class Called:
    """Whom words speak to.

    Attributes:
        names: as written, in order.
        rule: "greeting", "vocative" or "at_sign"; "" where nobody is called.
        plural: the words speak to several without naming them ("all", "team").
        start, end: offsets of the calling words in the text that was looked at.
    """

    names: tuple[str, ...] = ()
    rule: str = ""
    plural: bool = False
    start: int = 0
    end: int = 0

    def __bool__(self) -> bool:
        return bool(self.names) or self.plural


NOBODY = Called()


def find_greeting(sentence: str) -> Called:
    """The greeting that a sentence or line opens with: "Hi Kurt,", "Dear Dr. Weber", "Hi all"."""
    match = _GREETING.match(sentence)
    if not match:
        return NOBODY
    start = match.end()
    while sentence[start : start + 1] in {" ", ","}:
        start += 1
    names, plural, end = _read_names(sentence, start, strict=False)
    if not names and not plural:
        lower = _LOWER_NAME.match(sentence, start)
        if lower and lower[1] not in word_list("names", "not_names"):
            names, end = (lower[1],), lower.end(1)
    return Called(names, "greeting", plural, start, end)


def find_vocative(sentence: str) -> Called:
    """Whom a sentence calls: "Kurt, could you", "@Ed", "could you, Ana,", "Kurt could you", "..., Ana?"."""
    ats = list(_AT.finditer(sentence))
    if ats:
        return Called(tuple(at[1] for at in ats), "at_sign", start=ats[0].start(), end=ats[-1].end())
    names, plural, end = _read_names(sentence, 0, strict=True)
    if (names or plural) and _speaks_on(sentence, names, end):
        return Called(names, "vocative", plural, 0, end)
    return _inner_vocative(sentence)


def _speaks_on(sentence: str, names: tuple[str, ...], end: int) -> bool:
    """Whether what follows called names speaks to them; a heading ("Status:") or a list of things does not."""
    rest = sentence[end:]
    if any(len(name.split()) > 2 + name.lower().startswith(("dr", "mr", "ms", "prof")) for name in names):
        return False
    return not rest.lstrip().startswith(":") or bool(_ADDRESSES.match(rest)) or not rest.strip(" :")


def _inner_vocative(sentence: str) -> Called:
    for pattern in (_BARE, _INNER, _LAST):
        match = pattern.match(sentence) if pattern is _BARE else pattern.search(sentence)
        if match and _is_name(match[1]):
            return Called((match[1].rstrip("."),), "vocative", start=match.start(1), end=match.end(1))
    return NOBODY


def _read_names(text: str, start: int, *, strict: bool) -> tuple[tuple[str, ...], bool, int]:
    """Read names joined by commas, "and" or "/" from `start`; strict wants a separator after the last one."""
    names: list[str] = []
    plural = False
    here = end = start
    while here < len(text):
        name, is_plural, stop = _next_name(text, here)
        if stop == here or (strict and not _is_closed(text, stop)):
            break
        names += [name] if name else []
        plural = plural or is_plural
        end = stop
        joiner = _JOINER.match(text, stop)
        if not joiner:
            break
        here = joiner.end()
    return tuple(names), plural, end


def _is_closed(text: str, stop: int) -> bool:
    """Whether a called name ends here: at a separator, or at "and" before another name."""
    if _SEPARATOR.match(text, stop):
        return True
    joiner = _JOINER.match(text, stop)
    return bool(joiner) and _next_name(text, joiner.end())[2] > joiner.end() if joiner else False


def _next_name(text: str, start: int) -> tuple[str, bool, int]:
    """One name or plural word at `start`: (name, is plural, end); end == start where there is neither."""
    word = re.compile(r"[A-Za-z']+(?:[ ][Tt]eam)?").match(text, start)
    if word and word[0].lower().split()[-1] in word_list("names", "plural"):
        return "", True, word.end()
    match = _NAME.match(text, start)
    if match and _is_name(match[0]):
        return match[0].rstrip(".").lstrip("@"), False, match.end() - match[0].endswith(".")
    return "", False, start


def _is_name(text: str) -> bool:
    """Whether capitalised words can be a person's name: at most four, none of them a known other word."""
    words = [word.strip(".").lower() for word in text.lstrip("@").split()]
    titles = word_list("names", "titles")
    own = [word for word in words if word not in titles]
    shouted = text.isupper() and not _INITIALS.fullmatch(text)
    known = any(_is_known_word(word) for word in own)
    return 0 < len(own) <= _MOST_WORDS and not known and not shouted and own[0][0].isalpha()


def find_sign_off(lines: list[str]) -> str:
    """The name that the last lines of a message sign with, "" where there is none."""
    kept = [line.strip(" \t*_-–—,.~") for line in lines if line.strip(" \t*_-–—,.~")][-3:]
    if not kept:
        return ""
    words = kept[-1].split()
    closing = word_list("names", "closing_words")
    own = [word for word in words if word.strip(",.!").lower() not in closing]
    signed = " ".join(own).strip(",. ")
    led = len(own) < len(words) or any(_is_closing(line) for line in kept[:-1])
    shape = _NAME.fullmatch(signed)
    return signed if shape and _is_name(signed) and (led or len(own) == 1) and len(lines) > 1 else ""


def _is_closing(line: str) -> bool:
    words = [word.strip(",.!").lower() for word in line.split()]
    return 0 < len(words) <= 6 and all(word in word_list("names", "closing_words") for word in words)  # noqa: PLR2004


def is_sign_off_line(line: str) -> bool:
    """Whether a line is only a closing ("Best regards,") or a single name."""
    bare = line.strip(" \t*_-–—,.~!")
    return _is_closing(line) or bool(_NAME.fullmatch(bare) and len(bare.split()) <= 3 and _is_name(bare))  # noqa: PLR2004


def is_name_word(word: str) -> bool:
    """Whether one capitalised word can be (part of) a name; departments that mail is handed to count as well."""
    named = bool(_ONE_WORD.fullmatch(word)) and not _is_known_word(word.strip(".").lower())
    return named or bool(_DEPARTMENT.fullmatch(word))


def _is_known_word(word: str) -> bool:
    """Whether a word in small letters is a common word and so no name at the beginning of a sentence."""
    if word in word_list("names", "names_too"):
        return False
    return word.endswith("ing") or word in word_list("names", "not_names") or word in word_list("asks", "imperatives")


def names_in(text: str, start: int = 0, end: int | None = None) -> tuple[str, ...]:
    """Names in words about who does something ("try Kurt"), as far as they touch `[start, end)` of the text."""
    places = (match for match in _NAME.finditer(text) if match.end() > start and match.start() < (end or len(text)))
    found = (_own_words(match[0]) for match in places if not _DAY_NUMBER.match(text, match.end()))
    return tuple(dict.fromkeys(name for name in found if _is_named(name)))


def _own_words(capitals: str) -> str:
    """Capitalised words without those that only stand before a name ("Adding Kurt")."""
    words = capitals.rstrip(".").split()
    while len(words) > 1 and _is_known_word(words[0].lower()):
        words = words[1:]
    return _CONTRACTION.sub("", " ".join(words).lstrip("@"))


def _is_named(name: str) -> bool:
    """Names inside a sentence: no acronyms but the departments that mail is handed to."""
    return bool(_DEPARTMENT.fullmatch(name)) or (_is_name(name) and len(name) > 1 and not name.isupper())
