"""Answers that a writer put inside an unmarked quote, each after their own name: "Kumar: yes, we will"."""

import re

from models.records import NamedAddress

_SAYS_SO = re.compile(
    r"\b(?:in-?line|in line|below|embedded|interspersed|in (?:red|blue|green|bold)|between the lines|after my name"
    r"|unten|im text|eingefügt|ci-dessous|en rouge|dans le texte|abajo|en rojo|sotto|in rosso|onder|in rood|poniżej)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,30}")
_NAME_CHARS = 40
_FEWEST_WORDS = 2


def answers_by_name(lines: list[str], begin: int, own: list[str], writer: NamedAddress) -> frozenset[int]:
    """Numbers of lines from `begin` on that answer under the writer's name, each to the end of its paragraph.

    Only where the writer's words say that answers stand below: names also stand before what others asked.
    """
    if not any(map(_SAYS_SO.search, own)):
        return frozenset()
    names = {word.lower() for word in _WORD.findall(writer.display_name)}
    if not names:
        return frozenset()
    any_name = "|".join(sorted(map(re.escape, names)))
    tagged = re.compile(
        rf"\W{{0,3}}[\[<(]?(?:{any_name})(?: (?:{any_name}))?(?:[\])>]\s?[:-]?|\s?[:>-])\s{{0,3}}\S", re.IGNORECASE
    )
    found: set[int] = set()
    inside = False
    for number in range(begin, len(lines)):
        line = lines[number]
        if match := tagged.match(line[:_NAME_CHARS]):
            # with the empty line above, so that paragraphs stay paragraphs
            found.update({number - 1} if number > begin and not lines[number - 1].strip() else ())
            inside = len(line[match.end() - 1 :].split()) >= _FEWEST_WORDS and "@" not in line[:_NAME_CHARS]
        elif not line.strip():
            inside = False
        if inside:
            found.add(number)
    return frozenset(found)
