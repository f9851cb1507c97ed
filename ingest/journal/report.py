"""The text of a journal report: who sent a message, and whom it reached, one line each.

Exchange 2007 and later, and Microsoft 365: `Sender:`, `On-Behalf-Of:`, `Subject:`, `Message-Id:`, then `To:`, `Cc:`,
`Bcc:` or, where the server could not tell which, `Recipient:`; behind an address, `, Expanded: group` or `, Forwarded:
mailbox`. Exchange 2003, and servers that imitate it: `Sender:`, `Message-ID:`, then `Recipients:` and below it names
with addresses.
"""

import re
from collections.abc import Iterator

from ingest.journal.envelope import Envelope, Reached, find_addresses
from models.records import Problem
from models.storable_text import storable
from models.vocabulary import RecipientKind

MAX_RECIPIENTS = 20_000
_LINE_CHARS = 4000
_FIELD = re.compile(
    r"[ \t>]*(sender|on-behalf-of|subject|message-id|to|cc|bcc|recipients?|label)[ \t]*:[ \t]*(.*)", re.IGNORECASE
)
_REDIRECTED = re.compile(r",[ \t]*(expanded|forwarded)[ \t]*:[ \t]*", re.IGNORECASE)
_KINDS = {
    "to": RecipientKind.TO,
    "cc": RecipientKind.CC,
    "bcc": RecipientKind.BCC,
    "recipient": RecipientKind.ENVELOPE,
    "recipients": RecipientKind.ENVELOPE,
}
_QUOTED_NAME = re.compile(r"[ \t]*\"([^\"\n]{1,200})\"")


def read_report(text: str) -> Envelope | None:
    """Read a journal report's text; None where it is none: a sender, and a recipient or a Message-ID, make one."""
    said: dict[str, str] = {}
    reached: list[Reached] = []
    for name, value in _fields(text):
        if name not in _KINDS:
            said.setdefault(name, value)
        elif len(reached) <= MAX_RECIPIENTS:
            reached += _reached(_KINDS[name], value)
    if "sender" not in said or not (reached or said.get("message-id")):
        return None
    return Envelope(
        reached=tuple(reached[:MAX_RECIPIENTS]),
        sender=_first(said["sender"]),
        on_behalf_of=_first(said.get("on-behalf-of", "")),
        message_id=storable("".join(said.get("message-id", "").split()).strip("<>"))[:998],
        problems=tuple(_cuts(text, reached)),
    )


def _cuts(text: str, reached: list[Reached]) -> Iterator[Problem]:
    if len(reached) > MAX_RECIPIENTS:
        yield Problem("journal_cut", f"after {MAX_RECIPIENTS} recipients")
    if any(len(line) > _LINE_CHARS and _FIELD.match(line[:_LINE_CHARS]) for line in text.split("\n")):
        yield Problem("journal_cut", f"a line after {_LINE_CHARS} characters")


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Fields in order; a value below its name (Exchange 2003) belongs to it, a list's every line is a field."""
    name = ""
    for line in text.split("\n"):
        match = _FIELD.match(line[:_LINE_CHARS])
        if match:
            name = match[1].lower()
            if match[2].strip():
                yield name, match[2].strip()
                name = name if name == "recipients" else ""
        elif name and line.strip():
            yield name, line[:_LINE_CHARS].strip()
            name = name if name == "recipients" else ""


def _reached(kind: RecipientKind, value: str) -> list[Reached]:
    redirected = _REDIRECTED.search(value)
    addresses = find_addresses(value[: redirected.start()] if redirected else value)
    quoted = _QUOTED_NAME.match(value) if len(addresses) == 1 else None
    name = storable(quoted[1].strip()) if quoted and "@" not in quoted[1] else ""
    source = _first(value[redirected.end() :]) if redirected else ""
    how = redirected[1].lower() if redirected and source else ""
    return [
        Reached(
            address,
            kind,
            name,
            expanded=source if how == "expanded" and source != address else "",
            forwarded=source if how == "forwarded" and source != address else "",
        )
        for address in addresses
    ]


def _first(text: str) -> str:
    return next(iter(find_addresses(text)), "")
