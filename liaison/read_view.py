"""`liaison read FILE.eml`: what Liaison sees in one message."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liaison.facts_view import fact_lines, facts_json
from liaison.output import console, print_json, printable, rfc3339, shortened
from models.errors import UsageError

if TYPE_CHECKING:
    from analysis.parties import Directory
    from liaison.session import Session
    from models.judgements import AskSpan, CommitmentSpan, NamedCue, NameMention, Reading, ReplyCues, Span
    from models.records import Message


def show_message(session: "Session", file: Path, *, json: bool) -> None:
    """Print new text, asks, addressing, commitments and names of one message, with spans, rules and confidence.

    Raises:
        UsageError: the file cannot be read, or holds nothing that could be a message.
        ModelMissingError: the spaCy model is not installed.
    """
    from analysis.language.reader import Reader
    from analysis.parties import resolve

    message = _parse(file)
    settings = session.config.analysis
    reading = next(iter(Reader(settings.reader).read([("", message.new_text)])))
    directory = resolve(settings.organisations, [message])
    document = message_json(session, message, reading, directory)
    if json:
        print_json(document)
    else:
        _print(message, document)


def _parse(file: Path) -> "Message":
    from ingest.parse import parse_message

    try:
        raw = file.read_bytes()
        modified = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}", "name a file that holds one message (.eml)") from None
    parsed = parse_message(raw)
    if any(problem.code == "no_date" for problem in parsed.problems):  # only then the file's own age says more
        parsed = parse_message(raw, modified)
    if parsed.message is None:
        why = "; ".join(f"{problem.code} {problem.detail}".strip() for problem in parsed.problems)
        raise UsageError(f"{file}: no message can be read from it ({why})", "a nightly run would quarantine it")
    return replace(parsed.message, problems=parsed.problems or parsed.message.problems)


def message_json(session: "Session", message: "Message", reading: "Reading", directory: "Directory") -> dict[str, Any]:
    """All that is seen, in the shape that stays; spans are offsets into `new_text`."""
    return {
        "message_id": message.message_id,
        "at": rfc3339(message.at),
        "from": message.sender.address,
        "subject": message.subject,
        "auto": message.auto.value,
        "language": reading.language,
        "read": reading.read,
        "reader_version": reading.reader_version,
        "new_text": message.new_text,
        "asks": [_ask_json(session, ask, message, directory) for ask in reading.asks],
        "commitments": [_commitment_json(commitment) for commitment in reading.commitments],
        "cues": [_cue_json(cue) for cue in reading.cues],
        "people": [_name_json(name) for name in reading.names],
        "topics": [{"topic": topic.topic, **_span_json(topic.span)} for topic in reading.topics],
        "answers": _reply_json(reading.reply),
        **facts_json(message),
        "problems": [{"code": problem.code, "detail": problem.detail} for problem in message.problems],
    }


def _span_json(span: "Span") -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "text": span.text,
        "rule": span.rule,
        "confidence": round(span.confidence, 3),
    }


def _ask_json(session: "Session", ask: "AskSpan", message: "Message", directory: "Directory") -> dict[str, Any]:
    from analysis.addressing import address_ask

    addressed = address_ask(ask, message, directory, "", session.config.analysis.ownership, everyone=True)
    return {
        **_span_json(ask.span),
        "kind": ask.kind.value,
        "addressing": addressed.addressing.value,
        "addressees": list(addressed.addressees),
        "fan_out": addressed.fan_out,
        "names": list(ask.names),
        "weak": ask.weak,
        "chaser": ask.chaser,
        "expectation": ask.expectation,
    }


def _commitment_json(commitment: "CommitmentSpan") -> dict[str, Any]:
    return {
        **_span_json(commitment.span),
        "by": commitment.by_name or None,
        "due": commitment.due_text or None,
    }


def _cue_json(cue: "NamedCue") -> dict[str, Any]:
    return {"kind": cue.kind, "names": list(cue.names), **_span_json(cue.span)}


def _name_json(name: "NameMention") -> dict[str, Any]:
    return {"name": name.name, "role": name.role, **_span_json(name.span)}


def _reply_json(reply: "ReplyCues") -> dict[str, Any]:
    cues = ("acknowledges", "declines", "withdraws", "closes", "rework", "proactive")
    found = {cue: getattr(reply, cue) for cue in cues}
    return {
        "substance_words": reply.substance_words,
        "thanks_only": reply.thanks_only,
        **{cue: _span_json(span) if span else None for cue, span in found.items()},
    }


def _print(message: "Message", document: dict[str, Any]) -> None:
    out = console()
    out.print(shortened(message.subject) or "(no subject)", style="bold")
    out.print(f"{document['from']}, {document['at']}, language {document['language']}, written by {_writer(message)}\n")
    out.print(f"{printable(message.new_text).strip() or '(no new text)'}\n")
    for ask in document["asks"]:
        to = ", ".join(ask["addressees"]) or "nobody in particular"
        flags = "".join(f", {flag}" for flag in ("weak", "chaser", "expectation") if ask[flag])
        out.print(_line(f"ASK {ask['kind']}{flags}, {ask['addressing']} to {to}", ask))
    for commitment in document["commitments"]:
        due = f", due {commitment['due']}" if commitment["due"] else ""
        out.print(_line(f"COMMITMENT by {commitment['by'] or 'the writer'}{due}", commitment))
    for cue in document["cues"]:
        out.print(_line(f"{cue['kind'].upper()} {', '.join(cue['names'])}".strip(), cue))
    for name in document["people"]:
        out.print(_line(f"NAME {name['name']} ({name['role']})", name))
    for topic in document["topics"]:
        out.print(_line(f"TOPIC {topic['topic']}", topic))
    for line in fact_lines(message):
        out.print(line)
    _print_answers(document["answers"])


def _print_answers(answers: dict[str, Any]) -> None:
    out = console()
    only = ", thanks only" if answers["thanks_only"] else ""
    out.print(f"AS A REPLY: {answers['substance_words']} words of substance{only}")
    for cue, span in answers.items():
        if isinstance(span, dict):
            out.print(_line(f"  {cue}", span))


def _writer(message: "Message") -> str:
    return "a person" if message.auto.value == "none" else f"a machine ({message.auto.value})"


def _line(head: str, span: dict[str, Any]) -> str:
    where = f"[{span['start']}:{span['end']}] {span['rule']} {span['confidence']:.2f}"
    return f"{head}\n    {shortened(span['text'], 110)}\n    {where}"
