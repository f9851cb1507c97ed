"""A mailbox of any size out of a seed: the mail of one size and one make-up wherever it is measured.

Of 50,000 messages the mean is 13 kB: about 4 kB of header section as relays leave it (Received, DKIM, ARC,
Authentication-Results), 118 words of new text, what is answered as a quote, HTML beside the text in a third of
them and instead of it in a twelfth, an attachment in one of eight. A third of the messages open a thread.
"""

import base64
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from benchmarks.mailbox.prose import address, name, paragraphs, sentence
from benchmarks.mailbox.traces import trace_fields

PEOPLE = 600
_START = datetime(2021, 1, 4, 7, 0, tzinfo=UTC)
_OPEN_THREADS = 400
_STEP = timedelta(minutes=41)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What an answer needs of the message that it answers."""

    message_id: str
    references: tuple[str, ...]
    subject: str
    sender: int
    people: tuple[int, ...]
    at: datetime
    text: str


def generate(count: int, seed: int = 1) -> Iterator[bytes]:
    """Messages with CRLF line ends, in the order of time; the same seed gives the same bytes."""
    dice = random.Random(seed)
    recent: deque[_Letter] = deque(maxlen=_OPEN_THREADS)
    for number in range(count):
        answered = dice.choice(recent) if recent and dice.random() < 2 / 3 else None
        letter = _write(dice, number, answered)
        recent.append(letter)
        yield _bytes(dice, letter, answered).replace("\n", "\r\n").encode()


def _write(dice: random.Random, number: int, answered: _Letter | None) -> _Letter:
    at = _START + number * _STEP
    message_id = f"{dice.getrandbits(128):032x}@mail{dice.randint(1, 9)}.halden.example"
    text = "\n\n".join(_wrapped(each) for each in paragraphs(dice, int(dice.expovariate(1 / 90)) + 5))
    if answered is None:
        people = tuple(dice.sample(range(PEOPLE), dice.choice((2, 2, 3, 4, 6, 9))))
        return _Letter(message_id, (), sentence(dice)[:60].rstrip(" .?"), people[0], people[1:], at, text)
    sender = dice.choice(answered.people)
    people = tuple(person for person in (answered.sender, *answered.people) if person != sender)
    subject = answered.subject if answered.subject.startswith("Re: ") else f"Re: {answered.subject}"
    references = (*answered.references[-8:], answered.message_id)
    return _Letter(message_id, references, subject, sender, people, at, text)


def _wrapped(text: str, width: int = 76) -> str:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def _bytes(dice: random.Random, letter: _Letter, answered: _Letter | None) -> str:
    first = name(letter.people[0]).partition(" ")[0]
    closing = f"Kind regards,\n{name(letter.sender)}"
    plain = f"Dear {first},\n\n{letter.text}\n\n{closing}\n"
    if answered is not None:
        quote = "\n".join(f"> {line}" for line in answered.text.split("\n"))
        plain += f"\nOn {answered.at:%a, %d %b %Y at %H:%M}, {name(answered.sender)} wrote:\n{quote}\n"
    fields, content = _content(dice, plain)
    return trace_fields(dice, letter.at) + _own_fields(letter) + fields + "\n" + content


def _own_fields(letter: _Letter) -> str:
    to, *copied = [f"{name(person)} <{address(person)}>" for person in letter.people]
    lines = [
        f"From: {name(letter.sender)} <{address(letter.sender)}>",
        f"To: {to}",
        *([f"Cc: {_folded(copied, ',')}"] if copied else []),
        f"Subject: {letter.subject}",
        f"Date: {format_datetime(letter.at)}",
        f"Message-ID: <{letter.message_id}>",
    ]
    if letter.references:
        identifiers = [f"<{identifier}>" for identifier in letter.references]
        lines += [f"In-Reply-To: {identifiers[-1]}", f"References: {_folded(identifiers, '')}"]
    return "\n".join([*lines, "MIME-Version: 1.0", ""])


def _folded(items: list[str], separator: str) -> str:
    return f"{separator}\n ".join(items)


def _content(dice: random.Random, plain: str) -> tuple[str, str]:
    """Content-* fields and the body: text, HTML or both, and perhaps an attachment."""
    kind, body = "text/plain; charset=utf-8", plain
    form = dice.random()
    if form < 0.08:
        kind, body = "text/html; charset=utf-8", _html(plain)
    elif form < 0.4:
        boundary = f"alt_{dice.getrandbits(64):016x}"
        parts = [("text/plain; charset=utf-8", plain), ("text/html; charset=utf-8", _html(plain))]
        kind, body = f'multipart/alternative; boundary="{boundary}"', _joined(parts, boundary)
    if dice.random() < 0.125:
        boundary = f"mix_{dice.getrandbits(64):016x}"
        parts = [(kind, body), _attachment(dice)]
        kind, body = f'multipart/mixed; boundary="{boundary}"', _joined(parts, boundary)
    return f"Content-Type: {kind}\n", body


def _joined(parts: list[tuple[str, str]], boundary: str) -> str:
    written = "".join(f"--{boundary}\nContent-Type: {kind}\n\n{body}\n" for kind, body in parts)
    return f"{written}--{boundary}--\n"


def _attachment(dice: random.Random) -> tuple[str, str]:
    size = int(dice.lognormvariate(9.8, 0.9))
    encoded = base64.encodebytes(dice.randbytes(min(size, 600_000))).decode()
    title = f"report-{dice.randint(1, 999)}.pdf"
    fields = f'Content-Disposition: attachment; filename="{title}"\nContent-Transfer-Encoding: base64'
    return f'application/pdf; name="{title}"\n{fields}', encoded


def _html(plain: str) -> str:
    style = "font-family:Calibri,Arial,sans-serif;font-size:11pt;color:#1f497d;margin:0cm;margin-bottom:.0001pt"
    lines = (line or "&nbsp;" for line in plain.replace(">", "&gt;").split("\n"))
    body = "\n".join(f'<p class="MsoNormal" style="{style}"><span lang="EN-GB">{line}</span></p>' for line in lines)
    head = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>p.MsoNormal {margin:0cm;}</style>'
    return f"<html><head>{head}</head><body lang=EN-GB>\n<div class=WordSection1>\n{body}\n</div></body></html>"
