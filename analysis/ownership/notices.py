"""Sentences that are put like asks and oblige nobody to respond: notices, standing offers, headings.

An ask is an obligation to respond. "Please note", "please join us", "if you are interested, have a look"
expect readers to take notice; a bare imperative in mail to a group is a heading, a change's title or an
instruction to whoever it may concern. "You need to restart it" in reply to a question is the answer.
"""

import re

from models.judgements import AskSpan

NOTICE = re.compile(
    r"\b(?:please|pls|kindly)(?:,| also| do| just)* "
    r"(?:note|find(?! out)|refer (?:to|the)|see(?! if| whether| to it)|use|join|visit|subscribe|sign up|stay|watch"
    r"|read(?! and)|check out|mark your|remember|(?:bear|keep) in mind|disregard|ignore|accept (?:my|our)|update your"
    r"|feel (?:free|invited)|be (?:aware|advised|informed|assured|reminded))\b"
    r"|\bfeel (?:free|invited) to\b"
    r"|\byou (?:should|will|may) be able to\b"
    r"|^(?:just |also )?(?:remember|note|bear in mind)\b"
    r"|\breminder (?:of|for|about|that)\b[^?]{0,200}\b(?:meeting|call|session|webinar|conference|workshop|training)\b",
    re.IGNORECASE,
)
OFFER = re.compile(
    r"\bif (?:you|anyone|anybody|your (?:\w+))(?:['’]re| are| is| have| has)? (?:also |ever )?"
    r"(?:interested|curious|keen|ever|wish|would like)\b"
    r"|\bfor those (?:of you |among you )?(?:who|that) (?:want|wish|would like|are (?:interested|curious|keen))\b",
    re.IGNORECASE,
)
RESPONSE = re.compile(
    r"\?|\b(?:let (?:me|us) know|advise|confirm|repl(?:y|ies)|respond|response|return|send|approve|approval|comments?"
    r"|feedback|suggestions?|sign|review|answers?|get back|rsvp)\b",
    re.IGNORECASE,
)
DISSENT = re.compile(
    r"^(?:(?:so|and|but|also|otherwise),? )?(?:please )?(?:let (?:me|us) know|advise|call (?:me|us)|shout|holler)"
    r"(?: \w+){0,2} if (?:you (?:disagree|object|see (?:it )?(?:otherwise|differently)|need (?:anything|something))"
    r"|you have (?:any |further )*questions?,? (?:or|and|/) (?:\w+ )?(?:comments?|concerns?|suggestions?)"
    r"|(?:this|that|it) (?:is|does) (?:not (?:correct|right|the case|work)|wrong|incorrect)"
    r"|I can be of|I(?: have|['’]ve) (?:missed|forgotten|overlooked))\b[^?]*$",
    re.IGNORECASE,
)
"""Words that want an answer only from whoever disagrees: silence is the answer that is expected."""
ROUTING = re.compile(r"\bplease (?:address|direct) (?:[\w/,-]+ ){1,5}to\b", re.IGNORECASE)
"""Where to turn, told to many: an ask only to whoever has something to bring there."""
URGED = re.compile(r"\?|\bplease\b|\b(?:let (?:me|us) know|get back|rsvp)\b", re.IGNORECASE)
"""Words that want a response even from whom the sentence speaks to only if they like."""
HEADING_RULE = "imperative"
ADVICE_RULES = frozenset({"you_should", "unsure"})
"""Rules whose sentences tell what to do, or what is not known: beside an answer they are part of it."""
ADVICE = re.compile(r"\b(?:suggest|recommend|advise) (?:\w+ing|(?:that )?you)\b", re.IGNORECASE)
INSTRUCTION_RULES = frozenset({"imperative", "imperative_guess", "please", "please_loose"})
"""Rules whose sentences may be the answer to a question ("Hold the batch", "Please order at our risk")."""
WANTING_WORDS = re.compile(
    r"\b(?:provide|clarify|specify|share|tell|give|explain|post|upload|show|check|help|call|resend|forward|fill|look)\b",
    re.IGNORECASE,
)
"""Beside `RESPONSE`, words that want something back."""


def expects_response(ask: AskSpan, *, to_group: bool) -> bool:
    """Whether a sentence that is put like an ask obliges somebody to respond.

    Args:
        ask: the sentence.
        to_group: its message went to a group or list.
    """
    words = " ".join(ask.span.text.split())
    if to_group and ask.span.rule == HEADING_RULE and not ask.names:
        return False
    if DISSENT.search(words) or (to_group and ROUTING.search(words)):
        return False
    if OFFER.search(words):
        return bool(URGED.search(words) and RESPONSE.search(words))
    return bool(RESPONSE.search(words)) or not NOTICE.search(words)


def is_advice(ask: AskSpan) -> bool:
    """Whether a sentence, in a reply to what its writer was asked, tells what to do rather than asks for it."""
    advises = ask.span.rule in ADVICE_RULES or bool(ADVICE.search(ask.span.text))
    return advises and "?" not in ask.span.text


def is_instruction(ask: AskSpan) -> bool:
    """Whether a sentence, in a direct reply to a question, decides it: it says what to do and wants nothing back."""
    words = ask.span.text
    return ask.span.rule in INSTRUCTION_RULES and not RESPONSE.search(words) and not WANTING_WORDS.search(words)
