"""Judgements as frozen dataclasses: what Liaison derives from facts, always with its grounds.

Judgements can be thrown away and rebuilt. Spans are half-open offsets `[start, end)` into a message's `new_text`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from models.vocabulary import (
    Addressing,
    AskKind,
    EventKind,
    OwnerBasis,
    ReasonCode,
    State,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Words in a message with the rule that found them. `confidence` is in [0, 1]."""

    start: int
    end: int
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class AskSpan:
    """A sentence that asks for something, as far as the words alone show.

    Attributes:
        span: the sentence.
        kind: what it wants.
        names: names the words single out in this sentence or the greeting above it, as written ("Kurt", "Dr. Weber").
        names_rule: which rule found them ("vocative", "greeting", "at_sign", ...), "" where there are none.
        plural: the words speak to several ("team", "all", "folks").
        weak: a courtesy ("let me know if you have questions") that no clock should run for.
        chaser: the words repeat an earlier ask ("any update on", "gentle reminder").
        expectation: an expectation question as metrics.md defines it.
    """

    span: Span
    kind: AskKind
    names: tuple[str, ...] = ()
    names_rule: str = ""
    plural: bool = False
    weak: bool = False
    chaser: bool = False
    expectation: bool = False


@dataclass(frozen=True, slots=True)
class CommitmentSpan:
    """A statement that the writer (`by_name` empty) or a named colleague will do something, perhaps by a date.

    `due_text` is the date expression as written ("by Friday"), "" where there is none.
    """

    span: Span
    by_name: str = ""
    due_text: str = ""


@dataclass(frozen=True, slots=True)
class NamedCue:
    """A cue about who carries something.

    kind: "assignment" ("Dana will take this", "Kurt, can you take this"), "refusal" ("not mine, try Kurt"),
    "handing_on" ("forwarding to QA"), "handoff" ("taking over from", "my last day"), "cover" ("in my absence contact").
    `names` as written; may be empty where the words name nobody.
    """

    kind: str
    span: Span
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyCues:
    """What the words of a reply do, apart from new asks.

    Attributes:
        substance: sentences that state, decide or inform (number of words in them stands in `substance_words`).
        acknowledges: "thanks, received", "will look into it" without substance.
        thanks_only: nothing but thanks or courtesy.
        declines: "we cannot", "not going to".
        withdraws: "never mind", "please disregard my question", "solved".
        closes: the asker says it is solved or done ("that works, thanks").
        rework: correction or resend cues.
        proactive: information, warning or proposal offered unasked.
    """

    substance_words: int = 0
    acknowledges: Span | None = None
    thanks_only: bool = False
    declines: Span | None = None
    withdraws: Span | None = None
    closes: Span | None = None
    rework: Span | None = None
    proactive: Span | None = None


@dataclass(frozen=True, slots=True)
class TopicSpan:
    """A topic of topics.yaml with the words that mark it."""

    topic: str
    span: Span


