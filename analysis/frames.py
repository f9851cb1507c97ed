"""The tables that measures are computed from, with each column's type, unit and meaning.

Only what passes between the two companies of a configured relationship stands in them; `analysis.asks_frame`
and `analysis.messages_frame` fill them.
"""

from enum import StrEnum
from typing import Protocol

from analysis.frame_declaration import COUNT, FLAG, MOMENT, NUMBER, TEXT, Column, FrameDeclaration
from models.companies import Relationship
from models.judgements import Party
from models.vocabulary import Role


class Direction(StrEnum):
    """Who speaks to whom in a relationship: for asks, from the asking to the obliged side."""

    TO_CMO = "client->cmo"
    TO_CLIENT = "cmo->client"

    @property
    def back(self) -> "Direction":
        """The other direction."""
        return Direction.TO_CLIENT if self is Direction.TO_CMO else Direction.TO_CMO

    @property
    def obliged(self) -> Role:
        """The role of the receiving, obliged side."""
        return Role.CMO if self is Direction.TO_CMO else Role.CLIENT

    def ends(self, relationship: Relationship) -> tuple[str, str]:
        """Return the organisation ids of the speaking and the receiving side."""
        ends = (relationship.client, relationship.cmo)
        return ends if self is Direction.TO_CMO else ends[::-1]


class PartyBook(Protocol):
    """Whoever knows the party behind an address; never fails."""

    def party(self, address: str) -> Party:
        """Return the party of an address or of a Party.id."""


ASKS = FrameDeclaration(
    "asks",
    key=("id",),
    order=("asked_at", "id"),
    columns=(
        Column("id", TEXT, "Ask.id", "one row per ask between the two companies of a relationship"),
        Column("thread_id", TEXT, "Thread.id", "conversation"),
        Column("relationship", TEXT, "Relationship.id", "relationship"),
        Column("direction", TEXT, "Direction", "from the asking to the obliged side"),
        Column("asker", TEXT, "Party.id", "who asked"),
        Column("topic", TEXT, "topics.yaml", "topic"),
        Column("fan_out", COUNT, "persons", "people of the obliged side who received the ask"),
        Column("fan_out_exact", FLAG, "", "no group of unknown size among them"),
        Column("asked_at", MOMENT, "UTC", "when it was asked"),
        Column(
            "acknowledged_at",
            MOMENT,
            "UTC",
            "first acknowledgement, empty where there is none",
            nullable=True,
        ),
        Column("answered_at", MOMENT, "UTC", "first substantive answer, empty where there is none", nullable=True),
        Column("ack_due", MOMENT, "UTC", "end of the acknowledgement clock"),
        Column("answer_due", MOMENT, "UTC", "end of the answer clock"),
        Column("ack_hours", NUMBER, "business hours", "time to acknowledgement, or time watched without one"),
        Column("answer_hours", NUMBER, "business hours", "time to answer, or time watched without one"),
        Column("ack_wall_hours", NUMBER, "hours", "the same on the wall clock, pauses included"),
        Column("answer_wall_hours", NUMBER, "hours", "the same on the wall clock, pauses included"),
        Column("ack_ran_out", FLAG, "", "old enough for its acknowledgement clock to have run out"),
        Column("answer_ran_out", FLAG, "", "old enough for its answer clock to have run out"),
        Column("open", FLAG, "", "nobody has closed it"),
        Column("state", TEXT, "State", "state as of the moment"),
        Column("owned_at_ack_due", FLAG, "", "somebody owned it when its acknowledgement clock ran out"),
        Column("answerers", COUNT, "persons", "different people of the obliged side who answered"),
        Column(
            "first_answerer",
            TEXT,
            "Party.id",
            "who of the obliged side answered first; no role mailbox",
            nullable=True,
        ),
    ),
)
"""Asks between the two companies of a relationship, as of one moment."""

MESSAGES = FrameDeclaration(
    "messages",
    key=("id", "relationship"),
    order=("at", "id", "relationship"),
    columns=(
        Column("id", TEXT, "Message.id", "a message to several partners has a row for each"),
        Column("thread_id", TEXT, "Thread.id", "conversation"),
        Column("relationship", TEXT, "Relationship.id", "relationship"),
        Column("direction", TEXT, "Direction", "from the sender's to the receiving side"),
        Column("at", MOMENT, "UTC", "when it was sent"),
        Column("sender", TEXT, "Party.id", "who sent it"),
        Column("sender_is_person", FLAG, "", "a person, not a role mailbox or list"),
        Column("recipients", COUNT, "parties", "people and groups of the other side among its recipients"),
    ),
)
"""Messages that people of one company of a relationship wrote to the other."""
