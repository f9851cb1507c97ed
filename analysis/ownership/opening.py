"""Opening an ask: whom it obliges, how it is addressed, what it is about and which clock runs."""

from hashlib import sha256

from analysis.addressing import AddressedAsk, address_ask
from analysis.ownership import evidence
from analysis.ownership.conversation import TraceContext, participants, recipient_parties, role_in
from analysis.ownership.gathering import GatheredAsk
from analysis.ownership.matter import Matter
from analysis.ownership.naming import Scene
from analysis.ownership.obliged import MAIN, ObligedSide, obliged_sides
from analysis.ownership.topic import topic_of
from analysis.subjects import read_subject
from models.companies import PointOfContact, Relationship
from models.judgements import Ask
from models.vocabulary import Addressing, EventKind, Role

STANDING_RULE = "standing_contact"
"""Rule of an ADDRESSED event that rests on the configured point of contact alone."""


def open_matters(gathered: GatheredAsk, scene: Scene, thread_id: str) -> tuple[Matter, ...]:
    """The asks that gathered sentences open, one for each side they oblige."""
    sides = obliged_sides(gathered, scene.turn, scene.earlier, scene.context)
    return tuple(_open(gathered, scene, thread_id, side) for side in sides)


def _open(gathered: GatheredAsk, scene: Scene, thread_id: str, side: ObligedSide) -> Matter:
    addressed = address_ask(
        gathered.main,
        scene.turn.message,
        scene.context.directory,
        side.organisation,
        scene.context.settings,
        everyone=not side.organisation,
        others=participants(scene.earlier, scene.context),
    )
    ask = _ask(gathered, scene, thread_id, side, addressed)
    matter = Matter(ask, gathered.text, read_subject(scene.turn.message.subject).base, {scene.turn.message.id})
    grounds = evidence.from_words(scene.turn.message, gathered.main.span)
    matter.happened(EventKind.ASKED, scene.turn, grounds)
    _address(matter, gathered, scene, addressed)
    return matter


def _ask(gathered: GatheredAsk, scene: Scene, thread_id: str, side: ObligedSide, addressed: AddressedAsk) -> Ask:
    turn, span = scene.turn, gathered.main.span
    topic = topic_of(gathered, turn, scene.earlier)
    relationship = side.relationship.id if side.relationship else None
    return Ask(
        id=_identity(turn.message.id, span.start, side.organisation),
        thread_id=thread_id,
        message_id=turn.message.id,
        start=span.start,
        end=span.end,
        quote=span.text,
        kind=gathered.main.kind,
        topic=topic,
        asker=turn.writer.id,
        asking=turn.writer.organisation,
        obliged=side.organisation,
        relationship=relationship,
        addressing=addressed.addressing,
        addressees=addressed.addressees,
        fan_out=addressed.fan_out,
        fan_out_exact=addressed.fan_out_exact,
        cc_only=addressed.cc_only,
        clock=scene.context.clocks.clock(topic, relationship, role_in(side.relationship, side.organisation)),
        asked_at=turn.message.at,
        rule=span.rule,
        confidence=gathered.confidence,
        expectation=gathered.expectation,
        events=(),
    )


def _identity(message_id: str, start: int, obliged: str) -> str:
    return sha256(f"{message_id}:{start}:{obliged}".encode()).hexdigest()[:16]


def _address(matter: Matter, gathered: GatheredAsk, scene: Scene, addressed: AddressedAsk) -> None:
    """Record whom the ask singles out, else the standing contact among the main recipients, else nobody."""
    turn = scene.turn
    if _calls_a_stranger(gathered, scene, addressed):
        grounds = evidence.from_words(turn.message, gathered.main.span)
        matter.happened(EventKind.ADDRESSED, turn, grounds, "", addressed.detail)
    elif addressed.addressing is Addressing.NAMED:
        named = evidence.from_words(turn.message, gathered.main.span)
        for person in addressed.addressees:
            matter.happened(EventKind.ADDRESSED, turn, named, person, addressed.detail)
    elif contact := _standing_contact(matter.ask, scene):
        grounds = evidence.from_header(turn.message, STANDING_RULE, 0.5)
        matter.happened(EventKind.ADDRESSED, turn, grounds, contact)


def _calls_a_stranger(gathered: GatheredAsk, scene: Scene, addressed: AddressedAsk) -> bool:
    """The words call somebody by a name that means nobody known, and more than one person may be meant by it."""
    people = [party for party in recipient_parties(scene.turn.message, scene.context) if not party.is_group]
    return bool(gathered.main.names) and "unresolved" in addressed.detail and len(people) > 1


def _standing_contact(ask: Ask, scene: Scene) -> str:
    """The configured point of contact for the ask's topic, where it is among the To-recipients."""
    contacts = standing_contacts(scene.context, ask)
    main = {party.id for party in recipient_parties(scene.turn.message, scene.context, *MAIN)}
    return next((contact for contact in contacts if contact in main), "")


def standing_contacts(context: TraceContext, ask: Ask) -> tuple[str, ...]:
    """The obliged side's configured points of contact for an ask's topic, those for that very topic first."""
    relationship = next((item for item in context.relationships if item.id == ask.relationship), None)
    if relationship is None:
        return ()
    contacts = _contacts(relationship, ask.obliged)
    fitting = [contact for contact in contacts if not contact.topics or ask.topic in contact.topics]
    fitting.sort(key=lambda contact: not contact.topics)
    return tuple(context.directory.party(contact.address).id for contact in fitting)


def _contacts(relationship: Relationship, obliged: str) -> tuple[PointOfContact, ...]:
    return relationship.client_contacts if role_in(relationship, obliged) is Role.CLIENT else relationship.cmo_contacts
