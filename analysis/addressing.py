"""Addressing: to whom words and header fields give an ask, and how many people received it."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.names import NameResolution, resolve_called, resolve_name
from analysis.parties import Directory
from analysis.recipients import Circle
from analysis.settings import OwnershipSettings
from analysis.subjects import read_subject
from models.judgements import AskSpan, Party
from models.records import Message
from models.vocabulary import Addressing

_SECOND_PERSON = frozenset({"you", "your", "yours", "yourself", "u"})


@dataclass(frozen=True, slots=True)
class AddressedAsk:
    """To whom an ask is given.

    Attributes:
        addressing: `named`, `plural` or `group`.
        addressees: Party.ids; for `named` in the order in which the words call them, groups first for
            `group`.
        fan_out: how many people of the obliged side received the ask; a group counts as its known or observed
            size, else as one.
        fan_out_exact: False where a group's size is not known.
        cc_only: the obliged side stands in Cc alone.
        rule: which rule decided: the name's rule ("greeting", "vocative", ...), "only_recipient",
            "only_to_recipient", "spoken_to_beside_group", "group_recipient", "several_recipients",
            "many_recipients", "many_companies", "no_recipient".
        detail: the grounds in words; names that could not be resolved are said here.
    """

    addressing: Addressing
    addressees: tuple[str, ...]
    fan_out: int
    fan_out_exact: bool
    cc_only: bool
    rule: str
    detail: str


def address_ask(
    ask: AskSpan,
    message: Message,
    directory: Directory,
    obliged: str,
    settings: OwnershipSettings,
    *,
    everyone: bool = False,
    others: Sequence[Party] = (),
) -> AddressedAsk:
    """Decide to whom an ask is given (design: the life of an ask, 1).

    Args:
        ask: the sentence, with the names that single somebody out.
        message: the message that asks.
        directory: who is behind the addresses.
        obliged: organisation id of the side that is asked.
        settings: from how many persons on recipients are a group.
        everyone: everybody but the asker counts as the obliged side, whatever their company.
        others: people of the conversation who are not recipients of this message; names may mean them.
    """
    circle = Circle.of(message, directory, obliged, everyone=everyone)
    theirs = [party for party in others if everyone or party.organisation == obliged]
    ours = [party for party in others if party not in theirs]
    callable_people = _Callable(
        here=circle.people,
        elsewhere=(*theirs, *directory.colleagues(obliged)),
        own_side=(circle.sender, *circle.own_side),
        own_elsewhere=tuple(ours),
    )
    named, unresolved = callable_people.called_by(ask.names)
    if named:
        people = tuple(party.id for party in named)
        return _result(circle, Addressing.NAMED, people, ask.names_rule or "name", _calls(ask, named))
    addressing, addressees, rule = _by_headers(ask, circle, settings, is_reply=_is_reply(message))
    return _result(circle, addressing, addressees, rule, "; ".join((_counts(circle), *unresolved)))


@dataclass(frozen=True, slots=True)
class _Callable:
    """Whom a name in the words may mean: recipients, other people of the obliged side, everybody else."""

    here: tuple[Party, ...]
    elsewhere: tuple[Party, ...]
    own_side: tuple[Party, ...]
    own_elsewhere: tuple[Party, ...]

    def called_by(self, names: Sequence[str]) -> tuple[list[Party], list[str]]:
        """Resolve names; one of the asker's own side singles nobody out and is passed over.

        Returns:
            The people called, in the order of the names, and a sentence for each name that could not be resolved.
        """
        found = [self._resolve(name) for name in names]
        people = dict.fromkeys(each.party for each in found if each and each.party)
        unresolved = [f"unresolved: {each.detail}" for each in found if each and not each.party]
        return [party for party in people if party.id != self.own_side[0].id], unresolved

    def _resolve(self, name: str) -> NameResolution | None:
        theirs = resolve_name(name, self.here, self.elsewhere)
        if theirs.basis == "participant":
            return theirs
        if resolve_name(name, self.own_side, self.own_elsewhere).party:
            return None
        called = resolve_called(name, self.here)
        return called if called.party and not theirs.party else theirs


def _by_headers(
    ask: AskSpan, circle: Circle, settings: OwnershipSettings, *, is_reply: bool
) -> tuple[Addressing, tuple[str, ...], str]:
    if circle.outside >= settings.group_from and len(circle.to) < settings.group_from:
        return Addressing.GROUP, tuple(party.id for party in circle.people), "many_companies"
    only = circle.to[0].id if len(circle.to) == 1 else ""
    if circle.groups:
        if only and not circle.groups_to and not ask.plural and (is_reply or _speaks_to_one(ask)):
            return Addressing.NAMED, (only,), "spoken_to_beside_group"
        return Addressing.GROUP, tuple(party.id for party in circle.groups), "group_recipient"
    if len(circle.people) == 1:
        return Addressing.NAMED, (circle.people[0].id,), "only_recipient"
    if only and not ask.plural:
        return Addressing.NAMED, (only,), "only_to_recipient"
    return _by_count(circle.people if ask.plural or not circle.to else circle.to, settings)


def _by_count(people: Sequence[Party], settings: OwnershipSettings) -> tuple[Addressing, tuple[str, ...], str]:
    everybody = tuple(party.id for party in people)
    if not people:
        return Addressing.GROUP, (), "no_recipient"
    if len(people) >= settings.group_from:
        return Addressing.GROUP, everybody, "many_recipients"
    return Addressing.PLURAL, everybody, "several_recipients"


def _is_reply(message: Message) -> bool:
    return bool(message.in_reply_to or read_subject(message.subject).is_reply)


def _speaks_to_one(ask: AskSpan) -> bool:
    words = ask.span.text.lower().replace("'", " ").replace("\u2019", " ").split()
    return any(word.strip('.,;:!?()"') in _SECOND_PERSON for word in words)


def _result(
    circle: Circle, addressing: Addressing, addressees: tuple[str, ...], rule: str, detail: str
) -> AddressedAsk:
    return AddressedAsk(addressing, addressees, circle.fan_out, circle.fan_out_exact, circle.cc_only, rule, detail)


def _calls(ask: AskSpan, named: Sequence[Party]) -> str:
    return f"{', '.join(ask.names)}: {', '.join(party.name or party.id for party in named)}"


def _counts(circle: Circle) -> str:
    return f"{len(circle.to)} persons in To, {len(circle.cc)} in Cc, {len(circle.groups)} groups"
