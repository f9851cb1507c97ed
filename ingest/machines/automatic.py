"""Who wrote a message: a person, or a machine and of which kind (RFC 3834, RFC 3464, RFC 8098, RFC 5546).

X-Auto-Response-Suppress says nothing: programs put it on people's mail too.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import Message as MimeMessage

from ingest.machines.absence import Notice, read_absence
from ingest.machines.absence_words import AWAY
from ingest.machines.failures import Report, read_report
from ingest.mime.excision import Excised
from models.records import Absence, DeliveryFailure, NamedAddress, Recipient
from models.vocabulary import AutoKind

_BOUNCE_SENDER = re.compile(
    r"^(?:mailer[-_]daemon|post_?master|mail-daemon|maildaemon|mdaemon|microsoftexchange[0-9a-f]{10,40}"
    r"|mail[._-]delivery[._-](?:sub)?system)@",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"\b(?:undeliver(?:able|ed)|returned mail|delivery (?:status notification|failure|has failed|problem|error)"
    r"|mail delivery (?:failed|system|failure)|mail (?:could not be|not) delivered|message (?:undeliverable|bounced)"
    r"|failure notice|failed delivery|message not delivered|mail system error|non[- ]?delivery"
    r"|unzustellbar|nicht zugestellt|zustellung fehlgeschlagen|nicht zustellbar|non remis|échec de (?:la )?remise"
    r"|no se puede entregar|no entregado|recapito non riuscito|mancato recapito|mancata consegna|onbestelbaar"
    r"|niet bezorgd|niedostarczon[ae]|não entregue|não foi entregue|falha na entrega|kunde inte levereras)\b",
    re.IGNORECASE,
)
_DELAY_SUBJECT = re.compile(
    r"\b(?:delayed|delay\)|warning: (?:could not send|message)|still being retried|verzögert|différé|retrasado)",
    re.IGNORECASE,
)
_RECEIPT_TEXT = re.compile(
    r"^\s{0,20}(?:your message|ihre nachricht|votre message|su mensaje|il messaggio|uw bericht|twoja wiadomość"
    r"|a sua mensagem)[ \t]{0,9}\n.{0,600}?\b(?:was read on|was deleted without being read"
    r"|wurde (?:am .{3,40} )?gelesen"
    r"|a été lu|se leyó|è stato letto|is gelezen|została odczytana|foi lida)\b",
    re.IGNORECASE | re.DOTALL,
)
_MACHINE_SENDER = re.compile(
    r"^(?:no-?_?reply|do-?not-?reply|donotreply|notifications?|alerts?|mailer|bounces?|automailer)\b", re.IGNORECASE
)
_AUTOMATIC = (
    r"auto(?:matic|mated)?[ -]?(?:reply|response|answer)|automatische (?:antwort|abwesenheitsnotiz)|réponse automatique"
    r"|respuesta automática|resposta automática|risposta automatica|automatisch antwoord|automatisches? antwoord"
    r"|odpowiedź automatyczna|automatyczna odpowiedź|autosvar|automatiskt svar|automaattinen vastaus"
    r"|automatická odpověď"
)
_ABSENCE_SUBJECT = re.compile(
    rf"^\s{{0,9}}(?:(?:{_AUTOMATIC})\s{{0,3}}[:\-]\s{{0,3}})?"
    r"(?:out of (?:the )?office|ooo\b|away from (?:my|the) (?:office|desk|mail)|on (?:vacation|leave|holiday)\b"
    r"|vacation (?:reply|notice)"
    r"|abwesenheit(?:snotiz|smeldung|sbenachrichtigung)?|nicht im (?:büro|haus)|urlaubsabwesenheit"
    r"|absence du bureau|absente? du bureau|hors du bureau|message d'absence|je suis absente?"
    r"|fuera de (?:la )?oficina|ausente de la oficina|mensaje de ausencia"
    r"|fuori (?:sede|ufficio)|assenza dall'ufficio|assente dall'ufficio"
    r"|afwezig(?:heid(?:sbericht|smelding)?)?|niet op kantoor|buiten kantoor"
    r"|frånvaro(?:meddelande)?|poza biurem|nieobecność|nieobecn[ay] w biurze|fora do escritório|ausência temporária"
    r"|ausente do escritório)",
    re.IGNORECASE,
)
_AUTO_SUBJECT = re.compile(rf"^\s{{0,9}}(?:{_AUTOMATIC})\b", re.IGNORECASE)
# a program puts its words before the subject that it answers; "Out of office" and no more is what persons announce
_AS_PREFIX = re.compile(
    r"\s{0,3}(?:auto-?\s?)?(?:reply|response|message|notice|notification)?\s{0,3}(?::|(?<=reply)$)", re.IGNORECASE
)
_NAMES_OF_NOTICES = re.compile(
    r"(?:notiz|meldung|benachrichtigung|bericht|melding|meddelande|reply|message)\s{0,9}$", re.IGNORECASE
)
# Lotus Notes
_IS_OUT = re.compile(r"^.{1,100} is out of the office\.?\s{0,9}$", re.IGNORECASE)
_I_AM_OUT = re.compile(r"^\s{0,20}I will be out of the office (?:from|starting)", re.IGNORECASE)
_READ_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of a message so far: its header fields, its whole text and its new text, its moment."""

    sender: NamedAddress
    recipients: tuple[Recipient, ...]
    subject: str
    text: str
    new_text: str
    calendar_method: str
    on_list: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Automatic:
    """Who wrote it, and what a machine that did had to tell."""

    kind: AutoKind
    absence: Absence | None
    failures: tuple[DeliveryFailure, ...]


