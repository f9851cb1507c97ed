"""One MIME part: its bytes, its name, its declared character set, whether it is attached."""

import hashlib
from collections.abc import Iterator
from email.message import Message as MimeMessage
from typing import Any

from mailparser.utils import decode_header_part

from ingest.mime.excision import Excised, digest, from_base64, is_base64
from models.records import Attachment
from models.storable_text import storable


def children(part: MimeMessage) -> Iterator[MimeMessage]:
    """The parts of a part that has any."""
    payload: Any = part.get_payload()
    if isinstance(payload, list):
        yield from payload


def is_attached(part: MimeMessage) -> bool:
    """Whether it is to be saved and not to be read; a multipart is what its parts are."""
    if part.is_multipart() and not part.get_content_type().startswith("message/"):
        return False
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def file_name(part: MimeMessage) -> str:
    """What the sender called it, decoded, on one line."""
    return storable(" ".join(decode_header_part(str(part.get_filename() or "")).split()))[:255]


def charset(part: MimeMessage) -> str:
    """The declared character set, "" where there is none."""
    try:
        found = part.get_content_charset()
    except (LookupError, ValueError):
        # RFC 2231 parameters in a character set that does not exist
        return ""
    return str(found or "")


def transfer_encoding(part: MimeMessage) -> str:
    """Content-Transfer-Encoding in lower case, without the comment, quotes or white space that some programs add."""
    return str(part.get("content-transfer-encoding", "")).partition("(")[0].strip("\"'; \t\n").lower()[:40]


def content(part: MimeMessage, excised: Excised, most: int | None = None) -> bytes:
    """Its bytes without transfer encoding, of messages as they stand; made from no more than `most` bytes."""
    if part.is_multipart():
        return excised.restore(b"".join(child.as_bytes() for child in children(part)), most)
    raw = _octets(part)
    if transfer_encoding(part) == "base64":
        whole = excised.restore(raw, most)
        return from_base64(whole) if is_base64(whole) else whole
    long = (excised.prefix and excised.prefix in raw) or (most is not None and len(raw) > most)
    if long or str(part.get("content-transfer-encoding", "")).lower() != transfer_encoding(part):
        body = excised.restore(raw, most)
        part = _with_body(part, _whole_quads(part, body) if len(body) == most else body)
    decoded: Any = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def encoded_size(part: MimeMessage, excised: Excised) -> int:
    """Length of its body with transfer encoding."""
    return sum(len(piece) for piece in excised.pieces(_octets(part)))


def attachment(part: MimeMessage, excised: Excised) -> Attachment:
    """Its metadata; a long one is looked through piece by piece."""
    size, sha256 = _digest(part, excised)
    return Attachment(file_name(part), storable(part.get_content_type())[:127], size, sha256)


def _digest(part: MimeMessage, excised: Excised) -> tuple[int, str]:
    encoding = transfer_encoding(part)
    if excised.prefix and (part.is_multipart() or encoding in ("", "7bit", "8bit", "binary", "base64")):
        raw = b"".join(child.as_bytes() for child in children(part)) if part.is_multipart() else _octets(part)
        if excised.prefix in raw:
            decodes = encoding == "base64" and not part.is_multipart() and is_base64(raw)
            return digest(excised.pieces(raw), encoding if decodes else "")
    whole = content(part, excised)
    return len(whole), hashlib.sha256(whole).hexdigest()


def _octets(part: MimeMessage) -> bytes:
    """Its body with transfer encoding; get_payload() would decode it with whatever character set is declared."""
    payload = vars(part).get("_payload")
    return payload.encode("ascii", "surrogateescape") if isinstance(payload, str) else b""


def _whole_quads(part: MimeMessage, cut: bytes) -> bytes:
    """Base64 that was cut off, up to its last group of four: the standard library gives up where one letter is left."""
    if str(part.get("content-transfer-encoding", "")).strip().lower() != "base64":
        return cut
    letters = b"".join(cut.split())
    return letters[: len(letters) // 4 * 4]


def _with_body(part: MimeMessage, body: bytes) -> MimeMessage:
    """The part with another body, transfer encoding included."""
    other = MimeMessage()
    other["Content-Transfer-Encoding"] = transfer_encoding(part)
    other.set_payload(body.decode("ascii", "surrogateescape"))
    return other
