"""Builds the document of one relationship from what was derived and measured; pure, and the same for the same input."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.derivation import Derivation
from analysis.metrics.measures import DirectionMeasures, Measures
from analysis.settings import AnalysisSettings
from models.companies import Relationship
from models.polls import Copies
from models.vocabulary import Role
from reports.ask_lines import Places, ask_lines
from reports.chapters import contact_lines, direction_chapters, traffic_lines
from reports.completeness import doubtful_journals, facts_digest, language_lines
from reports.document import DetectorRate, Document, MailboxLine, Side, Versions
from reports.people import Cast
from reports.scorecard import NOT_MEASURED, scorecard
from reports.thread_pages import thread_pages


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a report says about its own making, beyond the derivation.

    Attributes:
        liaison: version of the program.
        config_sha256: of the configuration's bytes.
        mailboxes: see `reports.completeness.mailbox_lines`.
        copies: duplicates by where they lay.
        shared_message_ids: Message-IDs that stand on different mails, which are kept apart.
        detectors: measured error rates; empty where nothing was measured.
    """

    liaison: str
    config_sha256: str
    mailboxes: tuple[MailboxLine, ...] = ()
    copies: Copies = field(default_factory=Copies)
    shared_message_ids: int = 0
    detectors: tuple[DetectorRate, ...] = ()


def build_report(
    derivation: Derivation,
    measures: Measures,
    relationship: Relationship,
    settings: AnalysisSettings,
    provenance: Provenance,
    period: str,
) -> Document:
    """Build the report on one relationship.

    Args:
        derivation: everything derived as of the report's moment; its messages carry their new text.
        measures: as of the same moment, of `relationship` and perhaps others.
        relationship: what the report is on.
        settings: the companies and thresholds that both were made with.
        provenance: completeness, versions, error rates.
        period: the calendar month of the monthly figures, "2026-10".

    Raises:
        ValueError: derivation and measures are of different moments.
    """
    cast = Cast(derivation.directory, {each.id: each for each in settings.organisations})
    places = Places.of(derivation.threads)
    directions = _directions(derivation, measures, relationship)
    asks = ask_lines(derivation.judgements, relationship, cast, places)
    client, cmo = (cast.side(relationship, role) for role in (Role.CLIENT, Role.CMO))
    return Document(
        relationship=relationship.id,
        client=client,
        cmo=cmo,
        as_of=derivation.as_of,
        period=period,
        window=directions[0].rolling.period.label,
        window_days=settings.measures.window_days,
        attention=asks.attention,
        owned_late=asks.owned_late,
        owned=asks.owned,
        waiting=asks.waiting,
        closed=asks.closed,
        scorecard=scorecard(directions, period, settings.measures.contact_band, cast),
        not_measured=NOT_MEASURED,
        directions=direction_chapters(directions, period, cast),
        contacts=contact_lines(directions, period, cast),
        traffic=traffic_lines(directions, period, cast),
        threads=thread_pages(asks.open, derivation.judgements, derivation.messages, cast, places),
        mailboxes=provenance.mailboxes,
        copies=provenance.copies,
        shared_message_ids=provenance.shared_message_ids,
        doubtful_journals=doubtful_journals(derivation.messages, set(_between(derivation, client, cmo))),
        unread_languages=language_lines(_between(derivation, client, cmo), derivation.readings),
        detectors=provenance.detectors,
        versions=_versions(derivation, provenance),
    )


def _directions(
    derivation: Derivation, measures: Measures, relationship: Relationship
) -> tuple[DirectionMeasures, ...]:
    if derivation.as_of != measures.as_of:
        raise ValueError(f"judged as of {derivation.as_of}, measured as of {measures.as_of}")
    return measures.of(relationship.id)


def _between(derivation: Derivation, client: Side, cmo: Side) -> Iterator[str]:
    """Messages in threads in which both companies take part."""
    messages = {message.id: message for message in derivation.messages}
    for thread in derivation.threads:
        members = [messages[each] for each in thread.message_ids if each in messages]
        addresses = {each.sender.address for each in members}
        addresses.update(recipient.address for each in members for recipient in each.recipients)
        companies = {derivation.directory.party(address).organisation for address in addresses}
        if {client.id, cmo.id} <= companies:
            yield from (each.id for each in members)


def _versions(derivation: Derivation, provenance: Provenance) -> Versions:
    parsers = sorted({message.parser_version for message in derivation.messages if message.parser_version})
    return Versions(
        liaison=provenance.liaison,
        config=provenance.config_sha256,
        reader=derivation.versions.get("reader", ""),
        rules=derivation.versions.get("rules", ""),
        parser=", ".join(parsers),
        facts=facts_digest(derivation.messages),
        messages=len(derivation.messages),
    )
