"""How programs quote what a message answers or forwards, in plain text and in HTML."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from samples.cast import Group, Party, Person
from samples.script import Mail

_DEPTH = 2
_BAR = "margin:0 0 0 .8ex;border-left:1px #ccc solid"
_RULE = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0"
_LABELS = {
    "en": ("From", "Sent", "To", "Cc", "Subject", "%A, %B %-d, %Y %-I:%M %p"),
    "de": ("Von", "Gesendet", "An", "Cc", "Betreff", "%d.%m.%Y %H:%M"),
}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()  # noqa: SIM905


def plain(mail: Mail, depth: int = _DEPTH) -> str:
    """Give a mail's whole plain text, quotes included, down to a depth."""
    quoted = mail.answering or mail.forwarding
    style = mail.sender.voice.quoting
    if quoted is None or depth == 0 or style == "none" or mail.automatic:
        return mail.text
    older = plain(quoted, depth - 1)
    if style == "inline":
        return _inline(mail, quoted, older)
    if style == "bottom":
        return f"{attribution(mail, quoted)}\n{_marked(older)}\n\n{mail.text}"
    return f"{mail.text}\n{_above(mail, quoted, older)}"


def html(mail: Mail, depth: int = _DEPTH) -> str:
    """Give the inside of a mail's HTML body, quotes included, down to a depth."""
    own = paragraphs(mail.text, mail.sender.voice.program)
    quoted = mail.answering or mail.forwarding
    if quoted is None or depth == 0 or mail.automatic:
        return own
    older = html(quoted, depth - 1)
    if mail.sender.voice.program == "gmail":
        head = escape(attribution(mail, quoted))
        return (
            f'{own}<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{head}<br></div>\n'
            f'<blockquote class="gmail_quote" style="{_BAR}">\n{older}</blockquote></div>\n'
        )
    rows = "<br>\n".join(f"<b>{label}:</b> {escape(value)}" for label, value in block(mail, quoted))
    return f'{own}<div style="{_RULE}">\n<p class="MsoNormal">{rows}</p></div>\n{older}'


def paragraphs(text: str, program: str) -> str:
    """Turn plain paragraphs into HTML ones."""
    tag = '<p class="MsoNormal">' if program == "outlook" else "<div>"
    end = "</p>" if program == "outlook" else "</div><br>"
    parts = [
        "<br>\n".join(escape(line, quote=False) for line in part.splitlines()) for part in text.strip().split("\n\n")
    ]
    return "".join(f"{tag}{part}{end}\n" for part in parts)


def attribution(mail: Mail, quoted: Mail) -> str:
    """Write the line that introduces a quote."""
    at = _local(mail.sender, quoted.at)
    who = f"{quoted.sender.name} <{quoted.address}>"
    if mail.sender.voice.program == "gmail":
        return f"On {_DAYS[at.weekday()]}, {_MONTHS[at.month - 1]} {at.day}, {at.year} at {at:%-I:%M %p} {who} wrote:"
    if mail.sender.voice.dates == "de":
        return f"Am {at:%d.%m.%Y} um {at:%H:%M} schrieb {who}:"
    return f"On {at.day} {_MONTHS[at.month - 1]} {at.year}, at {at:%H:%M}, {who} wrote:"


def block(mail: Mail, quoted: Mail) -> list[tuple[str, str]]:
    """List the field block that Outlook puts above a quote."""
    german = mail.sender.voice.signature == "german" and mail.chance < 0.6
    sender, sent, to, cc, subject, form = _LABELS["de" if german else "en"]
    rows = [
        (sender, f"{shown(quoted.sender)} <{quoted.address}>"),
        (sent, _local(mail.sender, quoted.at).strftime(form)),
        (to, _list(quoted.to)),
    ]
    return [*rows, *([(cc, _list(quoted.cc))] if quoted.cc else []), (subject, quoted.subject)]


def shown(party: Party) -> str:
    """Give the display name of a person or list."""
    return (party.display or party.name) if isinstance(party, Person) else party.name


def _above(mail: Mail, quoted: Mail, older: str) -> str:
    if mail.sender.voice.program == "outlook" or mail.forwarding:
        rows = "\n".join(f"{label}: {value}" for label, value in block(mail, quoted))
        rule = "_" * 32 if mail.chance < 0.5 else "-----Original Message-----" if mail.chance < 0.65 else ""
        return f"{rule}\n{rows}\n\n{older}".lstrip("\n")
    return f"{attribution(mail, quoted)}\n\n{_marked(older)}\n"


def _inline(mail: Mail, quoted: Mail, older: str) -> str:
    parts = _marked(quoted.text.strip() if mail.chance < 0.7 else older).split("\n>\n")
    cut = len(parts) if mail.chance > 0.8 else min(2, len(parts))
    head, tail = "\n>\n".join(parts[:cut]), "\n>\n".join(parts[cut:])
    return f"{attribution(mail, quoted)}\n\n{head}\n\n{mail.text}\n{tail if mail.chance < 0.35 else ''}".rstrip() + "\n"


def _marked(text: str) -> str:
    return "\n".join(f">{'' if line.startswith('>') or not line else ' '}{line}" for line in text.strip().splitlines())


def _list(parties: tuple[Party, ...]) -> str:
    return "; ".join(
        f"{shown(party)} <{party.address}>" if isinstance(party, Group) else shown(party) for party in parties
    )


def _local(reader: Person, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(reader.organisation.worktime.zone))
