"""To whom an ask is given."""

import pytest

from analysis.addressing import AddressedAsk, address_ask
from analysis.parties import resolve
from analysis.settings import OwnershipSettings
from models.companies import GroupAddress, Organisation
from models.judgements import AskSpan, Span
from models.records import Message
from models.vocabulary import Addressing, AskKind, Role
from tests.unit.analysis.mails import mail

HALDEN = Organisation("halden", "Halden Pharma", Role.CLIENT, ("halden.example",))
CORVUS = Organisation(
    "corvus",
    "Corvus Biologics",
    Role.CMO,
    ("corvus.example",),
    groups=(GroupAddress("quality@corvus.example", size=14),),
)
ANA, KURT, BO = "Ana_Ruiz=ana@corvus.example", "Kurt_Weber=kurt@corvus.example", "Bo_Li=bo@corvus.example"
DANA, UTE = "Dana_Cole=dana@halden.example", "Ute_Lang=ute@halden.example"
OTHERS = " ".join(f"p{n}@corvus.example" for n in range(4))
KNOWN = mail("earlier", sender=ANA, to=f"{KURT} {BO} {DANA} {UTE}")
REQUEST = "Please send the batch record."


def ask(text: str = REQUEST, *names: str, plural: bool = False) -> AskSpan:
    """An ask in these words that calls these names."""
    rule = "greeting" if names else ""
    return AskSpan(Span(0, len(text), text, "test", 1.0), AskKind.REQUEST, names, rule, plural)


def addressed(request: AskSpan, message: Message, *, everyone: bool = False) -> AddressedAsk:
    """How the ask of a message is addressed to Corvus."""
    directory = resolve((HALDEN, CORVUS), (KNOWN, message))
    obliged = "" if everyone else "corvus"
    return address_ask(request, message, directory, obliged, OwnershipSettings(), everyone=everyone)


def letter(to: str, cc: str = "", **fields: str) -> Message:
    """A message by Dana Cole of Halden."""
    return mail("asking", sender=DANA, to=to, cc=cc, **fields)  # type: ignore[arg-type]


class TestNames:
    """Names in the words single people out."""

    def test_one_of_many_is_named(self) -> None:
        found = addressed(ask(REQUEST, "Kurt"), letter(f"{ANA} {KURT} {BO} quality@corvus.example"))
        assert (found.addressing, found.addressees) == (Addressing.NAMED, ("kurt@corvus.example",))
        assert (found.rule, found.fan_out) == ("greeting", 17)

    def test_several_are_named_in_order(self) -> None:
        found = addressed(ask(REQUEST, "Kurt", "Ana"), letter(f"{ANA} {KURT} {BO}"))
        assert found.addressees == ("kurt@corvus.example", "ana@corvus.example")

    def test_a_colleague_who_did_not_receive_it_is_named(self) -> None:
        found = addressed(ask(REQUEST, "Bo"), letter(f"{ANA} {KURT}"))
        assert (found.addressing, found.addressees) == (Addressing.NAMED, ("bo@corvus.example",))

    def test_somebody_in_cc_can_be_named(self) -> None:
        found = addressed(ask(REQUEST, "Bo"), letter(UTE, f"{BO} {ANA}"))
        assert (found.addressees, found.cc_only) == (("bo@corvus.example",), True)

    def test_a_stranger_is_not_named_and_that_is_said(self) -> None:
        found = addressed(ask(REQUEST, "Michelle"), letter(f"{ANA} {KURT}"))
        assert found.addressing == Addressing.PLURAL
        assert "unresolved: 'Michelle' is nobody known" in found.detail

    def test_two_of_one_name_leave_it_open(self) -> None:
        found = addressed(ask(REQUEST, "Ana"), letter(f"{ANA} Ana_Berg=berg@corvus.example"))
        assert found.addressing == Addressing.PLURAL
        assert "Ana Berg" in found.detail

    @pytest.mark.parametrize("own", ["Dana", "Ute"])
    def test_the_own_side_singles_nobody_out(self, own: str) -> None:
        found = addressed(ask(REQUEST, own), letter(f"{ANA} {KURT}", UTE))
        assert found.addressing == Addressing.PLURAL
        assert "unresolved" not in found.detail


