"""How people write: greetings, sign-offs, dates, habits of language, and the mail program they use."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905

_DATES: dict[str, tuple[Callable[[date], str], ...]] = {
    "us": (
        lambda d: f"{_MONTHS[d.month - 1]} {d.day}",
        lambda d: f"{d.month}/{d.day}",
        lambda d: f"{_DAYS[d.weekday()]}, {_MONTHS[d.month - 1][:3]} {d.day}",
    ),
    "uk": (
        lambda d: f"{d.day} {_MONTHS[d.month - 1]}",
        lambda d: f"{_DAYS[d.weekday()]} {d.day} {_MONTHS[d.month - 1]}",
    ),
    "de": (lambda d: f"{d:%d.%m.}", lambda d: f"{d:%d.%m.%Y}", lambda d: f"{d.day}. {_MONTHS[d.month - 1]}"),
    "in": (lambda d: f"{d.day:02d}-{_MONTHS[d.month - 1][:3]}-{d:%Y}", lambda d: f"{d:%d/%m/%Y}"),
    "iso": (lambda d: d.isoformat(), lambda d: f"{d.day} {_MONTHS[d.month - 1][:3]}"),
}

_HABITS: dict[str, tuple[tuple[str, str], ...]] = {
    "typos": (
        (r"\breceive", "recieve"),
        (r"\bseparate", "seperate"),
        (r"\bbecause\b", "becuase"),
        (r"\battached\b", "attahced"),
        (r"\btheir\b", "thier"),
        (r"\bconfirm\b", "confrim"),
        (r"\bplease\b", "plese"),
        (r"\bwhich\b", "wich"),
        (r"\bscheduled\b", "sheduled"),
        (r"'", ""),
    ),
    "german": (
        (r"\bby (?=\d)", "until "),
        (r"\bcurrent\b", "actual"),
        (r"\binformation\b", "informations"),
        (r"\bsend us\b", "send to us"),
        (r"\bdiscuss\b", "discuss about"),
        (r"\bfor two weeks\b", "since two weeks"),
        (r"\bCould you\b", "Could you please"),
        (r"\bwe would\b", "we'd"),
        (r"\bnecessary\b", "needed"),
    ),
    "french": (
        (r"\?", " ?"),
        (r"!", " !"),
        (r":(?=\s|$)", " :"),
        (r"\bplanned\b", "foreseen"),
        (r"\bactual\b", "real"),
    ),
    "polish": ((r"\bthe ", ""), (r"\bis there a\b", "is there"), (r"\ba (?=[bcdfglmnprst])", "")),
    "indian": (
        (r"\bPlease\b", "Kindly"),
        (r"\bPls\b", "Pls"),
        (r"\babout the\b", "regarding the"),
        (r"\bnow\b", "now itself"),
        (r"\bso far\b", "till date"),
        (r"\bneed\b", "require"),
        (r"\bgive us\b", "provide us"),
        (r"\btoday\b", "today itself"),
    ),
    "italian": ((r"\bI would\b", "I'd"), (r"\bvery\b", "really very"), (r"\bpossible\b", "possible for you")),
    "british": ((r"\bGreat\b", "Brilliant"), (r"\bokay\b", "alright")),
}
_HOW_OFTEN = {"typos": 0.3, "french": 0.85, "german": 0.5, "indian": 0.55, "polish": 0.35}


@dataclass(frozen=True)
class Voice:
    """One way of writing.

    Attributes:
        greetings: templates for one reader; {first}, {formal} and {last} are slots, "" is none.
        crowd: greetings for several readers.
        sign_offs: last words before the name.
        signature: `full`, `german`, `short`, `name` or `none`.
        program: `outlook`, `gmail`, `apple` or `phone`; decides headers and how others are quoted.
        body: `plain`, `both` or `html`.
        quoting: `top`, `bottom`, `inline` or `none`.
        dates: key of the date styles.
        habits: keys of the language habits.
        width: column at which plain text is wrapped, 0 for never.
        charset: of the text parts.
        references: False for programs that leave the References field out.
        chatty: probability of a polite opening or closing sentence.
    """

    greetings: tuple[str, ...] = ("Hi {first},",)
    crowd: tuple[str, ...] = ("Hi all,",)
    sign_offs: tuple[str, ...] = ("Best regards,",)
    signature: str = "full"
    program: str = "outlook"
    body: str = "both"
    quoting: str = "top"
    dates: str = "uk"
    habits: tuple[str, ...] = ()
    width: int = 0
    charset: str = "utf-8"
    references: bool = True
    chatty: float = 0.3

    def date(self, day: date, rng: random.Random) -> str:
        """Write a date the way this writer does."""
        return rng.choice(_DATES[self.dates])(day)

    def say(self, sentence: str, rng: random.Random) -> str:
        """Put a sentence into this writer's mouth."""
        for habit in self.habits:
            for pattern, spelling in _HABITS.get(habit, ()):
                if rng.random() < _HOW_OFTEN.get(habit, 0.5):
                    sentence = re.sub(pattern, spelling, sentence, count=1)
        return _lower(sentence) if "lower" in self.habits else sentence


def decapitalised(sentence: str) -> str:
    """Lower the first letter where that is no harm to names and abbreviations."""
    head = sentence.split(" ", 1)[0]
    return sentence if head in {"I", "I'd", "I'm"} or not head[1:].islower() else sentence[0].lower() + sentence[1:]


def _lower(sentence: str) -> str:
    return re.sub(r"\bI\b", "i", decapitalised(sentence))