def read_automatic(mime: MimeMessage, excised: Excised, seen: Seen) -> Automatic:
    """Tell machines from people, and read what out-of-office replies and bounces say."""
    sender = seen.sender.address
    report = Report()
    if may_be_bounce(mime, sender, seen.subject):
        strangers = frozenset({sender, *(recipient.address for recipient in seen.recipients)})
        report = read_report(mime, excised, seen.text, strangers)
    kind = auto_kind(
        mime,
        sender=sender,
        subject=seen.subject,
        text=seen.text,
        calendar_method=seen.calendar_method,
        on_list=seen.on_list,
        report=report,
    )
    absence = None
    if kind is AutoKind.OUT_OF_OFFICE:
        absence = read_absence(Notice(seen.sender, seen.subject, seen.new_text or seen.text, seen.at.date()))
    return Automatic(kind, absence, report.failures if kind is AutoKind.BOUNCE else ())


def may_be_bounce(mime: MimeMessage, sender: str, subject: str) -> bool:
    """Whether it is worth looking for recipients who were not reached."""
    if _report_type(mime) == "delivery-status" or mime.get("x-failed-recipients"):
        return True
    return bool(_BOUNCE_SENDER.match(sender) or (not sender and _BOUNCE_SUBJECT.search(subject)))


def auto_kind(  # each is one ingredient
    mime: MimeMessage,
    *,
    sender: str,
    subject: str,
    text: str,
    calendar_method: str,
    on_list: bool,
    report: Report,
) -> AutoKind:
    """Classify a message by its header fields first, its subject and first words second.

    Args:
        mime: the parsed message.
        sender: the author's address.
        subject: decoded.
        text: the readable text.
        calendar_method: METHOD of a calendar part, "" where there is none.
        on_list: a mailing list delivered it, so that "Precedence: bulk" says nothing about who wrote it.
        report: what it says of recipients, where it may be a bounce.
    """
    kind = _report_type(mime)
    if _is_bounce(mime, kind, sender, subject, report):
        news = not report.failures if report.formal else _DELAY_SUBJECT.search(subject)
        return AutoKind.RECEIPT if news else AutoKind.BOUNCE
    if kind == "disposition-notification" or (kind != "feedback-report" and _RECEIPT_TEXT.match(text[:_READ_CHARS])):
        return AutoKind.RECEIPT
    if calendar_method not in ("", "PUBLISH"):
        return AutoKind.MEETING
    answers = _answers_by_itself(mime, subject, text)
    # looking for words of absence takes long, and in nearly all mail nothing hangs on them
    if answers or (_generated(mime) and mime.get("in-reply-to")):
        away = _ABSENCE_SUBJECT.search(subject) or _IS_OUT.match(subject) or AWAY.search(text[:_READ_CHARS])
        if away or answers:
            return AutoKind.OUT_OF_OFFICE if away else AutoKind.AUTO_REPLY
    return AutoKind.BULK if _is_bulk(mime, sender, kind, on_list=on_list) else AutoKind.NONE


def _report_type(mime: MimeMessage) -> str:
    return str(mime.get_param("report-type") or "").lower() if mime.get_content_type() == "multipart/report" else ""


def _is_bounce(mime: MimeMessage, kind: str, sender: str, subject: str, report: Report) -> bool:
    if kind == "delivery-status" or mime.get("x-failed-recipients"):
        return True
    if not sender or not _BOUNCE_SENDER.match(sender):
        return not sender and bool(_BOUNCE_SUBJECT.search(subject))
    # a postmaster may be a person
    by_machine = not sender.startswith("postmaster@") or "<>" in str(mime.get("return-path", ""))
    return by_machine or bool(_BOUNCE_SUBJECT.search(subject) or report.failures)


def _answers(mime: MimeMessage) -> bool:
    return _word(mime, "auto-submitted") == "auto-replied"


def _generated(mime: MimeMessage) -> bool:
    return _word(mime, "auto-submitted") in ("auto-generated", "auto-notified")


def _answers_by_itself(mime: MimeMessage, subject: str, text: str) -> bool:
    if _answers(mime) or _word(mime, "precedence") == "auto_reply":
        return True
    if any(_word(mime, field) not in ("", "no") for field in ("x-autoreply", "x-autorespond", "x-auto-reply")):
        return True
    if _AUTO_SUBJECT.match(subject) or (_IS_OUT.match(subject) and _I_AM_OUT.match(text)):
        return True
    absence = _ABSENCE_SUBJECT.match(subject)
    return bool(absence and (_AS_PREFIX.match(subject, absence.end()) or _NAMES_OF_NOTICES.search(subject)))


def _is_bulk(mime: MimeMessage, sender: str, kind: str, *, on_list: bool) -> bool:
    if _generated(mime) or mime.get("x-autogenerated") or kind == "feedback-report":
        return True
    return bool(_MACHINE_SENDER.match(sender)) or (not on_list and _word(mime, "precedence") in ("bulk", "junk"))


def _word(mime: MimeMessage, field: str) -> str:
    return str(mime.get(field, "")).partition(";")[0].strip().lower()[:40]
