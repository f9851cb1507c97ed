"""From ask sentences to asks: sentences of one message that belong together become one ask.

The rule, in the order it is applied to each sentence that is strong enough and no courtesy:

1. A sentence that calls other people by name than the ask before it begins an ask of its own.
2. A sentence that adds nothing of its own ("please let me know by Friday") belongs to the ask before it,
   wherever it stands.
3. So does one that follows directly, in the same paragraph and not as a list item, unless it says that it is
   another matter ("also", "in addition", "separately").
4. A sentence after one that only asks ("I have two questions", "could you help?") belongs to it and becomes
   its main words.

The quote of an ask is its first sentence that says what it is about.
"""

import re
from dataclasses import dataclass

from analysis.ownership.notices import expects_response, is_advice, is_instruction
from analysis.ownership.restating import adds_nothing, own_words
from models.judgements import AskSpan, Reading

ANOTHER = re.compile(
    r"\b(also|as well|in addition|additionally|another|separately|furthermore|secondly|finally|besides)\b",
    re.IGNORECASE,
)
LIST_ITEM = re.compile(r"\s*(\(?\d{1,2}[.):]|\(?[a-z][.)]|[-*•–])\s")
BETWEEN_SENTENCES = " \t\r\n.?!,;:)\"'"


@dataclass(frozen=True, slots=True)
class GatheredAsk:
    """Ask sentences of one message that ask one thing.

    Attributes:
        main: the sentence that says what is asked.
        spans: all of them, in text order.
    """

    main: AskSpan
    spans: tuple[AskSpan, ...]

    @property
    def chaser(self) -> bool:
        """Any of the sentences repeats an earlier ask."""
        return any(span.chaser for span in self.spans)

    @property
    def advice(self) -> bool:
        """All of the sentences are advice where their message answers something."""
        return all(is_advice(span) for span in self.spans)

    @property
    def instruction(self) -> bool:
        """All of the sentences say what to do, where their message answers a question."""
        return all(is_instruction(span) for span in self.spans)

    @property
    def expectation(self) -> bool:
        """Any of the sentences is an expectation question."""
        return any(span.expectation for span in self.spans)

    @property
    def confidence(self) -> float:
        """That of the surest sentence."""
        return max(span.span.confidence for span in self.spans)

    @property
    def text(self) -> str:
        """All the sentences' words."""
        return " ".join(span.span.text for span in self.spans)


def gather_asks(
    reading: Reading, new_text: str, minimum_confidence: float, *, to_group: bool = False
) -> tuple[GatheredAsk, ...]:
    """The asks of one message, in text order.

    Courtesies, notices that expect no response and sentences below the confidence open none.
    """
    groups: list[list[AskSpan]] = []
    strong = (
        ask
        for ask in reading.asks
        if not ask.weak and ask.span.confidence >= minimum_confidence and expects_response(ask, to_group=to_group)
    )
    for ask in sorted(strong, key=lambda item: (item.span.start, item.span.end)):
        if groups and _belongs(ask, groups[-1], new_text):
            groups[-1].append(ask)
        else:
            groups.append([ask])
    return tuple(GatheredAsk(_main(group), tuple(group)) for group in groups)


def _belongs(ask: AskSpan, group: list[AskSpan], new_text: str) -> bool:
    if ask.names != group[-1].names:
        return False
    said = frozenset[str]().union(*(own_words(item.span.text) for item in group))
    if not said or adds_nothing(ask.span.text, said):
        return True
    return _follows(ask, group[-1], new_text) and not ANOTHER.search(ask.span.text)


def _follows(ask: AskSpan, before: AskSpan, new_text: str) -> bool:
    gap = new_text[before.span.end : ask.span.start].replace("\r\n", "\n")
    return not gap.strip(BETWEEN_SENTENCES) and "\n\n" not in gap and not LIST_ITEM.match(ask.span.text)


def _main(group: list[AskSpan]) -> AskSpan:
    return next((ask for ask in group if own_words(ask.span.text)), group[0])
