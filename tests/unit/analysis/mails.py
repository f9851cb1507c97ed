"""Messages in few words, for tests of what is derived from header fields."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from models.records import Message, NamedAddress, Recipient
from models.vocabulary import RecipientKind

START = datetime(2024, 3, 4, 9, tzinfo=UTC)


def mail(  # noqa: PLR0913 - a message has many header fields
    name: str,
    *,
    sender: str = "dana@halden.example",
    to: str = "ana@corvus.example",
    cc: str = "",
    reached: Mapping[str, str] = {},
    subject: str = "Batch 12",
    hours: float = 0,
    references: str = "",
    in_reply_to: str = "",
    list_id: str = "",
    thread_index: str = "",
    message_id: str | None = None,
) -> Message:
    """A message whose id and Message-ID come from `name`; lists are words, "Ana_Ruiz=ana@x" gives a display name.

    `reached` gives, for a group's address, the members that a journal envelope shows.
    """
    at = START + timedelta(hours=hours)
    recipients = _recipients(to, RecipientKind.TO) + _recipients(cc, RecipientKind.CC)
    for group, members in reached.items():
        recipients += tuple(replace(member, via=group) for member in _recipients(members, RecipientKind.TO))
    writer = _recipients(sender, RecipientKind.TO)[0]
    return Message(
        id=name,
        message_id=f"{name}@mail" if message_id is None else message_id,
        raw_sha256="",
        size_bytes=0,
        sender=NamedAddress(writer.address, writer.display_name),
        recipients=recipients,
        subject=subject,
        sent_at=at,
        received_at=None,
        at=at,
        references=tuple(f"{each}@mail" for each in references.split()),
        in_reply_to=tuple(f"{each}@mail" for each in in_reply_to.split()),
        list_id=list_id,
        thread_index=thread_index,
    )


def _recipients(words: str, kind: RecipientKind) -> tuple[Recipient, ...]:
    pairs = (word.rpartition("=") for word in words.split())
    return tuple(Recipient(address, name.replace("_", " "), kind) for name, _, address in pairs)
