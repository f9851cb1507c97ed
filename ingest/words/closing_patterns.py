# ruff: noqa: RUF001  # the words of other languages have letters that look like ours
"""The words at the end of a message that say nothing new: devices, contact details, greetings."""

import re

_DEVICES = (
    r"i-?phone|i-?pad|i-?pod|android|samsung|galaxy|htc|blackberry|nokia|huawei|xiaomi|pixel|motorola"
    r"|windows|outlook|airmail"
    r"|mailbox|mail\b|yahoo|gmail|proton|mobile|mobil|phone|tablet|cell|handheld|device|smartphone|telefon"
    r"|handy|surface|mac"
)
_SENT = (
    r"sent|envoyé|gesendet|von meinem|enviado|enviada|inviato|verzonden|verstuurd|sendt|skickat|wysłan[eo]"
    r"|odesláno|lähetetty"
    r"|отправлено|надіслано|從我的|从我的|由我的|iphoneから|diese nachricht wurde von|get|from my|someone from"
)
DEVICE_LINE = re.compile(
    rf"^\W{{0,3}}(?:{_SENT})\W?.{{0,50}}?(?:{_DEVICES}).{{0,90}}$"
    rf"|^\W{{0,3}}sent from my [\w-]{{1,20}}(?: [\w-]{{1,20}}){{0,3}}\W{{0,3}}$"
    rf"|^\W{{0,3}}sent (?:from|with|via|using) [\w-]{{1,20}}(?: [\w-]{{1,20}}){{0,2}}\s?<https?://[^<>\s]{{1,80}}>$",
    re.IGNORECASE,
)
DEVICE_CHARS = 130
SENTENCE_LIKE = re.compile(
    r"\b(?:is|was|are|were|to all|app to|app is|shouldn|will|can you|please find)\b", re.IGNORECASE
)

DELIMITER = re.compile(r"^\s{0,2}(?:--|—|––|- -|__)\s*$")
RULED = re.compile(r"^\s{0,3}[_—–]{5,}\s*$")
_SMALL = r"of|and|for|the|to|in|de|du|des|et|la|le|der|die|das|für|und|von|van|zu|im|y|e|di|i|w|[&|/,–-]"
TITLE_LINE = re.compile(
    rf"^\W{{0,3}}(?:(?:[A-ZÀ-ÖØ-ÞĀ-Ž0-9][\w.'’/&()-]{{0,40}},?|{_SMALL})(?:\s{{1,3}}|$)){{1,10}}\W{{0,3}}$"
)
"""A title, department, company or address: capitals and figures, with small words between."""
DRAWN = re.compile(r"^\s{0,3}[~*=+.-]{5,100}\s*$")
"""A line drawn above a signature, and above much else."""
EXTENSION = re.compile(r"^\W{0,2}(?:x|ext\.?)?\s?\d{4,6}\W{0,2}$", re.IGNORECASE)

SIGN_OFF = re.compile(
    r"^\W{0,3}(?:(?:with |my |our )?(?:many |best|kind(?:est)?|warm(?:est)?|very best|sincere"
    r"|personal)?\s?(?:regards|wishes|thanks)"
    r"(?: and (?:best|kind) (?:regards|wishes))?|best|all the best|cheers|thanks?(?: you)?(?: (?:very"
    r"|so) much| again| in advance| and regards"
    r"| & regards|a lot)?|thx|tia|rgds|br|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?"
    r"|respectfully|cordially"
    r"|mit (?:freundlichen|besten|lieben|herzlichen) grüßen|mit freundlichen gruessen|(?:freundliche|viele"
    r"|beste|liebe|schöne) grüße|gruß|mfg|lg"
    r"|(?:bien |très )?cordialement|salutations(?: distinguées)?|bien à vous"
    r"|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|un saludo"
    r"|cordiali saluti|distinti saluti|saluti|met vriendelijke groet(?:en)?|groet(?:en|jes)?"
    r"|(?:med )?vänliga hälsningar|hälsningar|mvh"
    r"|(?:med )?venlig hilsen|hilsen|atenciosamente|abraços?|z poważaniem|pozdrawiam|с уважением)\W{0,4}$",
    re.IGNORECASE,
)
NAME_LINE = re.compile(r"^[\W_]{0,3}(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]{0,30},?\s?){1,5}\W{0,3}$")
CONTACT = re.compile(
    r"(?:^|\b)(?:tel|telephone|phone|ph|mobile|mob|cell|fax|direct|office|voice|pager|desk|t|m|f|o|d"
    r"|c)\s?[.:#)]{0,2}\s{0,3}\+?\(?\d[\d\s().\-/]{5,}"
    r"|(?:\+|\b)\(?\d{2,4}\)?[\s.\-/]\(?\d{2,4}\)?[\s.\-/]\d{3,}"
    r"|^\W{0,3}(?:e-?mail|web|www)?\W{0,3}(?:\S{1,60}@\S{1,60}\.\w{2,10}|(?:https?://|www\.)\S{1,120})\W{0,3}$",
    re.IGNORECASE,
)

ATTACHED_LINE = re.compile(
    r"^ - \S.{0,120}\.\w{2,4}$|^\s{0,3}(?:<<[^<>]{1,120}>>\s{0,3})+$"
    r"|^\s{0,3}\(see attached file:.{1,200}\)?$|^[^()\s][^()]{0,60}\.\w{2,4}\)$|^\s{0,3}enclosures?\b\s?:?",
    re.IGNORECASE,
)
"""Where programs of the time said which files came along, below the signature."""