@pytest.mark.parametrize(
    ("to", "cc", "addressing", "addressees", "rule"),
    [
        (ANA, "", Addressing.NAMED, "ana", "only_recipient"),
        (ANA, UTE, Addressing.NAMED, "ana", "only_recipient"),
        (ANA, KURT, Addressing.NAMED, "ana", "only_to_recipient"),
        (UTE, ANA, Addressing.NAMED, "ana", "only_recipient"),
        (f"{ANA} {KURT}", "", Addressing.PLURAL, "ana kurt", "several_recipients"),
        (UTE, f"{ANA} {KURT}", Addressing.PLURAL, "ana kurt", "several_recipients"),
        (f"{ANA} {OTHERS}", "", Addressing.GROUP, "ana p0 p1 p2 p3", "many_recipients"),
        ("quality@corvus.example", "", Addressing.GROUP, "quality", "group_recipient"),
        (ANA, "quality@corvus.example", Addressing.GROUP, "quality", "group_recipient"),
        (UTE, "", Addressing.GROUP, "", "no_recipient"),
        (f"{ANA} no-reply@corvus.example", "", Addressing.NAMED, "ana", "only_recipient"),
        (f"{ANA} {ANA} {DANA}", ANA, Addressing.NAMED, "ana", "only_recipient"),
    ],
)
def test_without_names_the_header_fields_decide(
    to: str, cc: str, addressing: Addressing, addressees: str, rule: str
) -> None:
    found = addressed(ask(), letter(to, cc))
    assert (found.addressing, found.rule) == (addressing, rule)
    assert found.addressees == tuple(f"{each}@corvus.example" for each in addressees.split())


class TestOneRecipientBesideAGroup:
    """One person in To with a group in Cc is named where the text speaks to that person."""

    MESSAGE = letter(ANA, "quality@corvus.example")

    def test_the_words_say_you(self) -> None:
        found = addressed(ask("Could you send it?"), self.MESSAGE)
        assert (found.addressees, found.rule) == (("ana@corvus.example",), "spoken_to_beside_group")

    def test_the_message_answers_that_person(self) -> None:
        reply = letter(ANA, "quality@corvus.example", subject="Re: Batch 12")
        assert addressed(ask(), reply).addressing == Addressing.NAMED

    def test_words_to_all_go_to_the_group(self) -> None:
        assert addressed(ask("Could you all check?", plural=True), self.MESSAGE).addressing == Addressing.GROUP

    def test_a_group_in_to_takes_the_ask(self) -> None:
        both = letter(f"{ANA} quality@corvus.example")
        assert addressed(ask("Could you send it?"), both).addressing == Addressing.GROUP


def test_words_to_all_make_one_to_recipient_one_of_several() -> None:
    found = addressed(ask(plural=True), letter(ANA, f"{KURT} {BO}"))
    assert (found.addressing, len(found.addressees)) == (Addressing.PLURAL, 3)


def test_fan_out_counts_everybody_of_the_obliged_side_once() -> None:
    found = addressed(ask(), letter(f"{ANA} {UTE} {ANA}", f"{KURT} {BO}"))
    assert (found.fan_out, found.fan_out_exact, found.cc_only) == (3, True, False)


def test_a_public_list_reaches_only_those_of_the_obliged_side_who_were_seen_on_it() -> None:
    seen = [mail(f"on the list {n}", sender=who, to="dev@lists.x.example") for n, who in enumerate((KURT, BO, UTE))]
    directory = resolve((HALDEN, CORVUS), (KNOWN, *seen))
    message = letter(f"{ANA} {KURT} dev@lists.x.example")
    found = address_ask(ask(), message, directory, "corvus", OwnershipSettings())
    assert (found.fan_out, found.fan_out_exact) == (3, False)


def test_a_group_of_unknown_size_makes_the_fan_out_a_lower_bound() -> None:
    found = addressed(ask(), letter(f"{ANA} planning@corvus.example"))
    assert (found.fan_out, found.fan_out_exact) == (2, False)


