"""The mail that opens an ask: who asks, whom, in which words."""

from dataclasses import dataclass
from datetime import datetime

from samples.cast import Organisation, Party, Person, Relationship
from samples.facts import invent
from samples.people import PEOPLE
from samples.phrases import Exchange, kinds, pairs
from samples.script import Ask, Event, Mail
from samples.stage import Draft, Stage, without
from samples.story import Story, paper
from samples.voices import decapitalised
from samples.wording import heads, located, names


@dataclass(frozen=True)
class Round:
    """Who gets an ask and how: `addressing` as in the product, `singled` the person named, `to` and `cc`."""

    addressing: str
    singled: Person | None
    to: tuple[Party, ...]
    cc: tuple[Party, ...]
    vocative: bool = False


@dataclass
class Opening:
    """The choices of an opening mail, made before it is written."""

    stage: Stage
    relationship: Relationship
    exchange: Exchange
    asker: Person
    obliged: Organisation
    facts: dict[str, str]
    moment: datetime

    def staff(self) -> list[Person]:
        """List the people of the obliged side who may be asked, as the asking side knows them."""
        known = self.stage.staff(self.obliged, self.exchange.topic, self.relationship.id, self.moment)
        gone = [PEOPLE["sunil"]] if self._still_thought_there() else []
        return [person for person in (*known, *gone) if person is not self.asker]

    def _still_thought_there(self) -> bool:
        sunil = PEOPLE["sunil"]
        late = 30 > (self.moment - sunil.until).days >= 0
        return self.obliged is sunil.organisation and self.relationship.id == "halden-meridian" and late


def open_story(
    stage: Stage, relationship: Relationship, exchange: Exchange, moment: datetime, addressing: str = ""
) -> Story:
    """Write the first mail of a story and record its asks.

    Args:
        stage: where it plays.
        relationship: between whom.
        exchange: what is asked.
        moment: when.
        addressing: `named`, `plural` or `group`; "" leaves it to the dice.

    Raises:
        CurtainError: as `Stage.send`.
    """
    asking = relationship.cmo if exchange.opener == "cmo" else relationship.client
    obliged = relationship.client if exchange.opener in {"cmo", "internal"} else relationship.cmo
    facts = invent(stage.deck, relationship, moment) | {"poc": PEOPLE[relationship.client_contacts[0]].first}
    staff = stage.staff(asking, exchange.topic, relationship.id, moment)
    opening = Opening(stage, relationship, exchange, stage.pick(staff), obliged, facts, moment)
    return _written(opening, _FORCED[addressing](opening))


def _round(opening: Opening) -> Round:
    share = opening.stage.deck.rng.random() * (0.55 if opening.exchange.opener == "internal" else 1)
    if opening.exchange.binding:
        share = 0.3 + 0.7 * share
    if share < 0.36:
        return _sole(opening)
    if share < 0.48:
        return _vocative(opening)
    if share < 0.68:
        return _few(opening)
    return _list(opening) if share < 0.88 else _wide(opening)


def _sole(opening: Opening) -> Round:
    reader = opening.stage.pick(opening.staff())
    return Round("named", reader, (reader,), _own(opening))


def _vocative(opening: Opening) -> Round:
    reader, *rest = _several(opening, opening.stage.deck.rng.randint(2, 4))
    group = opening.stage.groups(opening.obliged, opening.exchange.topic)[:1] if opening.stage.likely(0.15) else []
    return Round("named", reader, without((*rest, reader, *group)), _own(opening), vocative=True)


def _few(opening: Opening) -> Round:
    readers = _several(opening, opening.stage.deck.rng.randint(2, 4))
    cut = len(readers) if len(readers) < 3 or opening.stage.likely(0.6) else 2
    return Round("plural", None, tuple(readers[:cut]), without((*readers[cut:], *_own(opening))))


def _list(opening: Opening) -> Round:
    group = opening.stage.deck.rng.choice(opening.stage.groups(opening.obliged, opening.exchange.topic))
    return Round("group", None, (group,), _own(opening))


def _wide(opening: Opening) -> Round:
    readers = _several(opening, opening.stage.deck.rng.randint(5, 8))
    if len(readers) < 5:
        return _list(opening)
    return Round("group", None, tuple(readers), _own(opening))


