"""Builders of records for the store's tests: everything plausible, each test names what matters to it."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from models.judgements import Ask, AskEvent, Clock, Duration, Evidence, Judgement, Reason
from models.polls import Arrival, LedgerKey
from models.records import Attachment, Message, NamedAddress, ParsedMail, Problem, Recipient
from models.store import Store
from models.vocabulary import (
    Addressing,
    AskKind,
    AutoKind,
    EventKind,
    OwnerBasis,
    ReasonCode,
    RecipientKind,
    State,
)

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


def message_id(number: int) -> str:
    """A Message.id."""
    return sha256(str(number).encode()).hexdigest()


def make_message(number: int = 1, **changes: Any) -> Message:
    """A message, an hour later for every number."""
    at = NOON + timedelta(hours=number)
    fields: dict[str, Any] = {
        "id": message_id(number),
        "message_id": f"m{number}@halden.example",
        "raw_sha256": sha256(b"raw").hexdigest(),
        "size_bytes": 1234,
        "sender": NamedAddress("dana.cole@halden.example", "Dana Cole"),
        "recipients": (
            Recipient("ana.ruiz@corvus.example", "Ana Ruiz"),
            Recipient("quality@corvus.example", kind=RecipientKind.CC),
        ),
        "subject": f"Batch {number}",
        "sent_at": at,
        "received_at": None,
        "at": at,
        "in_reply_to": ("m0@halden.example",),
        "references": ("m0@halden.example", "other@corvus.example"),
        "body_text": f"Dear Ana,\nwhere is batch {number}?\n-- \nDana\n> old",
        "new_text": f"Dear Ana,\nwhere is batch {number}?",
        "signature": "Dana",
        "auto": AutoKind.NONE,
        "list_id": "quality.corvus.example",
        "has_html": True,
        "attachments": (Attachment("coa.pdf", "application/pdf", 99, sha256(b"coa").hexdigest()),),
        "problems": (Problem("odd_date", "Mon, 99"),),
        "parser_version": "1",
    }
    return Message(**(fields | changes))


def make_key(uid: int = 1, account: str = "journal", folder: str = "INBOX", uidvalidity: int = 7) -> LedgerKey:
    """A ledger key."""
    return LedgerKey(account, folder, uidvalidity, uid)


def make_arrival(uid: int, message: Message | None, raw: bytes = b"Subject: x\r\n\r\nbytes") -> Arrival:
    """A copy of a message, or (None) one that the parser refused."""
    problems = () if message else (Problem("no_date", "nowhere a date"), Problem("empty"))
    return Arrival(make_key(uid), raw, ParsedMail(message, problems), internal_at=NOON)


def start_run(store: Store) -> int:
    """An open run."""
    return store.start_run("ingest", NOON, None, "c0ffee")


def record(store: Store, *messages: Message) -> None:
    """Store messages under the next UIDs of one folder."""
    known = sum(store.outcomes().values())
    arrivals = [make_arrival(known + place, message) for place, message in enumerate(messages, 1)]
    store.record_messages(start_run(store), arrivals)


def make_judgement() -> Judgement:
    """An ask of message 1 that nobody owns."""
    evidence = Evidence(message_id(1), "wh_question", 0.9, 10, 27, "where is batch 1?")
    ask = Ask(
        id=f"{message_id(1)}:10",
        thread_id=message_id(1),
        message_id=message_id(1),
        start=10,
        end=27,
        quote=evidence.quote,
        kind=AskKind.QUESTION,
        topic="release",
        asker="dana.cole@halden.example",
        asking="halden",
        obliged="corvus",
        relationship="halden-corvus",
        addressing=Addressing.GROUP,
        addressees=("quality@corvus.example",),
        fan_out=14,
        fan_out_exact=True,
        cc_only=False,
        clock=Clock("release", Duration(1, "BD"), Duration(5, "BD"), "default"),
        asked_at=NOON,
        rule=evidence.rule,
        confidence=evidence.confidence,
        expectation=False,
        events=(AskEvent(EventKind.ASKED, NOON, message_id(1), "dana.cole@halden.example", evidence),),
    )
    return Judgement(
        ask=ask,
        as_of=NOON,
        state=State.WATCH,
        owner=None,
        owner_basis=OwnerBasis.NONE,
        owner_evidence=None,
        late=False,
        reasons=(Reason(ReasonCode.FAN_OUT, evidence, 14),),
        acknowledged_at=None,
        answered_at=None,
        answered_by=None,
        closed_at=None,
        ack_due=NOON + timedelta(days=1),
        answer_due=NOON + timedelta(days=5),
        silence_due=None,
        age_hours=0.0,
        wall_hours=0.0,
        ack_hours=0.0,
        answer_hours=0.0,
        clock_share=0.0,
        chasers=0,
    )
