"""winmail.dat inside a mail: what is in it takes its place among the MIME parts."""

import email
from email.message import Message as MimeMessage

from ingest.mime import parts
from ingest.mime.excision import Excised
from ingest.outlook.mime import write_body
from ingest.outlook.tnef import is_tnef, read_tnef
from models.records import Attachment

_KINDS = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_NAME = "winmail.dat"
_TEXT_KINDS = frozenset({"text/plain", "text/html"})
_MOST_GRAFTS = 10


def graft_winmail(mime: MimeMessage, excised: Excised) -> tuple[Attachment, ...]:
    """Put the calendar and attached mails of each winmail.dat in its place, and its text where the mail has none.

    Returns:
        The files that were in it.
    """
    found = [part for part in mime.walk() if _is_winmail(part)][:_MOST_GRAFTS]
    has_text = bool(found) and any(_says_something(part, excised) for part in mime.walk())
    return tuple(file for part in found for file in _graft(part, excised, with_text=not has_text))


def _is_winmail(part: MimeMessage) -> bool:
    if part.is_multipart():
        return False
    kind = part.get_content_type()
    return kind in _KINDS or (kind.startswith("application/") and parts.file_name(part).lower() == _NAME)


def _says_something(part: MimeMessage, excised: Excised) -> bool:
    if part.get_content_type() not in _TEXT_KINDS or parts.is_attached(part):
        return False
    return bool(parts.content(part, excised, 1000).strip())


def _graft(part: MimeMessage, excised: Excised, *, with_text: bool) -> tuple[Attachment, ...]:
    content = parts.content(part, excised)
    if not is_tnef(content):
        return ()
    written = write_body(read_tnef(content), with_text=with_text)
    grafted = email.message_from_bytes(written.mime)
    for field in ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition"):
        del part[field]
    part["Content-Type"] = grafted["Content-Type"]
    part.set_payload(grafted.get_payload())
    return written.attachments
