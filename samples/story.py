"""A story: one conversation around an ask, with the people in it and the clock of its last event."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from samples.cast import Group, Organisation, Party, Person, Relationship
from samples.people import PEOPLE
from samples.phrases import Exchange
from samples.script import Ask, Attachment, Event, Mail, Promise
from samples.stage import Draft, GoneError, Stage, recipients, without
from samples.wording import located


@dataclass
class Story:
    """One conversation as it unfolds.

    Attributes:
        wish: the template of the main ask, by which a fitting answer is chosen.
        extra: the reply to a second ask of the opening mail, "" where there is none; `extra_answered`: it was given.
        reply_to_query: what the asker will say to the latest question back.
        now: the moment of the last event.
        owner: who the people in the story believe owns the ask.
        refused: who said that it is not theirs; `hint`: whom they named instead.
        promise: the latest dated promise.
        forwarded: the mail by which a reader passed it on inside.
    """

    stage: Stage
    relationship: Relationship
    exchange: Exchange
    facts: dict[str, str]
    asker: Person
    obliged: Organisation
    root: Mail
    last: Mail
    now: datetime
    wish: str
    asks: list[Ask] = field(default_factory=list)
    extra: str = ""
    extra_answered: bool = False
    reply_to_query: str = ""
    owner: Person | None = None
    refused: Person | None = None
    hint: Person | None = None
    promise: Promise | None = None
    forwarded: Mail | None = None

    def reply(
        self, sender: Person, sentences: list[str], act: str, extra_to: tuple[Party, ...] = (), subject: str = ""
    ) -> Mail:
        """Write into the conversation, to everybody in it.

        Raises:
            CurtainError: as `Stage.send`.
        """
        first = self.asker if sender is not self.asker else self.last.sender
        others = without((*recipients(self.last), self.last.sender, self.asker), sender, first, *extra_to)
        to = without((*(() if first is sender else (first,)), *extra_to)) or others[:1]
        plain, asides = spoken((" ".join(sentences),))
        draft = Draft(
            sender,
            self.now,
            to,
            subject or replied(self.root.subject, sender),
            plain,
            without(others, *to),
            act,
            self.last,
            attachments=self.attachments(sentences),
        )
        self.last = self.stage.send(draft)
        for aside in asides:
            self.asked(self.last, aside, "follow_up")
        return self.last

    def again(self, sender: Person, sentences: list[str], act: str, boss: tuple[Party, ...] = ()) -> Mail:
        """Write to those of the obliged side who were asked in the first place.

        Raises:
            CurtainError: as `Stage.send`.
        """
        to = without(party for party in self.root.to if party.organisation is self.obliged) or self.root.to
        cc = without((*self.root.cc, self.asker, *boss), sender, *to)
        self.last = self.stage.send(
            Draft(
                sender,
                self.now,
                without(to, sender),
                replied(self.root.subject, sender),
                (" ".join(sentences),),
                cc,
                act,
                self.last,
            )
        )
        return self.last

    def wait(self, person: Person, low: float, high: float) -> Person:
        """Let time pass at a person's desk, and give who acts then: the person or whoever stands in.

        Raises:
            GoneError: the person is gone and nobody knows.
        """
        self.now = self.stage.pause(person, self.now, low, high)
        actor = self.stage.stand_in(person, self.relationship.id, self.now)
        if actor is None:
            raise GoneError
        return actor

    def addressed(self) -> list[Person]:
        """List the people of the obliged side who got the ask, members of lists included."""
        found: list[Person] = []
        for party in recipients(self.root):
            if party.organisation is self.obliged:
                found += [PEOPLE[key] for key in party.members] if isinstance(party, Group) else [party]
        here = [person for person in dict.fromkeys(found) if person.works(self.relationship.id, self.now)]
        return [person for person in here if person is not self.asker and person is not self.refused]

    def answerer(self) -> Person:
        """Give who would answer: the owner, else somebody who was asked.

        Raises:
            CurtainError: nobody is there.
        """
        if self.owner:
            return self.owner
        here = self.addressed()
        return self.stage.pick(
            [person for person in here if self.exchange.topic in person.areas or "*" in person.areas] or here
        )

    def colleague(self, person: Person) -> Person:
        """Give a colleague of the obliged side who knows the topic.

        Raises:
            CurtainError: there is none.
        """
        staff = self.stage.staff(self.obliged, self.exchange.topic, self.relationship.id, self.now)
        return self.stage.pick([each for each in staff if "*" not in each.areas] or staff, (person, self.asker))

    def happen(
        self, act: str, mail: Mail, owner: Person | None = None, basis: str = "", asks: list[Ask] | None = None
    ) -> None:
        """Record what a mail did to the asks that are still open."""
        event = Event(mail.at, act, mail.id, mail.sender.address, owner.address if owner else "", basis)
        for ask in self.open_asks() if asks is None else asks:
            ask.events.append(event)

    def open_asks(self) -> list[Ask]:
        """List the story's asks that nothing has closed."""
        return [ask for ask in self.asks if not any(event.act in CLOSING for event in ask.events)]

    def asked(self, mail: Mail, sentence: str, role: str) -> None:
        """Record a sentence that asks something, other than the ask itself."""
        self.asks[0].sentences.append({"message_id": mail.id, "quote": located(sentence, mail.text), "role": role})

    def say(self, person: Person, template: str, **names: str) -> str:
        """Say a phrase in a person's voice, with the story's facts."""
        return self.stage.say(person, template, self.facts, self.now, **names)

    def attachments(self, sentences: list[str]) -> tuple[Attachment, ...]:
        """Attach a small file where the words speak of one."""
        text = " ".join(sentences).lower()
        if "attach" not in text or not self.stage.likely(0.7):
            return ()
        return (
            paper(
                f"{self.facts[self.stage.deck.rng.choice(['batch', 'dev', 'po', 'cc'])]}_{self.stage.scripted % 97:02d}"
            ),
        )


CLOSING = frozenset({"answered", "declined", "withdrawn"})
"""The acts that close an ask."""


_ASIDE = re.compile("«(.*?)»")


def spoken(paragraphs: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """Take the marks off what an answer asks in its turn, and give paragraphs and those sentences."""
    asides = [aside for paragraph in paragraphs for aside in _ASIDE.findall(paragraph)]
    return tuple(_ASIDE.sub(r"\1", paragraph) for paragraph in paragraphs), asides


def paper(name: str) -> Attachment:
    """Make a very small PDF."""
    objects = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
    body = f"%PDF-1.4\n{objects}%{name}\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return Attachment(f"{name}.pdf", "application/pdf", body.encode())


def replied(subject: str, sender: Person) -> str:
    """Put the reply mark of the sender's program before a subject."""
    bare = (
        subject.split(": ", 1)[1] if subject.split(": ", 1)[0].upper() in {"RE", "AW", "FW", "WG", "FWD"} else subject
    )
    if sender.voice.program != "outlook":
        return f"Re: {bare}"
    return f"AW: {bare}" if sender.voice.signature == "german" else f"RE: {bare}"
