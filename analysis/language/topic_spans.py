"""Topics in the words: the vocabulary of `topics.yaml`, with guards for words that mean other things elsewhere."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.language.pattern_files import load_pattern_file
from analysis.topics import Topic
from models.judgements import Span, TopicSpan

_SURE, _NEAR, _FAR = 0.9, 0.75, 0.6


@dataclass(frozen=True, slots=True)
class _Marker:
    topic: str
    word: str
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None
    record: bool
    key: str


class TopicFinder:
    """Finds topics in one text; build once for a list of topics."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        guards = load_pattern_file("topic_guards")
        self._never = re.compile("|".join(f"(?:{word})" for word in guards["never"]), re.IGNORECASE)
        self._markers = [_marker(topic.name, word, guards) for topic in topics for word in topic.words]

    def find(self, text: str, sentences: Sequence[tuple[int, int]]) -> tuple[TopicSpan, ...]:
        """Topics of `text` in order of place; `sentences` are the read parts as half-open offsets, in order."""
        lowered = text.lower()
        found = [
            hit for marker in self._markers if marker.key in lowered for hit in self._hits(marker, text, sentences)
        ]
        return tuple(sorted(found, key=lambda hit: (hit.span.start, hit.topic)))

    def _hits(self, marker: _Marker, text: str, sentences: Sequence[tuple[int, int]]) -> Iterable[TopicSpan]:
        for match in marker.pattern.finditer(text):
            place = _holding(sentences, match)
            confidence = self._confidence(marker, text, place, match) if place else 0.0
            if confidence:
                span = Span(match.start(), match.end(), match[0], f"topic:{marker.word}", confidence)
                yield TopicSpan(marker.topic, span)

    def _confidence(self, marker: _Marker, text: str, place: tuple[int, int], match: re.Match[str]) -> float:
        around = text[max(place[0], match.start() - 30) : min(place[1], match.end() + 30)]
        if any(match[0].lower() in never[0].lower() for never in self._never.finditer(around)):
            return 0.0
        if marker.record or marker.needs is None:
            return _SURE
        rest = text[place[0] : match.start()] + " " + text[match.end() : place[1]]
        if marker.needs.search(rest):
            return _NEAR
        rest = text[: match.start()] + " " + text[match.end() :]
        return _FAR if marker.needs.search(rest) else 0.0


def _marker(topic: str, word: str, guards: Mapping[str, Mapping[str, str]]) -> _Marker:
    guard = guards["ambiguous"].get(word.lower())
    needs = _companions(guards["companions"][guard]) if guard else None
    return _Marker(topic, word, _word_pattern(word), needs, "#" in word, _key(word))


def _key(word: str) -> str:
    """What every match of the marker holds, in small letters."""
    first = re.split(r"[ #-]", word.lower())[0]
    return first.removesuffix("y")


def _holding(sentences: Sequence[tuple[int, int]], match: re.Match[str]) -> tuple[int, int] | None:
    """The sentence that holds a match, None where none does."""
    place = bisect_right(sentences, match.start(), key=lambda sentence: sentence[0]) - 1
    return sentences[place] if place >= 0 and match.end() <= sentences[place][1] else None


@cache
def _companions(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split('; '))})\b", re.IGNORECASE)


@cache
def _word_pattern(word: str) -> re.Pattern[str]:
    """Acronyms as written; "#" is a number; other words in any case and with their endings."""
    if "#" in word:
        return re.compile(rf"\b{re.escape(word).replace(re.escape('#'), '')}[A-Z]*-?\d[\d-]*\b")
    if any(char.isupper() for char in word) or word.isdigit():
        return re.compile(rf"\b{re.escape(word)}s?\b")
    stem, ending = _stem(word)
    return re.compile(rf"\b{stem.replace('-', '[- ]?')}{ending}\b".replace(" ", r"[\s-]+"), re.IGNORECASE)


def _stem(word: str) -> tuple[str, str]:
    escaped = " ".join(re.escape(part).replace(r"\-", "-") for part in word.split())
    if escaped.endswith("y"):
        return escaped[:-1], "(?:y|ies|ied)"
    if escaped.endswith("e"):
        return escaped, "(?:s|d)?"
    return escaped, "(?:s|es|ed|ing)?"