@dataclass(frozen=True, slots=True)
class NameMention:
    """A person named in the words: `role` is "greeting", "vocative", "at_sign", "sign_off" or "mention"."""

    name: str
    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What the language pipeline saw in one new text; the same text always has the same reading.

    `text_sha256` is that of the UTF-8 new text. `language` is an ISO 639-1 code, "und" where undecided.
    `read` is False where the language is not one that Liaison reads, or where reading failed and `problem` says
    why: all tuples are then empty.
    """

    text_sha256: str
    reader_version: str
    language: str = "en"
    read: bool = True
    asks: tuple[AskSpan, ...] = ()
    commitments: tuple[CommitmentSpan, ...] = ()
    cues: tuple[NamedCue, ...] = ()
    reply: ReplyCues = ReplyCues()
    topics: tuple[TopicSpan, ...] = ()
    names: tuple[NameMention, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation: its messages' ids in time order; `id` is the first message's id."""

    id: str
    subject: str
    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A person or a group behind one or more addresses.

    Attributes:
        id: the canonical (first configured, else alphabetically first) address.
        name: best display name, "" where none was seen.
        addresses: all addresses, sorted.
        organisation: organisation id; a bare registered domain for an organisation nobody configured;
            "" for free-mail addresses of nobody's company.
        is_group: a distribution list, role mailbox or mailing list.
        size: members of a group where known, else None; 1 for a person.
        basis: how organisation and person were resolved ("configured", "domain", "display_name", "free_mail").
    """

    id: str
    name: str
    addresses: tuple[str, ...]
    organisation: str
    is_group: bool = False
    size: int | None = 1
    basis: str = "domain"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement comes from: a message, the words in it (None: the header fields), rule, confidence."""

    message_id: str
    rule: str
    confidence: float
    start: int | None = None
    end: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class AskEvent:
    """Something that happened to an ask. `person` is a Party.id ("" where unresolved; then `detail` says so)."""

    kind: EventKind
    at: datetime
    message_id: str
    person: str
    evidence: Evidence
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Duration:
    """A clock's length: an amount of "BD" (business days), "CD" (calendar days) or "h" (hours on the wall)."""

    amount: float
    unit: str

    def __str__(self) -> str:
        return f"{self.amount:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Clock:
    """The time within which an ask must be acknowledged and answered, and where that is written.

    `clause` is the clause id, "" for a default; `source` its text or the default's source. `silence` is the time after
    which silence has the contractual effect `silence_means`; None where it has none.
    """

    topic: str
    ack: Duration
    answer: Duration
    source: str
    clause: str = ""
    silence: Duration | None = None
    silence_means: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask of one organisation's person to another organisation (or inside one), with all that happened to it.

    `events` are in time order and begin with ASKED. `obliged` is an organisation id ("" unknown). `relationship`
    is None for asks inside one company and for companies without a configured relationship.
    """

    id: str
    thread_id: str
    message_id: str
    start: int
    end: int
    quote: str
    kind: AskKind
    topic: str
    asker: str
    asking: str
    obliged: str
    relationship: str | None
    addressing: Addressing
    addressees: tuple[str, ...]
    fan_out: int
    fan_out_exact: bool
    cc_only: bool
    clock: Clock
    asked_at: datetime
    rule: str
    confidence: float
    expectation: bool
    events: tuple[AskEvent, ...]

    @property
    def internal(self) -> bool:
        """Asked inside one company."""
        return bool(self.asking) and self.asking == self.obliged


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an ask is where it is; `count` is the n of FAN_OUT(n) and CHASED(n), else None."""

    code: ReasonCode
    evidence: Evidence
    count: int | None = None

    def __str__(self) -> str:
        return self.code.value if self.count is None else f"{self.code.value}({self.count})"


@dataclass(frozen=True, slots=True)
class Judgement:
    """An ask as of a moment.

    Attributes:
        owner: Party.id, None where nobody owns it.
        owner_evidence: None exactly where `owner` is None.
        late: open and past its answer deadline.
        acknowledged_at, answered_at: None where it did not happen up to `as_of`.
        ack_due, answer_due: deadlines in the obliged side's time; `silence_due` where silence binds.
        age_hours: business hours of the obliged side from the ask to closing or `as_of`; `wall_hours` on the wall.
        ack_hours, answer_hours: business hours to acknowledgement and answer, paused while the last word was a
            question back; where it did not happen, the time at risk so far (right-censored).
        clock_share: age over the answer clock, for ordering.
        suggested_owner: Party.id or None; `suggestion` says why in words.
    """

    ask: Ask
    as_of: datetime
    state: State
    owner: str | None
    owner_basis: OwnerBasis
    owner_evidence: Evidence | None
    late: bool
    reasons: tuple[Reason, ...]
    acknowledged_at: datetime | None
    answered_at: datetime | None
    answered_by: str | None
    closed_at: datetime | None
    ack_due: datetime
    answer_due: datetime
    silence_due: datetime | None
    age_hours: float
    wall_hours: float
    ack_hours: float
    answer_hours: float
    clock_share: float
    chasers: int
    suggested_owner: str | None = None
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class KeptJudgements:
    """What the store keeps of the last derivation: all of it is of one moment and one version of the rules."""

    as_of: datetime
    rules_version: str
    threads: tuple[Thread, ...]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise in a thread: who, in which words, due when (None: no date said)."""

    thread_id: str
    message_id: str
    by: str
    span: Span
    made_at: datetime
    due_on: date | None


@dataclass(frozen=True, slots=True)
class MetricFill:
    """One interval of one metric in the fill ledger.

    Attributes:
        metric: declared name, "time_to_answer:relationship:month".
        relationship: relationship id, "" for a figure over all of them.
        direction: "client->cmo", "cmo->client", "" for both together.
        period_start, period_end: half-open interval of days, UTC.
        version: what the values depend on (code, rules, inputs); a DONE fill of another version is out of date.
    """

    metric: str
    relationship: str
    direction: str
    period_start: date
    period_end: date
    version: str


@dataclass(frozen=True, slots=True)
class MetricValue:
    """One figure of one filled interval: `value` is None where it is not defined; `n` is what it was computed from."""

    metric: str
    relationship: str
    direction: str
    period_start: date
    period_end: date
    name: str
    value: float | None
    n: int
