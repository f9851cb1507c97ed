"""A mail's header fields and its place in the mbox (RFC 5322, RFC 4155)."""

import base64
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from samples.cast import HALDEN, Party
from samples.chat import NEWSLETTER
from samples.render.parts import Part, body
from samples.render.quoting import shown
from samples.script import Mail
from samples.stage import EPOCH

_WIDTH = 78


def mbox_entry(mail: Mail) -> bytes:
    """Write a mail as an mbox entry, with the line that separates it from its neighbours."""
    text = body(mail)
    fields = [
        *_trace(mail),
        *_identity(mail),
        *_conversation(mail),
        *_program(mail),
        *_kind(mail),
        ("MIME-Version", "1.0"),
        *text.fields,
    ]
    head = "".join(f"{_folded(f'{name}: {value}')}\n" for name, value in fields)
    envelope = f"From {mail.address} {_arrival(mail).astimezone(UTC):%a %b %d %H:%M:%S %Y}"
    return f"{envelope}\n{head}\n{_safe(text)}\n".encode("utf-8", "surrogateescape")


def _safe(text: Part) -> str:
    return re.sub(r"^(>*From )", r">\1", text.body, flags=re.MULTILINE)


def _arrival(mail: Mail) -> datetime:
    return mail.at + timedelta(seconds=2 + round(40 * mail.chance**4))


def _trace(mail: Mail) -> list[tuple[str, str]]:
    """The Received fields, newest first: journal, client's edge, sender's own server."""
    domain, arrival = mail.address.split("@")[1], _arrival(mail)
    token = mail.id[-40:-30].encode().hex()[:12]
    home = ZoneInfo(HALDEN.worktime.zone)
    own = mail.at.astimezone(ZoneInfo(mail.sender.organisation.worktime.zone))
    gate, journal = f"mx1.{HALDEN.domain}", f"journal.{HALDEN.domain}"
    last = f"from {gate} ({gate} [192.0.2.10]) by {journal} with ESMTPS id {token}"
    middle = f"from out.{domain} (out.{domain} [198.51.100.{len(domain)}]) by {gate} with ESMTPS"
    hops = [
        f"{last}; {format_datetime(arrival.astimezone(home))}",
        f"{middle}; {format_datetime((arrival - timedelta(seconds=1)).astimezone(home))}",
        f"from mbx.{domain} by out.{domain} with ESMTPSA; {format_datetime(own + timedelta(seconds=1))}",
    ]
    return [("Received", hop) for hop in (hops if domain != HALDEN.domain else [hops[0], hops[2]])]


def _identity(mail: Mail) -> list[tuple[str, str]]:
    local = mail.at.astimezone(ZoneInfo(mail.sender.organisation.worktime.zone)).replace(microsecond=0)
    private = mail.address != mail.sender.address
    fields = [
        ("From", _mailbox(mail.sender.name if private else shown(mail.sender), mail.address)),
        ("To", _addresses(mail.to)),
        ("Cc", _addresses(mail.cc)),
        ("Subject", _encoded(mail.subject)),
        ("Date", format_datetime(local)),
        ("Message-ID", f"<{mail.id}>"),
    ]
    return [(name, value) for name, value in fields if value]


def _conversation(mail: Mail) -> list[tuple[str, str]]:
    parent = mail.answering or mail.forwarding
    fields: list[tuple[str, str]] = []
    if parent:
        fields.append(("In-Reply-To", f"<{parent.id}>"))
        if mail.sender.voice.references:
            fields.append(("References", " ".join(f"<{each}>" for each in _ancestors(mail))))
    if mail.sender.voice.program == "outlook" and not mail.automatic:
        bare = re.sub(r"^(RE|AW|FW|WG): ", "", mail.subject, flags=re.IGNORECASE)
        fields += [("Thread-Topic", _encoded(bare)), ("Thread-Index", _thread_index(mail))]
    return fields


def _ancestors(mail: Mail) -> list[str]:
    found: list[str] = []
    older = mail.answering or mail.forwarding
    while older is not None and len(found) < 8:
        found.insert(0, older.id)
        older = older.answering or older.forwarding
    return found


def _thread_index(mail: Mail) -> str:
    """Outlook's index: the time of the thread and its identifier, then five bytes for every reply."""
    ticks = int((mail.at - EPOCH).total_seconds()) * 10_000_000
    root = b"\x01" + ticks.to_bytes(8, "big")[1:6] + mail.thread
    replies = b"".join(bytes([0, number, *mail.thread[:3]]) for number in range(mail.depth))
    return base64.b64encode(root + replies).decode()


def _program(mail: Mail) -> list[tuple[str, str]]:
    name = {"outlook": "", "gmail": "", "apple": "Apple Mail (2.3826.200.121)", "phone": "iPhone Mail (22G100)"}[
        mail.sender.voice.program
    ]
    if mail.sender.voice.program == "outlook" and not mail.automatic:
        return [
            ("Accept-Language", "en-US"),
            ("Content-Language", "en-US"),
            ("X-MS-Has-Attach", "yes" if mail.attachments else ""),
        ]
    return [("X-Mailer", name)] if name else []


def _kind(mail: Mail) -> list[tuple[str, str]]:
    if mail.sender is NEWSLETTER:
        return [
            ("List-Id", "Sterile Weekly <news.sterile-weekly.example>"),
            ("List-Unsubscribe", "<https://sterile-weekly.example/u>"),
            ("Precedence", "bulk"),
        ]
    fields = [("Auto-Submitted", mail.automatic)] if mail.automatic else []
    return fields + ([("X-Auto-Response-Suppress", "All")] if mail.automatic == "auto-replied" else [])


def _addresses(parties: tuple[Party, ...]) -> str:
    return ", ".join(_mailbox(shown(party), party.address) for party in parties)


def _mailbox(name: str, address: str) -> str:
    quoted = f'"{name}"' if re.search(r"[^\w '-]", name) else name
    return f"{quoted if name.isascii() else _encoded(name)} <{address}>"


def _encoded(text: str) -> str:
    """Encode words that are not ASCII (RFC 2047), each short enough for a line."""
    if text.isascii():
        return text
    pieces = re.findall(r".{1,24}", text)
    return " ".join(f"=?utf-8?B?{base64.b64encode(piece.encode()).decode()}?=" for piece in pieces)


def _folded(line: str) -> str:
    """Fold a field at its spaces, never within the first word after the name."""
    lines, current = [], ""
    for word in line.split(" "):
        if current and len(current) + len(word) >= _WIDTH and not current.endswith(":") and word:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return "\n ".join([*lines, current])
