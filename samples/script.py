"""The script of events: mails as they will be written, and what each of them does to the asks.

The truth is taken from here and from nothing else; no word of a mail is read again to make it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from samples.cast import Organisation, Party, Person

STRENGTH = {"standing": 1, "addressed": 2, "acting": 3, "volunteered": 4, "assigned": 5}
"""How strong a claim to an ask is; the latest of the strongest wins."""


@dataclass(frozen=True)
class Attachment:
    """A small file."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Invitation:
    """A meeting request or its cancellation (RFC 5546)."""

    method: str
    uid: str
    starts: datetime
    minutes: int
    title: str
    place: str
    sequence: int = 0


@dataclass(slots=True)
class Mail:
    """One message before it is written out.

    Attributes:
        text: the new text, with greeting, sign-off and signature, as in its plain part.
        answering: the message it replies to, quoted as the writer's program does.
        forwarding: the message it forwards.
        automatic: "" or the value of Auto-Submitted.
        receipt: whether it is a read receipt (RFC 8098).
        thread: random bytes that the thread's Thread-Index begins with.
    """

    id: str
    at: datetime
    sender: Person
    address: str
    to: tuple[Party, ...]
    cc: tuple[Party, ...]
    subject: str
    text: str
    thread: bytes
    answering: "Mail | None" = None
    forwarding: "Mail | None" = None
    automatic: str = ""
    receipt: bool = False
    invitation: Invitation | None = None
    attachments: tuple[Attachment, ...] = ()
    depth: int = 0
    chance: float = 0.5


@dataclass(frozen=True)
class Event:
    """What a message did to an ask.

    Attributes:
        act: one of the product's words for events, or `owner_left`.
        owner: whom it makes (or, for `refused` and `owner_left`, no longer makes) the owner.
        basis: of that ownership.
    """

    at: datetime
    act: str
    message_id: str
    by: str
    owner: str = ""
    basis: str = ""


@dataclass
class Ask:
    """An ask with everything that happened to it.

    Attributes:
        binding: silence on it has a contractual effect.
        main: False for the second ask of a mail.
        sentences: every sentence that asks for it: the ask itself, chasers, questions back, assignments.
    """

    message_id: str
    quote: str
    at: datetime
    asker: str
    kind: str
    topic: str
    relationship: str
    direction: str
    addressing: str
    addressees: list[str]
    fan_out: int
    obliged: Organisation
    expectation: bool = False
    binding: bool = False
    main: bool = True
    events: list[Event] = field(default_factory=list)
    sentences: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Promise:
    """A dated promise; how it went is seen from the ask's events."""

    message_id: str
    quote: str
    by: str
    at: datetime
    due: date
    ask: Ask


@dataclass
class Script:
    """All that is told so far and not yet written to the truth."""

    asks: list[Ask] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    handoffs: list[dict[str, object]] = field(default_factory=list)
    calls: list[dict[str, object]] = field(default_factory=list)
    corrections: list[dict[str, object]] = field(default_factory=list)
    acts: dict[str, int] = field(default_factory=dict)

    def count(self, act: str) -> None:
        """Count a message by what it does."""
        self.acts[act] = self.acts.get(act, 0) + 1


def current_owner(events: list[Event]) -> tuple[str, str] | None:
    """Give owner and basis after some events: the latest of the strongest claims that nobody refused or left."""
    claims: list[Event] = []
    for event in events:
        if event.act in {"refused", "owner_left"}:
            claims = [claim for claim in claims if claim.owner != event.owner]
        elif event.basis:
            claims.append(event)
    if not claims:
        return None
    _, best = max(enumerate(claims), key=lambda pair: (STRENGTH[pair[1].basis], pair[0]))
    return best.owner, best.basis
