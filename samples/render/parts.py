"""MIME parts, written by hand so that every version of Python writes the same bytes."""

import base64
import quopri
import re
from dataclasses import dataclass

from samples.render.invitation import calendar
from samples.render.quoting import html, plain
from samples.script import Attachment, Mail

_LINE = 990
_META = '<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
_FORMAT = f"<html><head>{_META}</head>\n<body{{lang}}>\n{{inside}}</body></html>\n"


@dataclass(frozen=True)
class Part:
    """A part: its header fields and its encoded body, lines ended by a line feed."""

    fields: tuple[tuple[str, str], ...]
    body: str


def body(mail: Mail) -> Part:
    """Build the whole body of a mail."""
    if mail.receipt:
        return _receipt(mail)
    content = _content(mail)
    if not mail.attachments:
        return content
    return multipart("mixed", [content, *map(_attached, mail.attachments)], _boundary(mail, "m"))


def multipart(subtype: str, parts: list[Part], boundary: str, parameters: str = "") -> Part:
    """Join parts."""
    inside = "".join(f"--{boundary}\n{_written(part)}\n" for part in parts)
    return Part(
        (("Content-Type", f'multipart/{subtype}; boundary="{boundary}"{parameters}'),), f"{inside}--{boundary}--\n"
    )


def _content(mail: Mail) -> Part:
    if mail.invitation:
        event = text_part(
            calendar(mail, mail.invitation), "calendar", "utf-8", f"; method={mail.invitation.method}", b64=True
        )
        return multipart("alternative", [text_part(mail.text, "plain", "utf-8"), event], _boundary(mail, "a"))
    voice, automatic = mail.sender.voice, bool(mail.automatic)
    flowed = "; format=flowed" if voice.program == "apple" else ""
    simple = text_part(plain(mail), "plain", voice.charset, flowed)
    if voice.body == "plain" or automatic:
        return simple
    rich = text_part(_page(mail), "html", voice.charset)
    return rich if voice.body == "html" else multipart("alternative", [simple, rich], _boundary(mail, "a"))


def text_part(text: str, subtype: str, charset: str, parameters: str = "", *, b64: bool = False) -> Part:
    """Encode a text: as it is where it is short-lined ASCII, else quoted-printable, else (or if told so) base64."""
    charset = charset if _fits(text, charset) else "utf-8"
    raw = text.encode(charset)
    if b64:
        encoding, encoded = "base64", base64.encodebytes(raw).decode()
    elif (
        text.isascii()
        and max(map(len, text.splitlines()), default=0) < _LINE
        and not re.search(r"^(From |\.$)", text, re.MULTILINE)
    ):
        encoding, encoded, charset = "7bit", text, "us-ascii"
    else:
        encoding = "quoted-printable"
        encoded = re.sub(r"^From ", "=46rom ", quopri.encodestring(raw).decode(), flags=re.MULTILINE)
    return Part(
        (("Content-Type", f'text/{subtype}; charset="{charset}"{parameters}'), ("Content-Transfer-Encoding", encoding)),
        encoded,
    )


def _fits(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _page(mail: Mail) -> str:
    lang = ' lang="EN-GB" link="#0563C1"' if mail.sender.voice.program == "outlook" else ""
    charset = mail.sender.voice.charset
    inside = html(mail)
    return _FORMAT.format(charset=charset if _fits(inside, charset) else "utf-8", lang=lang, inside=inside)


def _attached(attachment: Attachment) -> Part:
    fields = (
        ("Content-Type", f'{attachment.media_type}; name="{attachment.name}"'),
        ("Content-Disposition", f'attachment; filename="{attachment.name}"'),
        ("Content-Transfer-Encoding", "base64"),
    )
    return Part(fields, base64.encodebytes(attachment.content).decode())


def _receipt(mail: Mail) -> Part:
    """A disposition notification (RFC 8098)."""
    asked = mail.answering
    fields = f"Reporting-UA: {mail.sender.organisation.domain}; Mail\nFinal-Recipient: rfc822;{mail.address}\n"
    fields += f"Original-Message-ID: <{asked.id}>\n" if asked else ""
    fields += "Disposition: manual-action/MDN-sent-automatically; displayed\n"
    notification = Part((("Content-Type", "message/disposition-notification"),), fields)
    report = '; report-type="disposition-notification"'
    return multipart("report", [text_part(mail.text, "plain", "utf-8"), notification], _boundary(mail, "r"), report)


def _written(part: Part) -> str:
    return "".join(f"{name}: {value}\n" for name, value in part.fields) + f"\n{part.body}"


def _boundary(mail: Mail, kind: str) -> str:
    token = mail.id.split("@")[0][-20:]
    return f"_000_{kind}{token.replace('=', '')}_"
