"""`liaison limbo`: the register as a table or as JSON."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from analysis.register import limbo_register
from liaison.judged import Judged, judged
from liaison.output import console, print_json, rfc3339, shortened
from models.errors import UsageError
from models.store import Store

if TYPE_CHECKING:
    from liaison.config import Config
    from models.judgements import Clock, Evidence, Judgement


def show_register(
    config: "Config", *, as_of: datetime | None, relationship: str | None, every: bool, json: bool
) -> None:
    """Print the register as of the last run, or of a past moment.

    Raises:
        UsageError: no such relationship, or nothing was judged yet.
    """
    _check_relationship(config, relationship)
    with Store.open(config.store, config.keep) as store:
        seen = judged(store, config, as_of)
    rows = _every(seen, relationship) if every else limbo_register(seen.judgements, relationship)
    if json:
        asks = [ask_json(row, seen) for row in rows]
        print_json({"as_of": rfc3339(seen.as_of), "asks": asks})
    else:
        _print_table(rows, seen)


def _check_relationship(config: "Config", relationship: str | None) -> None:
    known = [known.id for known in config.analysis.relationships]
    if relationship is not None and relationship not in known:
        raise UsageError(f"--relationship {relationship}: no such relationship", f"known: {', '.join(known)}")


def _every(seen: Judged, relationship: str | None) -> list["Judgement"]:
    rows = (row for row in seen.judgements if relationship in (None, row.ask.relationship))
    return sorted(rows, key=lambda row: (row.ask.asked_at, row.ask.id))


def ask_json(row: "Judgement", seen: Judged) -> dict[str, Any]:
    """One ask in the shape that stays; addresses for people, RFC 5322 Message-IDs for messages."""
    ask = row.ask
    return {
        "id": ask.id,
        "relationship": ask.relationship,
        "thread": ask.thread_id,
        "message_id": seen.messages[ask.message_id].message_id,
        "asked_at": rfc3339(ask.asked_at),
        "asker": ask.asker,
        "obliged": ask.obliged,
        "addressing": ask.addressing.value,
        "addressees": list(ask.addressees),
        "fan_out": ask.fan_out,
        "fan_out_exact": ask.fan_out_exact,
        "owner": row.owner,
        "owner_basis": row.owner_basis.value,
        "owner_evidence": row.owner_evidence and evidence_json(row.owner_evidence, seen),
        "state": row.state.value,
        "late": row.late,
        "reasons": [{"code": str(reason), "evidence": evidence_json(reason.evidence, seen)} for reason in row.reasons],
        "age_hours": round(row.age_hours, 2),
        "wall_hours": round(row.wall_hours, 2),
        "clock": clock_json(ask.clock),
        "ack_due": rfc3339(row.ack_due),
        "answer_due": rfc3339(row.answer_due),
        "quote": ask.quote,
        "rule": ask.rule,
        "confidence": round(ask.confidence, 3),
        "suggested_owner": row.suggested_owner,
        "suggestion": row.suggestion,
    }


def clock_json(clock: "Clock") -> dict[str, Any]:
    """The clock an ask runs against, and where it is written."""
    return {
        "topic": clock.topic,
        "ack": str(clock.ack),
        "answer": str(clock.answer),
        "clause": clock.clause,
        "source": clock.source,
    }


def evidence_json(evidence: "Evidence", seen: Judged) -> dict[str, Any]:
    """Where a statement comes from; `start` and `end` are offsets into the message's new text."""
    message = seen.messages.get(evidence.message_id)
    return {
        "message_id": message.message_id if message else "",
        "rule": evidence.rule,
        "confidence": round(evidence.confidence, 3),
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
    }


def _print_table(rows: list["Judgement"], seen: Judged) -> None:
    from rich.table import Table

    out = console()
    if not rows:
        out.print(f"Nothing in limbo as of {rfc3339(seen.as_of)}.")
        return
    title = f"{len(rows)} ask{'s' if len(rows) != 1 else ''} as of {rfc3339(seen.as_of)}"
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("state", no_wrap=True)
    table.add_column("days", justify="right", no_wrap=True)
    table.add_column("ask", ratio=1, overflow="fold")
    table.add_column("thread", no_wrap=True)
    for row in rows:
        table.add_row(row.state.value, f"{row.wall_hours / 24:.0f}", _told(row), row.ask.thread_id[:12])
    out.print(table)
    out.print("More about one: liaison thread ID")


def _told(row: "Judgement") -> str:
    """The ask in words, to whom it went and why it is there, and who could take it, a line each."""
    ask = row.ask
    place = ask.relationship or ("internal" if ask.internal else "no relationship")
    reasons = ", ".join(str(reason) for reason in row.reasons)
    lines = [shortened(ask.quote, 160), f"  {place}; {ask.addressing.value}, {ask.fan_out}; {reasons}".rstrip("; ")]
    if row.suggested_owner:
        lines.append(f"  could take it: {row.suggested_owner}")
    return "\n".join(lines)
