"""What makes a mail the same mail: copies in other folders, mailboxes, or under another Message-ID."""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime

from ingest.list_footers import without_list_footer

_REPLY_PREFIX = re.compile(
    r"^\s*(?:\[[^\[\]]{1,60}\]\s*|(?:re|fwd?|aw|wg|antw|sv|vs|tr|rif|r|i|rv|enc|odp|ynt|回复|答复"
    r"|转发)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：])",
    re.IGNORECASE,
)


def subject_core(subject: str) -> str:
    """The subject without reply and forward prefixes and lists' tags ("[tech]"), white space folded, lower case."""
    rest = subject
    while match := _REPLY_PREFIX.match(rest):
        rest = rest[match.end() :]
    return " ".join((rest.strip() or subject).split()).casefold()


def message_identity(  # each is one ingredient
    *,
    sender: str,
    sent_at: datetime | None,
    subject: str,
    body_text: str,
    attachments: Iterable[str],
    undated: str,
) -> str:
    """SHA-256 (hex) over sender, Date instant, subject core, folded body without list footer, attachments' hashes.

    Args:
        sender: address of the author.
        sent_at: the Date header field.
        subject: decoded.
        body_text: the readable text.
        attachments: their SHA-256.
        undated: what stands in for the instant of a message without a Date; its Message-ID, else its raw hash.
    """
    body = " ".join(without_list_footer(body_text).split())
    moment = sent_at.isoformat() if sent_at else undated
    ingredients = (sender, moment, subject_core(subject), body, *sorted(attachments))
    digest = hashlib.sha256()
    for ingredient in ingredients:
        digest.update(ingredient.encode("utf-8", "surrogatepass") + b"\x00")
    return digest.hexdigest()
