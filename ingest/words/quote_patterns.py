# ruff: noqa: RUF001  # the words of other languages have letters that look like ours
"""The words with which mail programs announce what they quote, in the languages that business mail comes in."""

import re

_WROTE = (
    r"wrote|writes|a écrit|schrieb|escribió|escribiste|ha scritto|schreef|geschreven|skrev|skrifaði|escreveu"
    r"|napisał(?:\(a\)|a)?|napsal(?:\(a\)|a)?|написала?(?:\(а\))?|пишет|пише|kirjoitti|yazdı|írta|a scris|έγραψε"
    r"|님이 작성|のメール|đã viết|menulis"
)
WROTE_STEMS = (
    *(
        "wrote",
        "writes",
        "you said",
        "écrit",
        "schrieb",
        "escribi",
        "scritto",
        "schreef",
        "geschreven",
        "skrev",
        "skrifa",
    ),
    *("escreveu", "napisa", "napsal", "написал", "пише", "kirjoitti", "yazd", "írta", "scris", "γραψε", "写道", "寫道"),
    *("작성", "のメール", "viết", "menulis"),
)
"""At least one of them, in lower case, is in whatever `WROTE` finds."""
WROTE = re.compile(rf"(?:\b|\W)(?:{_WROTE})(?:\b|\W|$)|[写寫]道", re.IGNORECASE)
ANNOUNCES = re.compile(
    rf"^\W{{0,3}}(?:.{{2,300}}[\s\W])?(?:{_WROTE}|.{{0,300}}[写寫]道).{{0,120}}?\s*[:：>]?\s*-*\s*$", re.IGNORECASE
)
"""A whole announcement, its lines joined: "On <date>, <who> wrote:", "<who> schrieb am <date>:"."""

OPENS = re.compile(
    r"^\W{0,3}(?:On|At|In|Am|Le|El|Il|Op|Den|Em|Dnia|W dniu|Pe|Dne|Le|Vào|"
    r"(?:mon|tue|wed|thu|fri|sat|sun|ma|ti|ke|to|pe|la|su|tir|man|ons|tor|fre|lør|søn|lö"
    r"|sö)[a-zöäøå]{0,6}\.?,?\s{1,2}(?:den\s)?\d"
    r"|\d{1,4}[-/.\s年])",
    re.IGNORECASE,
)
BARE_STAMP = re.compile(
    r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T].{0,150}(?:GMT[+-]\d{1,2}:?\d{2}\s.{1,80}|<[^<>]{1,120}>:?)$"
    r"|^.{0,60}\d{1,2}[:.]\d{2}.{1,100}<[^<>\s]{1,100}@[^<>\s]{1,100}>\s?:$"
    r"|^On .{5,150}\d.{1,150}<[^<>\s]{1,100}@[^<>\s]{1,100}> wrote$"
)
"""An announcement without a verb, as Gmail once wrote it: "2016-03-03 17:21 GMT+01:00 Some One <some@one.example>:"."""

HAS_MOMENT = re.compile(r"\d{1,2}[:.h]\d{2}|\b\d{4}\b|\d{1,2}[./]\d{1,2}|\d{4}年")
HAS_ADDRESS = re.compile(r"\S@\S")
ZOHO = re.compile(r"^-{2,}\s?On .{5,300} wrote\s?-{2,}$")
NOTES = re.compile(r"^-{3,10}.{2,200}\swrote:\s?-{3,10}$")
"""IBM Notes: "-----Ana Ruiz/CORVUS wrote: -----"."""
YOU_WROTE = re.compile(r"\byou (?:wrote|said)\s*:\s*$", re.IGNORECASE)

