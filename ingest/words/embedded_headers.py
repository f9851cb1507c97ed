# ruff: noqa: RUF001  # the words of other languages have letters that look like ours
"""What stands above an earlier mail inside another one: sender, date, recipients, subject."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from ingest.words.quote_patterns import FIELD_LINE, FROM_LINE, LOTUS_STAMP, SEPARATOR, WROTE
from ingest.words.written_dates import WrittenDate, read_written_date
from models.records import NamedAddress

_DATE = (
    r"sent|date|gesendet|datum|envoyé|enviad[oa](?: e[lm])?|fecha|inviato|data|skickat|sendt|dato|verzonden|wysłano"
    r"|отправлено|дата|надіслано|发送时间|日期|寄件日期|傳送時間"
    r"|送信日時|lähetetty|odesláno|message du|envoyé le|le|보낸 날짜|gönderilen"
    r"|elküldve"
)
_TO = r"to|an|à|para|a|till|til|aan|do|кому|收件人|收件者|宛先|vastaanottaja|komu|받는 사람|kime|címzett"
_SUBJECT = (
    r"subject|betreff|objet|sujet|asunto|oggetto|assunto|ämne|emne|onderwerp|temat|тема|主题|主旨|主題|件名|aihe|předmět|제목"
    r"|konu"
    r"|tárgy"
)
_FROM = (
    r"from|von|de|da|från|fra|van|od|от|від|发件人|寄件者|寄件人|差出人|보낸 사람|lähettäjä|kimden|feladó|odesílatel"
)
_FIELD = re.compile(
    rf"^[\s*_|]{{0,12}}(?:(?P<date>{_DATE})|(?P<to>{_TO})|(?P<subject>{_SUBJECT})|(?P<sender>{_FROM})"
    r"|(?P<other>[^\W\d_][^:：]{0,25}))\s{0,2}\*{0,2}\s?[:：]\*{0,2}\s{0,40}(?P<value>.*)$",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"^\W{0,12}(?:from|sent|date|to|cc|bcc|subject|on|at)\b", re.IGNORECASE)
_ENGLISH_VERB = re.compile(r"\b(?:wrote|writes|said)\b", re.IGNORECASE)
_FORWARDS = re.compile(
    r"forward|weitergeleitet|transf[eé]r|réexpédi|inoltrat|reenviad|encaminhad|doorgestuurd|przekazan|пересыл|转发"
    r"|videresen"
    r"|vidarebefordra|inline attachment",
    re.IGNORECASE,
)
FORWARD_SUBJECT = re.compile(
    r"^\s{0,3}(?:fwd?|wg|tr|rv|i|enc|doorst|vs|vb|pd|fs|videresendt|轉寄|转发)\s?[:：]", re.IGNORECASE
)
_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:|*]{1,64}@[^\s<>()\[\]\"',;:|*]{1,255}\b")
_AGENCY = "on behalf of"
_APART = re.compile(r"[\0<>\[\]()\"]|mailto:|,\s(?=\0)")
_JOINING = re.compile(
    r"^(?:on|at|in|am|um|uhr|le|à|el|a|las|la|il|giorno|alle|ore|op|om|den|kl|klo|em|às|w|dniu|dnia|o|godz"
    r"|użytkownik|user|from"
    r"|von|van|via|pm|в|г|от|the|data|you|mailto|gmt|utc|that|by|de|del|lúc|vào)\.?$",
    re.IGNORECASE,
)
_DAY_NAME = re.compile(
    r"(?:^|[\s(,])(?:mon|tue|wed|thu|fri|sat|sun|[a-z]{3,6}day|mo|di|mi|do|fr|sa|so|[a-z]{4,8}tag|lun|mar|mer|mié"
    r"|jeu|jue|ven|vie|sam"
    r"|sáb|dim|dom|gio|seg|ter|qua|qui|sex|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes"
    r"|miércoles|jueves"
    r"|viernes|sábado|domingo|domenica|[a-z]{4,7}edì|sabato|ma|wo|vr|za|zo|[a-z]{4,7}dag|[a-zåäö]{4,7}dag|ke|to|pe"
    r"|la|su|ti|tir"
    r"|tor|fre|lør|søn|ons|man|mån|tis|lör|sön|pon|wt|śr|czw|pt|sob|niedz|пн|вт|ср|чт|пт|сб|вс)\.?,?\s{0,2}(?:den\s)?$",
    re.IGNORECASE,
)
"""A weekday right before a date."""
_NAME_CHARS = 80
_VALUE_CHARS = 2000
_BLOCK_LINES = 40


_NOBODY = NamedAddress("")


@dataclass(frozen=True, slots=True)
class EmbeddedHeader:
    """What is told of an earlier mail, and over how many lines."""

    lines: int
    sender: NamedAddress = _NOBODY
    sent_at: datetime | None = None
    sent: str = ""
    to: str = ""
    subject: str = ""


def forwards(separator: str) -> bool:
    """Whether a separator's words announce a forwarded mail rather than an answered one."""
    return bool(_FORWARDS.search(separator[:200]))


