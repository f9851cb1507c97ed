"""Recipients that only some copies of a message show: Bcc in a person's own copy, the envelope of a journal.

To and Cc of the header section are those of the copy that was stored first. What other copies show beyond them is
added beside it, and told in an order that does not depend on which copy came first.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select, update

from models.records import Message, Recipient
from models.rows import chunks, grouped, insert_all, row_of
from models.schema import messages, recipients
from models.vocabulary import RecipientKind

NAMES = ("kind", "address", "display_name", "via")
_HEADER = (RecipientKind.TO, RecipientKind.CC)
_ORDER = {kind: place for place, kind in enumerate(RecipientKind)}


def told(shown: Iterable[Recipient]) -> tuple[Recipient, ...]:
    """A message's recipients: those of To and Cc as they stand, then the others, each once and sorted.

    One that only the envelope names is left out where a header field names the same address.
    """
    shown = tuple(shown)
    header = tuple(recipient for recipient in shown if not _is_extra(recipient))
    named = {recipient.address for recipient in shown if recipient.kind is not RecipientKind.ENVELOPE}
    extras: dict[tuple[int, str, str], Recipient] = {}
    for recipient in filter(_is_extra, shown):
        if recipient.kind is RecipientKind.ENVELOPE and not recipient.via and recipient.address in named:
            continue
        place = (_ORDER[recipient.kind], recipient.address, recipient.via)
        extras[place] = max(extras.get(place, recipient), recipient, key=_fullness)
    return header + tuple(extras[place] for place in sorted(extras))


def add(connection: Connection, copies: Mapping[str, Sequence[Message]]) -> None:
    """Add to stored messages what their copies show beyond them.

    Args:
        connection: of the transaction that stored the messages.
        copies: Message.id -> copies as they were parsed.
    """
    telling = sorted(stored for stored, some in copies.items() if any(map(_tells_more, some)))
    for some in chunks(telling):
        query = select(recipients).where(recipients.c.message_id.in_(some))
        there = grouped(connection, query.order_by(recipients.c.message_id, recipients.c.position), "message_id")
        for stored in some:
            known = [Recipient(row.address, row.display_name, row.kind, row.via) for row in there.get(stored, ())]
            rows = recipient_rows(stored, _beyond(known, copies[stored]), len(known))
            insert_all(connection, recipients, rows)
    _mark_journaled(connection, [stored for stored, some in copies.items() if any(copy.journaled for copy in some)])


def recipient_rows(message_id: str, some: Iterable[Recipient], first: int = 0) -> list[dict[str, object]]:
    """Rows of recipients, in positions from `first` on."""
    own = [row_of(recipient, NAMES) for recipient in some]
    return [{"message_id": message_id, "position": position, **row} for position, row in enumerate(own, first)]


def _is_extra(recipient: Recipient) -> bool:
    return recipient.kind not in _HEADER or recipient.via != ""


def _tells_more(copy: Message) -> bool:
    return copy.journaled or any(map(_is_extra, copy.recipients))


def _beyond(known: Sequence[Recipient], copies: Iterable[Message]) -> list[Recipient]:
    """What the copies show beyond what is known; To and Cc only of a journal report that names somebody else."""
    there = list(known)
    for copy in copies:
        named = {recipient.address for recipient in there} if copy.journaled else None
        for recipient in (Recipient(**row_of(shown, NAMES)) for shown in copy.recipients):
            wanted = _is_extra(recipient) or (named is not None and recipient.address not in named)
            if wanted and recipient not in there:
                there.append(recipient)
    return there[len(known) :]


def _fullness(recipient: Recipient) -> tuple[int, str]:
    return len(recipient.display_name), recipient.display_name


def _mark_journaled(connection: Connection, ids: Sequence[str]) -> None:
    for some in chunks(sorted(ids)):
        connection.execute(
            update(messages).where(messages.c.id.in_(some), messages.c.journaled.is_(False)).values(journaled=True)
        )