def reaching(members: str, to: str = "planning@corvus.example", group: str = "planning@corvus.example") -> Message:
    """A message to a group whose members its own journal envelope shows."""
    return mail("asking", sender=DANA, to=to, reached={group: members})


class TestJournalEnvelopes:
    """What the envelope shows of a group counts for the fan-out and singles nobody out."""

    def test_a_group_of_unknown_size_counts_as_those_whom_it_reached(self) -> None:
        found = addressed(ask(), reaching(f"{ANA} {KURT} {BO}"))
        assert (found.addressing, found.addressees) == (Addressing.GROUP, ("planning@corvus.example",))
        assert (found.fan_out, found.fan_out_exact) == (3, True)

    def test_a_single_member_is_not_addressed_personally(self) -> None:
        found = addressed(ask(), reaching(ANA))
        assert (found.addressing, found.rule) == (Addressing.GROUP, "group_recipient")
        assert (found.fan_out, found.fan_out_exact) == (1, True)

    def test_somebody_written_to_beside_the_group_counts_once(self) -> None:
        found = addressed(ask(), reaching(f"{ANA} {KURT}", to=f"{ANA} {BO} planning@corvus.example"))
        assert (found.fan_out, found.fan_out_exact) == (3, True)

    def test_members_of_other_companies_and_the_asker_are_not_the_obliged_side(self) -> None:
        found = addressed(ask(), reaching(f"{ANA} {DANA} {UTE} x@third.example"))
        assert (found.fan_out, found.fan_out_exact) == (1, True)

    def test_a_configured_size_counts_whatever_the_envelope_shows(self) -> None:
        found = addressed(ask(), reaching(f"{ANA} {KURT}", "quality@corvus.example", "quality@corvus.example"))
        assert (found.fan_out, found.fan_out_exact) == (14, True)

    def test_an_address_that_only_envelopes_call_a_group_is_one(self) -> None:
        found = addressed(ask(), reaching(f"{ANA} {KURT}", "falcon@corvus.example", "falcon@corvus.example"))
        assert (found.addressing, found.fan_out) == (Addressing.GROUP, 2)

    def test_a_member_can_be_called_by_name(self) -> None:
        found = addressed(ask(REQUEST, "Kurt"), reaching(f"{ANA} {KURT}"))
        assert (found.addressing, found.addressees) == (Addressing.NAMED, ("kurt@corvus.example",))

    def test_another_message_to_the_group_counts_the_members_seen_last(self) -> None:
        old = mail("old", to="planning@corvus.example", reached={"planning@corvus.example": f"{ANA} {KURT} {BO}"})
        new = mail("new", to="planning@corvus.example", reached={"planning@corvus.example": f"{ANA} {BO}"}, hours=1)
        message = letter("planning@corvus.example")
        for known in ((old, new, message), (message, new, old)):
            directory = resolve((HALDEN, CORVUS), (KNOWN, *known))
            found = address_ask(ask(), message, directory, "corvus", OwnershipSettings())
            assert (found.fan_out, found.fan_out_exact) == (2, False)


def test_a_list_of_no_configured_company_reaches_the_obliged_side() -> None:
    found = addressed(ask(), letter("falcon@lists.project.example", ANA))
    assert (found.addressing, found.addressees) == (Addressing.GROUP, ("falcon@lists.project.example",))


def test_a_group_of_the_own_side_in_cc_changes_nothing() -> None:
    found = addressed(ask(), letter(ANA, "team@halden.example"))
    assert found.addressing == Addressing.NAMED


def test_everyone_but_the_asker_may_be_the_obliged_side() -> None:
    found = addressed(ask(), letter(f"{UTE} {ANA}"), everyone=True)
    assert found.addressees == ("ute@halden.example", "ana@corvus.example")


def test_one_recipient_among_those_of_many_companies_is_not_singled_out() -> None:
    others = " ".join(f"p{n}@company{n}.example" for n in range(5))
    found = addressed(ask(), letter(f"{ANA} {others}"))
    assert (found.addressing, found.addressees, found.rule) == (
        Addressing.GROUP,
        ("ana@corvus.example",),
        "many_companies",
    )
