"""Which language a text is written in: by script, else by its most frequent small words. Deterministic, no model."""

import re
import unicodedata
from collections import Counter
from functools import cache

from analysis.language.pattern_files import load_pattern_file

UNDECIDED = "und"
_LONGEST_CHARS = 6000
_FEWEST_HITS = 3
_MARGIN = 1.3
_SCRIPT_SHARE = 0.3
_NOISE = re.compile(r"https?://\S+|\S+@\S+|[\w./\\-]*[/\\_][\w./\\-]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "THAI": "th",
    "DEVANAGARI": "hi",
}


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language that most of the text is in, "und" where too little speaks for any."""
    sample = _NOISE.sub(" ", text[:_LONGEST_CHARS])
    return _by_script(sample) or _by_words(sample)


def _by_script(text: str) -> str:
    letters = [char for char in text if char.isalpha()]
    if not letters or text.isascii():
        return ""
    counts = Counter(_SCRIPTS.get(unicodedata.name(char, "").split(" ")[0], "") for char in letters if char > "\u02ff")
    counts.pop("", None)
    if sum(counts.values()) < _SCRIPT_SHARE * len(letters):
        return ""
    return "ja" if counts["ja"] else max(sorted(counts), key=counts.__getitem__)


def _by_words(text: str) -> str:
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    scores = {language: sum(word in known for word in words) for language, known in _small_words().items()}
    best = max(sorted(scores), key=scores.__getitem__)
    english = scores["en"]
    if scores[best] < _FEWEST_HITS:
        return UNDECIDED
    return best if best == "en" or scores[best] > _MARGIN * english else "en"


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {
        language: frozenset(words.split()) for language, words in load_pattern_file("languages")["small_words"].items()
    }
