"""The data of a report for other programs: CSV, one table a file, and JSON, the document itself.

CSV follows RFC 4180 (commas, CRLF, UTF-8). A cell that a spreadsheet would take for a formula is neutralised by an
apostrophe in front. Moments are RFC 3339 in UTC; an empty cell says that there is no value.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum

from analysis.metrics.figures import Figure, Measured
from analysis.metrics.measures import PeriodMeasures
from analysis.metrics.plain import to_plain
from reports.document import AskLine, Document, Person
from reports.words import rfc3339

Cell = str | int | float | bool | datetime | None
Row = Sequence[Cell]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_DECIMALS = 6


def to_json(document: Document) -> str:
    """Write the document as JSON: sorted keys, moments in UTC, a line feed at the end."""
    return json.dumps(to_plain(document), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def to_csv(document: Document) -> dict[str, str]:
    """Write every table of the document as CSV.

    Returns:
        Text by table: attention, asks, figures, survival, fan_out, contacts, traffic, completeness,
            left_out, folders.
    """
    return {name: _csv(heading, rows(document)) for name, (heading, rows) in _TABLES.items()}


def _csv(heading: Row, rows: Iterable[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, float):
        return round(value, _DECIMALS)
    if isinstance(value, str):
        return neutral(value.value if isinstance(value, Enum) else value)
    return value


def neutral(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would compute; "=1+1" becomes "'=1+1"."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


# --- asks ---

_ASK_HEADING = (
    "id",
    "state",
    "late",
    "direction",
    "kind",
    "topic",
    "quote",
    "subject",
    "asker",
    "obliged",
    "addressing",
    "addressees",
    "fan_out",
    "fan_out_exact",
    "owner",
    "owner_basis",
    "reasons",
    "chasers",
    "asked_at",
    "acknowledged_at",
    "answered_at",
    "answered_by",
    "closed_at",
    "age_business_days",
    "age_wall_days",
    "clock",
    "clause",
    "clock_source",
    "ack_due",
    "answer_due",
    "silence_due",
    "suggested_owner",
    "suggestion",
    "rule",
    "confidence",
    "thread",
    "message",
)


def _attention(document: Document) -> Iterator[Row]:
    return (_ask_row(ask) for ask in document.attention)


def _asks(document: Document) -> Iterator[Row]:
    return (_ask_row(ask) for ask in document.asks)


def _ask_row(ask: AskLine) -> Row:
    return (*_what(ask), *_who(ask), *_times(ask), *_grounds(ask))


def _what(ask: AskLine) -> Row:
    return (
        ask.id,
        ask.state,
        ask.late,
        ask.direction,
        ask.kind,
        ask.topic,
        ask.quote,
        ask.subject,
    )


def _who(ask: AskLine) -> Row:
    return (
        ask.asker.address,
        ask.obliged,
        ask.addressing,
        "; ".join(each.address for each in ask.addressees),
        ask.fan_out,
        ask.fan_out_exact,
        _address(ask.owner),
        ask.owner_basis,
        "; ".join(_reason(each.code.value, each.count) for each in ask.reasons),
        ask.chasers,
    )


def _times(ask: AskLine) -> Row:
    return (
        ask.asked_at,
        ask.acknowledged_at,
        ask.answered_at,
        _address(ask.answered_by),
        ask.closed_at,
        ask.age_days,
        ask.wall_days,
        f"{ask.clock.topic}: {ask.clock.ack}, {ask.clock.answer}",
        ask.clock.clause,
        ask.clock.source,
        ask.ack_due,
        ask.answer_due,
        ask.silence_due,
    )


def _grounds(ask: AskLine) -> Row:
    return (
        _address(ask.suggested_owner),
        ask.suggestion,
        ask.rule,
        ask.confidence,
        ask.thread,
        ask.message,
    )


def _address(person: Person | None) -> str:
    return person.address if person else ""


def _reason(code: str, count: int | None) -> str:
    return code if count is None else f"{code}({count})"


# --- measures ---

_PLACE = ("direction", "speaking", "receiving", "period")
_NUMBERS = ("value", "lower", "upper", "unit", "n", "too_few")


def _numbers(figure: Figure) -> Row:
    return (figure.value, figure.lower, figure.upper, figure.unit, figure.n, figure.too_few)


def _periods(document: Document) -> Iterator[tuple[Row, PeriodMeasures]]:
    """The rolling window and the month of each direction, with the first cells of their rows."""
    for chapter in document.directions:
        for measures in (chapter.window, chapter.month):
            if measures is not None:
                label = measures.period.label
                yield (chapter.direction, chapter.speaking, chapter.receiving, label), measures


def _measured(measures: PeriodMeasures) -> Iterator[tuple[str, Measured]]:
    yield "time_to_acknowledge", measures.acknowledge
    yield "time_to_answer", measures.answer
    yield "never_answered", measures.never_answered
    yield "ownerless_share", measures.ownerless
    yield "answer_rate_by_fan_out", measures.fan_out
    yield "contacts", measures.contacts
    yield "messages_sent", measures.messages


def _figures(document: Document) -> Iterator[Row]:
    for place, measures in _periods(document):
        for measure, measured in _measured(measures):
            for name, figure in measured.figures():
                yield (*place, measure, name, *_numbers(figure))


def _survival(document: Document) -> Iterator[Row]:
    for place, measures in _periods(document):
        for name, measured in (
            ("time_to_acknowledge", measures.acknowledge),
            ("time_to_answer", measures.answer),
        ):
            for at in measured.curve:
                band = (at.survival, at.lower, at.upper)
                yield (*place, name, at.time, *band, at.at_risk, at.events, at.censored)


def _fan_out(document: Document) -> Iterator[Row]:
    for place, measures in _periods(document):
        for each in measures.fan_out.classes:
            yield (
                *place,
                each.label,
                each.asks,
                each.inexact,
                each.any_answer.value,
                each.any_answer.lower,
                each.any_answer.upper,
                each.independent.value,
                each.per_recipient.value,
                each.per_recipient.lower,
                each.per_recipient.upper,
                each.per_recipient.n,
            )


# --- contacts, traffic, completeness ---


def _contacts(document: Document) -> Iterator[Row]:
    for line in document.contacts:
        yield (
            line.side,
            line.period,
            _address(line.leading),
            line.answer_share.value,
            line.answer_share.n,
            line.message_share.value,
            line.message_share.n,
            line.effective.value,
            line.people,
            line.verdict,
            *line.band,
        )


def _traffic(document: Document) -> Iterator[Row]:
    for line in document.traffic:
        yield (line.month, line.direction, line.speaking, line.receiving, line.messages, line.running)


def _completeness(document: Document) -> Iterator[Row]:
    for box in document.mailboxes:
        yield (
            box.name,
            box.seen,
            box.stored,
            box.duplicate,
            box.out_of_scope,
            box.quarantined,
            box.reached,
            box.last_reached,
            box.error,
            box.vanished,
        )


def _left_out(document: Document) -> Iterator[Row]:
    for box in document.mailboxes:
        for line in box.left_out:
            yield (box.name, line.outcome, line.reason, line.copies)


def _folders(document: Document) -> Iterator[Row]:
    for box in document.mailboxes:
        for line in box.folders:
            yield (box.name, line.folder, line.fate, line.why)


_TABLES: dict[str, tuple[Row, Callable[[Document], Iterator[Row]]]] = {
    "attention": (_ASK_HEADING, _attention),
    "asks": (_ASK_HEADING, _asks),
    "figures": ((*_PLACE, "measure", "name", *_NUMBERS), _figures),
    "survival": (
        (
            *_PLACE,
            "measure",
            "business_days",
            "survival",
            "lower",
            "upper",
            "at_risk",
            "events",
            "censored",
        ),
        _survival,
    ),
    "fan_out": (
        (
            *_PLACE,
            "recipients",
            "asks",
            "with_group_of_unknown_size",
            "any_answer",
            "any_answer_lower",
            "any_answer_upper",
            "independent",
            "per_recipient",
            "per_recipient_lower",
            "per_recipient_upper",
            "per_recipient_n",
        ),
        _fan_out,
    ),
    "contacts": (
        (
            "side",
            "period",
            "leading_contact",
            "answer_share",
            "answers",
            "message_share",
            "messages",
            "effective_contacts",
            "people",
            "verdict",
            "band_from",
            "band_to",
        ),
        _contacts,
    ),
    "traffic": (("month", "direction", "speaking", "receiving", "messages", "running"), _traffic),
    "completeness": (
        (
            "mailbox",
            "listed",
            "stored",
            "duplicate",
            "out_of_scope",
            "quarantined",
            "reached",
            "last_reached",
            "error",
            "vanished",
        ),
        _completeness,
    ),
    "left_out": (("mailbox", "outcome", "reason", "copies"), _left_out),
    "folders": (("mailbox", "folder", "fate", "why"), _folders),
}