def read_announcement(text: str, lines: int, latest: datetime | None) -> EmbeddedHeader:
    """Read "On <date>, <who> wrote:" and its like, the lines joined."""
    english = bool(_ENGLISH_VERB.search(text) or _ENGLISH.match(text))
    found = read_written_date(text, latest, day_first=not english and bool(WROTE.search(text)))
    principal = _principal(text)
    addresses = _ADDRESS.findall(principal)
    return EmbeddedHeader(
        lines,
        NamedAddress(addresses[0].lower() if addresses else "", _name_in(principal, found, whole=principal == text)),
        found.moment if found else None,
        text[found.begin : found.end].strip() if found else "",
    )


def _principal(text: str) -> str:
    """The part that tells for whom it was sent: "openbmc <x@lists.example> on behalf of Ana Ruiz <...>"."""
    at = text.lower().rfind(_AGENCY)
    return text if at < 0 else text[at + len(_AGENCY) :]


def _name_in(text: str, found: WrittenDate | None, *, whole: bool) -> str:
    rest = f"{_DAY_NAME.sub('', text[: found.begin])}\0{text[found.end :]}" if found and whole else text
    rest = WROTE.sub("\0", _ADDRESS.sub("\0", rest))
    for piece in _APART.split(rest):
        words = piece.strip(" ,:;-–_.'\t").split()
        while words and (_JOINING.match(words[0]) or not _has_letter(words[0])):
            words.pop(0)
        while words and (_JOINING.match(words[-1]) or not _has_letter(words[-1])):
            words.pop()
        name = " ".join(words).strip(" ,'")
        if 1 < len(name) <= _NAME_CHARS:
            return name
    return ""


def _has_letter(word: str) -> bool:
    return any(char.isalpha() for char in word)


def read_block(lines: list[str], at: int, latest: datetime | None) -> EmbeddedHeader:
    """Read a block of header fields, Outlook's or Lotus Notes' (whose name and time stamp stand above `at`)."""
    values: dict[str, str] = {}
    last, number, english = "", at, bool(_ENGLISH.match(lines[at]))
    while number < min(at + _BLOCK_LINES, len(lines)):
        line = lines[number][:_VALUE_CHARS]
        match = _FIELD.match(line) if FROM_LINE.match(line) or FIELD_LINE.match(line) else None
        if match:
            last = next(name for name, value in match.groupdict().items() if value is not None and name != "value")
            values.setdefault(last, match["value"].strip())
        elif not line.strip():
            if not _goes_on_below(lines, number, values):
                break
        elif last:
            values[last] = f"{values[last]} {line.strip()}"[:_VALUE_CHARS]
        number += 1
    sender, written = _apart_from_stamp(values.get("sender", ""), values.get("date", ""))
    found = read_written_date(written, latest, day_first=not english)
    return EmbeddedHeader(
        number - at,
        named_address(sender),
        found.moment if found else None,
        written[:200],
        values.get("to", ""),
        values.get("subject", "")[:998],
    )


def _apart_from_stamp(sender: str, written: str) -> tuple[str, str]:
    """Lotus Notes may put name and time stamp on one line: "From: Ana Ruiz       03/02/2026 09:30 AM"."""
    stamp = None if written else LOTUS_STAMP.search(sender)
    return (sender[: stamp.start()], stamp[0]) if stamp else (sender, written)


def _goes_on_below(lines: list[str], number: int, values: dict[str, str]) -> bool:
    """Whether fields go on below an empty line: HTML that was double-spaced has one after each."""
    if "subject" in values and len(values) > 2:  # noqa: PLR2004  # sender and date, or date and recipients
        return False
    return any(FROM_LINE.match(line) or FIELD_LINE.match(line) for line in lines[number + 1 : number + 3])


def with_lotus_name(header: EmbeddedHeader, above: list[str], latest: datetime | None) -> EmbeddedHeader:
    """The header with sender and date from the lines above its fields: "Ana Ruiz/CORVUS", "03/02/2026 09:30 AM"."""
    joined = " ".join(line.strip() for line in above)
    stamp = LOTUS_STAMP.search(joined)
    if stamp is None:
        return header
    found = read_written_date(stamp[0], latest)
    name = re.sub(r"\s+on\s*$", "", joined[: stamp.start()].strip(), flags=re.IGNORECASE)
    return replace(
        header,
        sender=named_address(name) if not header.sender.address and not header.sender.display_name else header.sender,
        sent_at=found.moment if found else None,
        sent=stamp[0],
    )


def named_address(value: str) -> NamedAddress:
    """A name and address as header blocks have them: "Ana Ruiz [mailto:ana@corvus.example]", "Ana Ruiz/CORVUS"."""
    value = _principal(value[:_VALUE_CHARS])
    match = _ADDRESS.search(value)
    if match is None:
        return NamedAddress("", value.strip(" \"'*<>\t")[:_NAME_CHARS])
    name = re.split(r"[<\[(]|mailto:", value[: match.start()])[0].strip(" \"'*<>,:\t") or _after(value, match.end())
    address = match[0].lower()
    # "Ana Ruiz/CORVUS@HALDEN" is a name of Lotus Notes
    if "/" in address or "." not in address.partition("@")[2]:
        return NamedAddress("", value[: match.start()].strip(" \"'*<>\t") + match[0].partition("@")[0])
    return NamedAddress(address, name[:_NAME_CHARS])


def _after(value: str, end: int) -> str:
    match = re.match(r"\s{0,3}\((.{1,80}?)\)", value[end:])
    return match[1] if match else ""


def is_separator(line: str) -> bool:
    """Whether a line only says that an earlier mail follows."""
    return bool(SEPARATOR.match(line[:400]))