def _several(opening: Opening, count: int) -> list[Person]:
    """Pick several readers, at first those who know the topic."""
    stage = opening.stage
    everybody = stage.everyone(opening.obliged, opening.relationship.id, opening.moment)
    found: list[Person] = []
    while len(found) < count:
        known = [person for person in opening.staff() if person not in found]
        left = [person for person in everybody if person not in found and person is not opening.asker]
        if not left:
            break
        found.append(stage.pick(known if known and len(found) <= count // 2 else left))
    return found


def _own(opening: Opening) -> tuple[Party, ...]:
    """Copy one's own point of contact or a colleague, as people do."""
    if opening.exchange.opener == "internal" or not opening.stage.likely(0.45):
        return ()
    company = opening.asker.organisation
    staff = opening.stage.staff(company, opening.exchange.topic, opening.relationship.id, opening.moment)
    return (opening.stage.pick(staff, (opening.asker,)),) if len(set(map(id, staff))) > 1 else ()


def _written(opening: Opening, whom: Round) -> Story:
    stage, exchange = opening.stage, opening.exchange
    kind, wish = stage.deck.deal(f"ask {exchange.key}", exchange.asks)
    sentence = _say(opening, wish)
    if whom.vocative and whom.singled:
        sentence = _called(opening, whom.singled, sentence)
    second = _second(opening) if stage.likely(0.08) and exchange.opener != "internal" else None
    mail = _send(opening, whom, sentence, second[1] if second else "")
    story = Story(
        stage, opening.relationship, exchange, opening.facts, opening.asker, opening.obliged, mail, mail, mail.at, wish
    )
    story.owner = whom.singled
    story.asks.append(_ask(opening, whom, mail, kind, sentence))
    if second:
        story.extra = second[2]
        story.asks.append(_ask(opening, whom, mail, second[0], second[1], main=False))
    stage.script.asks += story.asks
    return story


def _second(opening: Opening) -> tuple[str, str, str]:
    line = opening.stage.act("also")
    ((kind, rest),) = kinds((line,))
    ((question, reply),) = pairs((rest,))
    return kind, _say(opening, question), reply


def _send(opening: Opening, whom: Round, sentence: str, second: str) -> Mail:
    stage, asker, exchange = opening.stage, opening.asker, opening.exchange
    paragraphs = _paragraphs(opening, sentence, second)
    subject = opening.stage.fill(
        asker, stage.deck.deal(f"subject {exchange.key}", exchange.subjects), opening.facts, opening.moment
    )
    text = " ".join(paragraphs).lower()
    attachments = (
        (paper(f"{opening.facts['po' if exchange.binding else 'batch']}"),)
        if "attached" in text and stage.likely(0.8)
        else ()
    )
    return stage.send(
        Draft(
            asker,
            opening.moment,
            whom.to,
            subject,
            tuple(paragraphs),
            whom.cc,
            "ask",
            attachments=attachments,
            other_address=stage.likely(0.06),
        )
    )


def _paragraphs(opening: Opening, sentence: str, second: str) -> list[str]:
    stage, asker = opening.stage, opening.asker
    chatty = asker.voice.chatty
    lead = [_say(opening, stage.act("opener"))] if stage.likely(chatty) else []
    facts = [_say(opening, stage.deck.deal(f"open {opening.exchange.key}", opening.exchange.opens))]
    if stage.likely(0.3):
        facts.append(_say(opening, stage.act("note")))
    if stage.likely(0.12):
        facts = []
    end = [_say(opening, stage.act("closing"))] if stage.likely(chatty) else []
    table = [_order(opening)] if opening.exchange.binding and stage.likely(0.6) else []
    if stage.likely(0.4):
        return [*filter(None, [" ".join([*lead, *facts, sentence, second]).strip(), *table, *end])]
    return [*filter(None, [" ".join([*lead, *facts]), *table, sentence, " ".join([second, *end]).strip()])]


def _order(opening: Opening) -> str:
    facts = opening.facts
    rows = (f"Order no.  {facts['po']}", f"Item 10    {facts['product']}", f"Quantity   {facts['qty']} EA")
    return "\n".join((*rows, "Incoterm   FCA (Incoterms 2020)"))


def _called(opening: Opening, reader: Person, sentence: str) -> str:
    form = opening.stage.deck.rng.choice(["{name}, {rest}", "@{name}: {rest}", "{name} - {rest}", "{name}, {rest}"])
    return form.format(name=reader.first, rest=decapitalised(sentence))


def _say(opening: Opening, template: str) -> str:
    return opening.stage.say(opening.asker, template, opening.facts, opening.moment)


def _ask(opening: Opening, whom: Round, mail: Mail, kind: str, sentence: str, *, main: bool = True) -> Ask:
    obliged = tuple(party for party in whom.to + whom.cc if party.organisation is opening.obliged)
    to = tuple(party for party in whom.to if party.organisation is opening.obliged)
    quote = located(sentence, mail.text)
    ask = Ask(
        mail.id,
        quote,
        mail.at,
        mail.sender.address,
        kind,
        opening.exchange.topic,
        opening.relationship.id,
        _direction(opening),
        whom.addressing,
        [whom.singled.address] if whom.singled else names(to),
        heads(obliged),
        opening.obliged,
        opening.exchange.expectation and main,
        opening.exchange.binding and main,
        main,
    )
    _first_claim(opening, whom, ask)
    ask.sentences.append({"message_id": mail.id, "quote": quote, "role": "ask"})
    return ask


def _first_claim(opening: Opening, whom: Round, ask: Ask) -> None:
    contacts = [PEOPLE[key] for key in opening.relationship.client_contacts]
    standing = next(
        (person for person in contacts if person in whom.to and opening.obliged is person.organisation), None
    )
    owner, basis = (whom.singled, "addressed") if whom.singled else (standing, "standing")
    if owner:
        ask.events.append(Event(ask.at, "asked", ask.message_id, ask.asker, owner.address, basis))


def _direction(opening: Opening) -> str:
    if opening.exchange.opener == "internal":
        return "internal"
    return "client->cmo" if opening.exchange.opener == "client" else "cmo->client"


_FORCED = {"": _round, "named": _sole, "plural": _few, "group": _list}
