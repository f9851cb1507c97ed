"""`liaison thread ID`: one conversation with its asks, owners, states and evidence."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from liaison.judged import Judged, judged
from liaison.limbo_view import ask_json, evidence_json
from liaison.output import console, print_json, printable, rfc3339, shortened
from models.errors import UsageError
from models.store import Store

if TYPE_CHECKING:
    from rich.console import Console

    from liaison.config import Config
    from models.judgements import AskEvent, Judgement, Thread
    from models.records import Message


def show_thread(config: "Config", wanted: str, *, as_of: datetime | None, json: bool) -> None:
    """Print the thread whose id begins with `wanted`, or that holds the message or ask of that id.

    Raises:
        UsageError: none or several fit, or nothing was judged yet.
    """
    with Store.open(config.store, config.keep) as store:
        seen = judged(store, config, as_of)
        found = find_thread(seen, wanted)
        messages = store.messages(found.message_ids)
    ordered = [messages[message_id] for message_id in found.message_ids]
    rows = [row for row in seen.judgements if row.ask.thread_id == found.id]
    if json:
        print_json(_thread_json(found, ordered, rows, seen))
    else:
        _print_thread(console(), found, ordered, rows, seen)


def find_thread(seen: Judged, wanted: str) -> "Thread":
    """Find a thread by the first characters of its id, of a message's or ask's id, or by a Message-ID.

    Raises:
        UsageError: none or several fit.
    """
    bare = wanted.strip("<>")
    asked_in = {row.ask.thread_id for row in seen.judgements if row.ask.id.startswith(wanted)}
    fitting = [
        thread
        for thread in seen.threads
        if thread.id.startswith(wanted)
        or thread.id in asked_in
        or any(key.startswith(wanted) or seen.messages[key].message_id == bare for key in thread.message_ids)
    ]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise UsageError(f"no thread, message or ask begins with {wanted!r}", "ids stand in: liaison limbo")
    raise UsageError(f"{len(fitting)} threads fit {wanted!r}", "give more characters of the id")


def _thread_json(found: "Thread", messages: list["Message"], rows: list["Judgement"], seen: Judged) -> dict[str, Any]:
    return {
        "as_of": rfc3339(seen.as_of),
        "thread": found.id,
        "subject": found.subject,
        "messages": [_message_json(message) for message in messages],
        "asks": [ask_json(row, seen) | {"events": _events_json(row, seen)} for row in rows],
    }


def _message_json(message: "Message") -> dict[str, Any]:
    return {
        "message_id": message.message_id,
        "at": rfc3339(message.at),
        "sent_at": message.sent_at and rfc3339(message.sent_at),
        "received_at": message.received_at and rfc3339(message.received_at),
        "from": message.sender.address,
        "recipients": [{"kind": to.kind.value, "address": to.address} for to in message.recipients],
        "auto": message.auto.value,
        "new_text": message.new_text,
        "raw_sha256": message.raw_sha256,
    }


def _events_json(row: "Judgement", seen: Judged) -> list[dict[str, Any]]:
    return [
        {
            "kind": event.kind.value,
            "at": rfc3339(event.at),
            "person": event.person,
            "detail": event.detail,
            "evidence": evidence_json(event.evidence, seen),
        }
        for event in row.ask.events
    ]


def _print_thread(
    out: "Console", found: "Thread", messages: list["Message"], rows: list["Judgement"], seen: Judged
) -> None:
    out.print(f"{printable(found.subject) or '(no subject)'}", style="bold")
    out.print(f"thread {found.id[:12]}, {len(messages)} messages, as of {rfc3339(seen.as_of)}\n")
    for number, message in enumerate(messages, start=1):
        _print_message(out, number, message)
    numbers = {message.id: number for number, message in enumerate(messages, start=1)}
    for row in rows:
        _print_ask(out, row, numbers)
    if not rows:
        out.print("No ask was found in this thread.")


def _print_message(out: "Console", number: int, message: "Message") -> None:
    to = ", ".join(recipient.address for recipient in message.recipients[:6])
    more = f" and {len(message.recipients) - 6} more" if len(message.recipients) > 6 else ""  # noqa: PLR2004
    out.print(f"[{number}] {rfc3339(message.at)}  {message.sender.address} -> {to}{more}", style="bold")
    out.print(f"    {printable(message.new_text).strip() or '(no new text)'}\n".replace("\n", "\n    ").rstrip(" "))


def _print_ask(out: "Console", row: "Judgement", numbers: dict[str, int]) -> None:
    ask = row.ask
    late = ", late" if row.late else ""
    out.print(f"ASK in [{numbers[ask.message_id]}]: {shortened(ask.quote, 160)}", style="bold")
    out.print(f"    {row.state.value}{late}; owner: {row.owner or 'nobody'} ({row.owner_basis.value})")
    obliged = ask.obliged or "nobody in particular"
    out.print(f"    {ask.asker} asks {obliged}; {ask.addressing.value}, fan-out {ask.fan_out}")
    out.print(
        f"    clock {ask.clock.topic}: acknowledge {ask.clock.ack}, answer {ask.clock.answer} ({ask.clock.source})"
    )
    for reason in row.reasons:
        out.print(f"    because {reason}: {shortened(reason.evidence.quote or reason.evidence.rule, 100)}")
    for event in ask.events:
        out.print(f"    {_event_line(event, numbers)}")
    if row.suggestion:
        out.print(f"    could take it: {row.suggested_owner} ({row.suggestion})")
    out.print()


def _event_line(event: "AskEvent", numbers: dict[str, int]) -> str:
    where = numbers.get(event.message_id, "?")
    words = shortened(event.evidence.quote, 80) or event.detail
    who = event.person or "somebody"
    return f"[{where}] {event.kind.value} {who}  rule {event.evidence.rule} ({event.evidence.confidence:.2f})  {words}"
