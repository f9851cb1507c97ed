"""Why copies of mail are not among the messages: the codes that the ledger's reasons begin with, in words."""

import re

_CODE = re.compile(r"[^:; ]{0,100}")

GONE = "gone"

REASONS = {
    "too_large": "larger than Liaison reads; look at it in the mailbox itself",
    "empty": "no bytes, or nothing but white space",
    "unreadable": "the parser gave up on it; its bytes are kept",
    "no_date": "neither the message nor the mailbox says when it was sent",
    "nested_too_deep": "MIME parts inside one another beyond the bound, as attacks have them",
    "too_many_parts": "more MIME parts than the bound, as attacks have them",
    "mime_fields_too_long": "Content fields longer than the bound, as attacks have them",
    "refused": "the mailbox lists it and does not hand it out; each poll asks again, five times",
    "no_mail": "a file that lies among messages and is none; a .pst must be exported to .eml or .msg first",
    "outlook_unreadable": "an Outlook message whose container is broken; its bytes are kept",
    "journal_message_missing": "a journal report without the message it reports on",
    "journal_message_unreadable": "a journal report whose message cannot be read; its bytes are kept",
    "journal_nested_too_deep": "journal reports inside one another beyond the bound, as attacks have them",
    GONE: "deleted in the mailbox between listing and fetching; nothing is left to read",
    "organisations": "neither from nor to a configured organisation",
    "before": "before the first day that is kept",
    "after": "after the last day that is kept",
}


def reason_code(reason: str) -> str:
    """The code that a reason begins with: "too_large" of "too_large: 53000 bytes", "before" of "before 2024-01-01"."""
    return _CODE.match(reason)[0]  # type: ignore[index]  # the pattern matches every text


def in_words(reason: str) -> str:
    """What a reason means, "" where its code is not known."""
    return REASONS.get(reason_code(reason), "")