_ORIGINAL = (
    r"original (?:message|appointment|e-?mail)|reply message|inline attachment follows"
    r"|begin forwarded message|forwarded (?:message"
    r"|by|e-?mail|mail)|forwarded by .*"
    r"|ursprüngliche (?:nachricht|mail)|original-?nachricht|weitergeleitete nachricht|originalnachricht"
    r"|message d['’]origine|message original|message transféré|message initial"
    r"|mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato|mensagem original"
    r"|mensagem encaminhada"
    r"|oprindelig (?:meddelelse|besked)|videresendt meddelelse|opprinnelig melding|ursprungligt meddelande"
    r"|vidarebefordrat"
    r"|oorspronkelijk bericht|doorgestuurd bericht|wiadomość oryginalna|oryginalna wiadomość|původní zpráva"
    r"|исходное сообщение|пересылаемое сообщение|orijinal mesaj|alkuperäinen viesti|原始邮件|转发邮件|元のメッセージ"
)
SEPARATOR = re.compile(
    rf"^\W{{0,2}}[-_=]{{2,60}}\s*\*?\s*(?:{_ORIGINAL})\b.{{0,200}}$|^\W{{0,2}}(?:begin forwarded message"
    rf"|début du message (?:réexpédié|transféré)"
    r"|anfang der weitergeleiteten nachricht|inizio messaggio inoltrato|inicio del mensaje reenviado)\s*:",
    re.IGNORECASE,
)

_FROM = (
    r"message du|from|von|de|da|från|fra|van|od|от|від|发件人|寄件者|寄件人|差出人|보낸 사람|lähettäjä|kimden|feladó"
    r"|odesílatel"
)
_OTHERS = (
    r"sent|date|to|cc|bcc|subject|reply-to|importance|attachments?|when|organization|gesendet|datum|an"
    r"|kopie|betreff|antwort an|wichtigkeit"
    r"|envoyé|date|à|objet|sujet|copie(?: à)?|enviado(?: el)?|enviada(?: em)?|fecha|para|asunto|assunto|data|inviato"
    r"|risposta|a|oggetto|per conoscenza"
    r"|skickat|till|ämne|kopia|sendt|dato|til|emne|kopi|verzonden|aan|onderwerp|wysłano|do|temat|dw"
    r"|отправлено|дата|кому|тема|копия"
    r"|надіслано|发送时间|收件人|主题|抄送|日期|寄件日期|傳送時間|收件者|副本|主旨|主題|送信日時|宛先|件名|lähetetty|vastaanottaja|aihe|odesláno|komu"
    r"|předmět"
)
FROM_LINE = re.compile(rf"^[\s*_|]{{0,12}}(?:{_FROM})\s{{0,2}}\*{{0,2}}\s?[:：]\*{{0,2}}(?:\s|\S|$)", re.IGNORECASE)
FIELD_LINE = re.compile(rf"^[\s*_|]{{0,12}}(?:{_OTHERS})\s{{0,2}}\*{{0,2}}\s?[:：]\*{{0,2}}(?:\s|\S|$)", re.IGNORECASE)

LOTUS_TO = re.compile(r"^\s{0,80}(?:\S{1,40}\s{2,80})?To:(?:\s|$)")
LOTUS_REST = re.compile(r"^\s{0,80}(?:\S{1,40}\s{2,80})?(cc|Subject|Date|From|Sent):", re.IGNORECASE)
"""Lotus Notes puts its fields to the right of the sender's name, or far to the right of nothing."""
LOTUS_STAMP = re.compile(
    r"\b\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\s{1,4}\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?", re.IGNORECASE
)

MARKED = re.compile(r"^\s{0,12}(?:>|[A-Za-z]{1,20}>(?:\s|$))")
"""A quoted line: ">" in front, or initials and ">" as Supercite writes them."""
RULE = re.compile(r"^\W{0,3}[-_=*]{5,}\W{0,3}$")
LONG_RULE = re.compile(r"^\s{0,3}[-_=*]{20,200}\s{0,20}$")
GREETING = re.compile(
    r"^\W{0,3}(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|sehr geehrte[rs]?|liebe[rs]?"
    r"|hallo|guten tag"
    r"|guten morgen|bonjour|ch[eè]re?s?|madame|monsieur|estimad[oa]s?|hola|buen[oa]s? (?:d[ií]as|tardes)|gentil[ei]"
    r"|egregio"
    r"|buongiorno|salve|beste|geachte|goede(?:n|ndag|morgen|middag)|szanown[aiey]+|dzień dobry|witam|olá"
    r"|prezad[oa]s?|car[oa]s?"
    r"|bom dia|boa tarde|hej|hei|уважаем\w{1,3}|здравствуйте|добрый день)\b.{0,60}$",
    re.IGNORECASE,
)
