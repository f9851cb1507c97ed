"""A small correspondence of Halden with Corvus, written by hand, derived by the real rules, as one document."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from analysis.derivation import Derivation, Facts, derive
from analysis.metrics.measures import frames_of, measure
from analysis.settings import AnalysisSettings
from models.companies import Clause, GroupAddress, Organisation, PointOfContact, Relationship, WorkingTime
from models.judgements import AskSpan, Reading, ReplyCues, Span
from models.polls import Copies, FolderRun, MailboxRun
from models.records import Message, NamedAddress, Recipient
from models.vocabulary import AskKind, FolderFate, Outcome, Role
from reports.build import Provenance, build_report
from reports.completeness import Ledger, mailbox_lines
from reports.document import DetectorRate, Document, MailboxLine

HALDEN = Organisation(
    "halden", "Halden Pharma", Role.CLIENT, ("halden.example",), working_time=WorkingTime("Europe/Berlin")
)
CORVUS = Organisation(
    "corvus",
    "Corvus & <Biologics>",
    Role.CMO,
    ("corvus.example",),
    groups=(GroupAddress("quality@corvus.example", size=14),),
    working_time=WorkingTime("America/New_York", holidays="US"),
)
PAIR = Relationship(
    "halden-corvus",
    "halden",
    "corvus",
    cmo_contacts=(PointOfContact("ana@corvus.example"),),
    clauses=(Clause("QA 7.3", "Answer within ten days.", "purchase_order", Role.CMO, answer="10 BD"),),
)
SETTINGS = AnalysisSettings(organisations=(HALDEN, CORVUS), relationships=(PAIR,))
AS_OF = datetime(2026, 10, 30, 17, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script> =cmd|calc!A1 https://evil.example/ "onload="x'
REACHED = mailbox_lines(Ledger({("journal", Outcome.STORED): 4}), [MailboxRun("journal", reached=True)])
UNREACHED = mailbox_lines(
    Ledger(
        {("journal", Outcome.STORED): 4, ("journal", Outcome.QUARANTINED): 1},
        {("journal", Outcome.QUARANTINED, "too_large"): 1},
        {"journal": 3},
        {"journal": AS_OF - timedelta(days=2)},
    ),
    [
        MailboxRun(
            "journal",
            reached=False,
            error="no answer",
            folders=(
                FolderRun("INBOX", FolderFate.READ, seen=4),
                FolderRun("Drafts", FolderFate.EXCLUDED, error="drafts are left out"),
                FolderRun("Sent", FolderFate.LOST, error="no answer"),
            ),
        )
    ],
)


def correspondence() -> list[tuple[Message, Reading]]:
    """Ana answers one ask; one to the list stays in limbo and is chased in vain; one carries hostile words."""
    return [
        _mail("m1", "dana@halden.example", ["ana@corvus.example"], _on(5), "Could you send the CoA?", asks=True),
        _mail("m2", "ana@corvus.example", ["dana@halden.example"], _on(6), "It went out this morning.", to="m1"),
        _mail("m3", "dana@halden.example", ["quality@corvus.example"], _on(7), "\nWho reviews DEV-14?", asks=True),
        _mail(
            "m4",
            "dana@halden.example",
            ["quality@corvus.example"],
            _on(14),
            "Any news on this?",
            to="m3",
            chases=True,
        ),
        _mail("m5", "dana@halden.example", ["quality@corvus.example"], _on(20), f"Why {HOSTILE}?", asks=True),
        _mail(
            "m6",
            "ana@corvus.example",
            ["dana@halden.example"],
            _on(21),
            "Könnten Sie den Termin nennen?",
            language="de",
        ),
    ]


def derivation(mails: Sequence[tuple[Message, Reading]] | None = None) -> Derivation:
    """Everything derived from the correspondence."""
    listed = correspondence() if mails is None else mails
    facts = Facts(
        tuple(message for message, _ in listed),
        {message.message_id: message.id for message, _ in listed},
        {message.id: reading for message, reading in listed},
        "reader-1",
    )
    return derive(facts, SETTINGS, AS_OF)


def document(
    mails: Sequence[tuple[Message, Reading]] | None = None,
    mailboxes: tuple[MailboxLine, ...] = REACHED,
    detectors: tuple[DetectorRate, ...] = (),
) -> Document:
    """The report on it."""
    derived = derivation(mails)
    measures = measure(frames_of(derived, SETTINGS.relationships), SETTINGS)
    provenance = Provenance("0.1.0", "c" * 64, mailboxes, Copies(4, other_folder=3), 2, detectors)
    return build_report(derived, measures, PAIR, SETTINGS, provenance, period="2026-10")


def many_asks(n: int) -> Iterator[tuple[Message, Reading]]:
    """`n` asks in as many threads, an hour apart; two of three are answered, a quarter goes to the list."""
    words = "Could you please tell us when the batch record of this lot will be ready for review? " * 2
    for number in range(n):
        at = AS_OF - timedelta(days=100) + timedelta(hours=number)
        to = "quality@corvus.example" if number % 4 == 1 else "ana@corvus.example"
        yield _mail(f"a{number:05}", "dana@halden.example", [to], at, words, asks=True)
        if number % 3:
            yield _mail(
                f"b{number:05}",
                "ana@corvus.example",
                ["dana@halden.example"],
                at + timedelta(hours=5),
                "It will be ready on Monday, the review took longer than we planned for.",
                to=f"a{number:05}",
            )


def _on(day: int) -> datetime:
    return datetime(2026, 10, day, 9, 30, tzinfo=UTC)


def _mail(  # noqa: PLR0913 - each argument is one thing that a report shows
    name: str,
    sender: str,
    recipients: list[str],
    at: datetime,
    text: str,
    *,
    to: str = "",
    asks: bool = False,
    chases: bool = False,
    language: str = "en",
) -> tuple[Message, Reading]:
    identity = f"{name}@x"
    answered = (f"{to}@x",) if to else ()
    message = Message(
        id=name.ljust(64, "0"),
        message_id=identity,
        raw_sha256=name.ljust(64, "f"),
        size_bytes=len(text),
        sender=NamedAddress(sender, sender.partition("@")[0].title()),
        recipients=tuple(Recipient(each) for each in recipients),
        subject=f"{'Re: ' if to else ''}Subject {to or name}",
        sent_at=at,
        received_at=at,
        at=at,
        in_reply_to=answered,
        references=answered,
        new_text=text,
        parser_version="parser-1",
    )
    return message, _reading(text, asks=asks, chases=chases, language=language, replies=bool(to))


def _reading(text: str, *, asks: bool, chases: bool, language: str, replies: bool) -> Reading:
    start = len(text) - len(text.lstrip("\n"))
    span = Span(start, len(text), text[start:], "question_you", 0.9)
    spans = (AskSpan(span, AskKind.QUESTION, chaser=chases),) if asks or chases else ()
    substance = len(text.split()) if replies and not chases else 0
    return Reading(
        text_sha256="",
        reader_version="reader-1",
        language=language,
        read=language == "en",
        asks=spans,
        reply=ReplyCues(substance_words=substance),
    )
