"""The stage: it holds the dice, sends mails in order of time, and knows who is there to act."""

import base64
import heapq
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from samples.cast import Group, Organisation, Party, Person
from samples.facts import Slots
from samples.people import GROUPS, PEOPLE, SUCCESSORS, colleagues
from samples.phrases import Deck, bank
from samples.script import Attachment, Invitation, Mail, Script
from samples.wording import Form, new_text
from samples.worktime import PERIOD_END


class CurtainError(Exception):
    """The period is over, the mailbox is full, or nobody is there to act: the story ends here."""


class GoneError(CurtainError):
    """The person who should act has left, and nobody knows."""


@dataclass(frozen=True)
class Draft:
    """What a mail is made of; see `samples.script.Mail` for the fields."""

    sender: Person
    at: datetime
    to: tuple[Party, ...]
    subject: str
    paragraphs: tuple[str, ...]
    cc: tuple[Party, ...] = ()
    act: str = "chat"
    answering: Mail | None = None
    forwarding: Mail | None = None
    automatic: str = ""
    receipt: bool = False
    invitation: Invitation | None = None
    attachments: tuple[Attachment, ...] = ()
    other_address: bool = False
    bare: bool = False


@dataclass
class Stage:
    """Where the stories play.

    Attributes:
        deck: deals phrases and holds the random numbers.
        capacity: how many messages the mailbox takes.
        script: what happened and has not been written to the truth.
        scripted: messages sent so far.
    """

    deck: Deck
    capacity: int
    script: Script = field(default_factory=Script)
    scripted: int = 0
    _outbox: list[tuple[datetime, int, Mail]] = field(default_factory=list)

    def send(self, draft: Draft) -> Mail:
        """Send a mail.

        Raises:
            CurtainError: it would come after the period or into a full mailbox.
        """
        if draft.at > PERIOD_END or self.scripted >= self.capacity:
            raise CurtainError
        mail = self._mail(draft)
        self.post(mail, draft.act)
        return mail

    def post(self, mail: Mail, act: str) -> None:
        """Put a finished mail into the box."""
        self.scripted += 1
        self.script.count(act)
        heapq.heappush(self._outbox, (mail.at, self.scripted, mail))

    def collect(self, until: datetime) -> Iterator[Mail]:
        """Take out the mails written before a moment, oldest first."""
        while self._outbox and self._outbox[0][0] < until:
            yield heapq.heappop(self._outbox)[2]

    def say(self, writer: Person, template: str, facts: dict[str, str], at: datetime, **names: str) -> str:
        """Fill a phrase's slots and put it into the writer's mouth."""
        return writer.voice.say(self.fill(writer, template, facts, at, **names), self.deck.rng)

    def fill(self, writer: Person, template: str, facts: dict[str, str], at: datetime, **names: str) -> str:
        """Fill a phrase's slots, with dates in the writer's style, and leave the words as they are."""
        text = template.format_map(Slots(facts, names, at, writer, self.deck.rng))
        return _DOUBLE_STOP.sub(r"\1.", text)

    def morning(self, company: Organisation, day: date) -> datetime:
        """Give a moment of a company's next working day, from a little before nine to the evening."""
        worktime, rng = company.worktime, self.deck.rng
        staffed = day if worktime.is_staffed(day) else worktime.days_on(day, 1)
        minutes = timedelta(minutes=rng.randrange(-50, 530), seconds=rng.randrange(60))
        return worktime.at(staffed, 9) + minutes

    def act(self, name: str) -> str:
        """Deal a phrase for an act."""
        return self.deck.deal(f"act {name}", bank("acts")[name])

    def likely(self, chance: float) -> bool:
        """Throw the dice."""
        return self.deck.rng.random() < chance

    def pause(self, person: Person, after: datetime, low: float, high: float) -> datetime:
        """Give when a person writes, some desk hours after another moment; now and then in the evening."""
        rng = self.deck.rng
        moment = person.organisation.worktime.due(after, rng.uniform(low, high))
        if rng.random() < (0.25 if person.voice.program == "phone" else 0.04):
            moment += timedelta(minutes=rng.randrange(60, 290))
        return max(moment, after + timedelta(minutes=2)) + timedelta(seconds=rng.randrange(1, 170))

    def everyone(self, organisation: Organisation, relationship: str, at: datetime) -> list[Person]:
        """List a company's people who are there at a moment."""
        return [person for person in colleagues(organisation) if person.works(relationship, at)]

    def staff(self, organisation: Organisation, topic: str, relationship: str, at: datetime) -> list[Person]:
        """List the people who answer for a topic at a moment, or everybody where nobody does."""
        here = self.everyone(organisation, relationship, at)
        found = [person for person in here if topic in person.areas or "*" in person.areas]
        return found or here

    def pick(self, people: Iterable[Person], without: Iterable[Person] = ()) -> Person:
        """Pick one of some people by their weights.

        Raises:
            CurtainError: nobody is left.
        """
        left = [person for person in people if person not in without]
        if not left:
            raise CurtainError
        return self.deck.rng.choices(left, [person.weight for person in left])[0]

    def stand_in(self, person: Person, relationship: str, at: datetime) -> Person | None:
        """Give the person, or who stands in after the person left, or None while nobody knows."""
        if at <= person.until:
            return person
        heir, known = SUCCESSORS[person.key]
        return PEOPLE[heir] if at >= known and PEOPLE[heir].works(relationship, at) else None

    def groups(self, organisation: Organisation, topic: str) -> list[Group]:
        """List the distribution lists of a company that fit a topic, or all of them."""
        own = [group for group in GROUPS if group.organisation is organisation]
        return [group for group in own if topic in group.areas] or own

    def _mail(self, draft: Draft) -> Mail:
        rng, sender, parent = self.deck.rng, draft.sender, draft.answering or draft.forwarding
        text = (
            new_text(sender, draft.to, list(draft.paragraphs), rng, Form(bool(parent), draft.act == "ask"))
            if not draft.bare
            else "\n\n".join(draft.paragraphs) + "\n"
        )
        private = draft.other_address and sender.other_address
        return Mail(
            self._message_id(sender),
            draft.at,
            sender,
            sender.other_address if private else sender.address,
            draft.to,
            draft.cc,
            draft.subject,
            text,
            parent.thread if parent else rng.randbytes(16),
            draft.answering,
            draft.forwarding,
            draft.automatic,
            draft.receipt,
            draft.invitation,
            draft.attachments,
            parent.depth + 1 if parent else 0,
            rng.random(),
        )

    def _message_id(self, sender: Person) -> str:
        rng, domain = self.deck.rng, sender.organisation.domain
        if sender.voice.program == "gmail":
            return f"CA{base64.urlsafe_b64encode(rng.randbytes(36)).decode()}@mail.{domain}"
        if sender.voice.program == "outlook":
            return f"{rng.randbytes(16).hex().upper()}@mbx{rng.randrange(1, 5):02d}.{domain}"
        return f"{str(uuid.UUID(bytes=rng.randbytes(16), version=4)).upper()}@{domain}"


def recipients(mail: Mail) -> tuple[Party, ...]:
    """Give everybody a mail went to."""
    return mail.to + mail.cc


def without(parties: Iterable[Party], *gone: Party) -> tuple[Party, ...]:
    """Leave some parties out, and doubles."""
    return tuple(dict.fromkeys(party for party in parties if party not in gone))


_DOUBLE_STOP = re.compile(r"(\d)\.\.(?!\.)")

EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
"""Where Windows file times begin."""
