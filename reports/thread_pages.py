"""The evidence: threads with an open ask, message by message, with the words that statements rest on marked.

A statement may rest on a message of another thread, as when an owner's leaving is announced elsewhere. That message is
shown too, but not its neighbours, which may be between other companies.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from models.judgements import Evidence, Judgement
from models.records import Message
from models.vocabulary import EventKind
from reports.ask_lines import Places
from reports.document import AskLine, Ground, Mark, MessageLine, RecipientLine, ThreadPage
from reports.people import Cast
from reports.words import EVENT_WORDS, reason_words

MARKED_CHARACTERS = 4000
"""New text shown of a message with marks; more where a mark lies further down."""

PLAIN_CHARACTERS = 1500
"""New text shown of a message without marks."""

_AROUND = 200  # characters shown after the last mark


def thread_pages(
    asks: Sequence[AskLine],
    judgements: Iterable[Judgement],
    messages: Iterable[Message],
    cast: Cast,
    places: Places,
) -> tuple[ThreadPage, ...]:
    """Write the threads of some asks in the order in which the asks name them, then grounds from other threads.

    Args:
        asks: open asks of one relationship.
        judgements: where the words stand that statements about these asks rest on.
        messages: with their new text, in any order.
        cast: who is who.
        places: threads, and where messages stand in them.
    """
    known = {message.id: message for message in messages}
    marks = _marks([row for row in judgements if row.ask.id in {ask.id for ask in asks}])
    own = dict.fromkeys(ask.thread for ask in asks)
    shown = {thread: frozenset(places.threads[thread].message_ids) for thread in own} | _elsewhere(asks, own)
    return tuple(
        ThreadPage(
            id=thread,
            subject=places.threads[thread].subject,
            messages=tuple(
                _message_line(number, known[message], marks.get(message, ()), cast)
                for number, message in enumerate(places.threads[thread].message_ids, start=1)
                if message in wanted and message in known
            ),
            asks=tuple(ask.id for ask in asks if ask.thread == thread),
        )
        for thread, wanted in shown.items()
    )


def _elsewhere(asks: Iterable[AskLine], own: Container[str]) -> dict[str, frozenset[str]]:
    """Messages by thread, of other threads than the asks' own, that statements about the asks rest on."""
    found: dict[str, set[str]] = defaultdict(set)
    for ground in (ground for ask in asks for ground in _grounds(ask)):
        if ground.number and ground.thread not in own:
            found[ground.thread].add(ground.message)
    return {thread: frozenset(messages) for thread, messages in sorted(found.items())}


def _grounds(ask: AskLine) -> Iterator[Ground]:
    yield from (reason.ground for reason in ask.reasons)
    yield from (event.ground for event in ask.history)
    if ask.owner_ground is not None:
        yield ask.owner_ground


def _message_line(number: int, message: Message, marks: Sequence[Mark], cast: Cast) -> MessageLine:
    text = message.new_text.strip("\n")
    lead = len(message.new_text) - len(message.new_text.lstrip("\n"))
    placed = [_moved(mark, lead, len(text)) for mark in marks]
    shown = _shown_characters(placed)
    return MessageLine(
        number=number,
        id=message.id,
        message_id=message.message_id,
        raw_sha256=message.raw_sha256,
        sender=cast.person(message.sender.address),
        recipients=tuple(RecipientLine(each.kind, cast.person(each.address)) for each in message.recipients),
        subject=message.subject,
        sent_at=message.sent_at,
        received_at=message.received_at,
        auto=message.auto,
        text=text[:shown],
        omitted=max(0, len(text) - shown),
        attachments=tuple(each.filename for each in message.attachments),
        marks=tuple(placed),
    )


def _moved(mark: Mark, lead: int, length: int) -> Mark:
    """A mark on the text without its empty first lines; one that then marks nothing tells of the message as a whole."""
    if mark.start is None or mark.end is None:
        return mark
    start, end = max(0, mark.start - lead), min(length, mark.end - lead)
    return replace(mark, start=start, end=end) if start < end else replace(mark, start=None, end=None)


def _shown_characters(marks: Sequence[Mark]) -> int:
    if not marks:
        return PLAIN_CHARACTERS
    return max(MARKED_CHARACTERS, *(mark.end + _AROUND for mark in marks if mark.end is not None), 0)


def _marks(judgements: Sequence[Judgement]) -> dict[str, tuple[Mark, ...]]:
    """Every mark by Message.id; statements on the same words by the same rule become one mark."""
    found: dict[str, dict[tuple[object, ...], Mark]] = defaultdict(dict)
    for row in judgements:
        for message, mark in _marks_of(row):
            same = (mark.start, mark.end, mark.rule, mark.ask)
            earlier = found[message].get(same)
            found[message][same] = _joined(earlier, mark) if earlier else mark
    return {message: tuple(sorted(marks.values(), key=_place)) for message, marks in found.items()}


def _joined(earlier: Mark, later: Mark) -> Mark:
    if later.label in earlier.label.split("; "):
        return earlier
    return replace(earlier, label=f"{earlier.label}; {later.label}")


def _place(mark: Mark) -> tuple[int, int, str, str]:
    if mark.start is None or mark.end is None:
        return (1 << 60, 0, mark.label, mark.ask)
    return (mark.start, -mark.end, mark.label, mark.ask)


def _marks_of(row: Judgement) -> Iterator[tuple[str, Mark]]:
    ask = row.ask
    yield ask.message_id, Mark(ask.start, ask.end, f"ask: {ask.kind}", ask.id, ask.rule, ask.confidence)
    for event in ask.events:
        if event.kind is not EventKind.ASKED and event.at <= row.as_of:
            label = f"{EVENT_WORDS[event.kind]} {event.person}".strip()
            yield _marked(event.evidence, label, ask.id)
    if row.owner_evidence is not None:
        yield _marked(row.owner_evidence, f"owner: {row.owner}", ask.id)
    for reason in row.reasons:
        yield _marked(reason.evidence, reason_words(reason.code, reason.count), ask.id)


def _marked(evidence: Evidence, label: str, ask: str) -> tuple[str, Mark]:
    return evidence.message_id, Mark(evidence.start, evidence.end, label, ask, evidence.rule, evidence.confidence)
