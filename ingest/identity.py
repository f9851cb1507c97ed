"""What makes a mail the same mail: copies in other folders, mailboxes, or under another Message-ID."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from ingest.words.list_footers import without_list_footer
from models.records import Meeting
from models.vocabulary import MeetingSource

_REPLY_PREFIX = re.compile(
    r"^\s*(?:\[[^\[\]]{1,60}\]\s*|(?:re|fwd?|aw|wg|antw|sv|vs|tr|rif|r|i|rv|enc|odp|ynt|回复|答复"
    r"|转发)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：])",
    re.IGNORECASE,
)
_TNEF_NAME = re.compile(r"^[ \t]{0,9}-[ \t]{1,9}winmail\.dat[ \t]{0,9}$", re.MULTILINE)


def subject_core(subject: str) -> str:
    """The subject without reply and forward prefixes and lists' tags ("[tech]"), white space folded, lower case."""
    rest = subject
    while match := _REPLY_PREFIX.match(rest):
        rest = rest[match.end() :]
    return " ".join((rest.strip() or subject).split()).casefold()


def message_identity(  # noqa: PLR0913  # each is one ingredient
    *,
    sender: str,
    to: Iterable[str] = (),
    sent_at: datetime | None,
    subject: str,
    body_text: str,
    attachments: Iterable[str],
    meetings: Iterable[Meeting] = (),
    undated: str,
) -> str:
    """SHA-256 (hex) over sender, To, Date instant, subject core, folded body without footer, attachments, meetings.

    Args:
        sender: address of the author.
        to: addresses of the To field. The same words sent to two companies in one second (a mail merge) are two mails.
            Cc is left out, since mailing lists take people out of it, and so is what only an envelope tells.
        sent_at: the Date header field.
        subject: decoded.
        body_text: the readable text.
        attachments: their SHA-256.
        meetings: what it says of meetings. A calendar program cancels a series and its exceptions within one second and
            in the same words: only the calendar part tells these mails apart.
        undated: what stands in for the instant of a message without a Date; its Message-ID, else its raw hash.
    """
    body = " ".join(_without_tnef_name(without_list_footer(body_text)).split())
    moment = sent_at.isoformat() if sent_at else undated
    ingredients = (
        *(sender, ",".join(sorted(set(to))), moment, subject_core(subject), body),
        *(*sorted(attachments), *sorted(_events(meetings))),
    )
    digest = hashlib.sha256()
    for ingredient in ingredients:
        digest.update(ingredient.encode("utf-8", "surrogatepass") + b"\x00")
    return digest.hexdigest()


def _without_tnef_name(text: str) -> str:
    """Without the name of Outlook's wrapper, which some programs write below the recipient's copy only."""
    return _TNEF_NAME.sub("", text) if "winmail.dat" in text else text


def _events(meetings: Iterable[Meeting]) -> Iterator[str]:
    """What tells one calendar part from another one; gateways may rewrite the rest of it for each recipient."""
    for meeting in meetings:
        if meeting.source is MeetingSource.CALENDAR:
            occurrence = meeting.recurrence_id.isoformat() if meeting.recurrence_id else ""
            yield f"meeting {meeting.method} {meeting.uid} {meeting.sequence} {occurrence}"
