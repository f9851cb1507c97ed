"""Sentences that are put like asks and oblige nobody to respond: notices, standing offers, headings.

An ask is an obligation to respond. "Please note", "please join us", "if you are interested, have a look"
expect readers to take notice; a bare imperative in mail to a group is a heading, a change's title or an
instruction to whoever it may concern.
"""

import re

from models.judgements import AskSpan

NOTICE = re.compile(
    r"\b(?:please|pls|kindly)(?:,| also| do| just)* "
    r"(?:note|find(?! out)|refer (?:to|the)|see(?! if| whether| to it)|use|join|visit|subscribe|sign up|stay|watch"
    r"|read(?! and)|check out|mark your|remember|(?:bear|keep) in mind|disregard|ignore|accept (?:my|our)|update your"
    r"|feel (?:free|invited)|be (?:aware|advised|informed|assured|reminded))\b"
    r"|\bfeel (?:free|invited) to\b"
    r"|\breminder (?:of|for|about|that)\b[^?]{0,200}\b(?:meeting|call|session|webinar|conference|workshop|training)\b",
    re.IGNORECASE,
)
OFFER = re.compile(
    r"\bif (?:you|anyone|anybody|your (?:\w+))(?:['’]re| are| is| have| has)? (?:also |ever )?"
    r"(?:interested|curious|keen|ever|wish|would like)\b",
    re.IGNORECASE,
)
RESPONSE = re.compile(
    r"\?|\b(?:let (?:me|us) know|advise|confirm|repl(?:y|ies)|respond|response|return|send|approve|approval|comments?"
    r"|feedback|suggestions?|sign|review|answers?|get back|rsvp)\b",
    re.IGNORECASE,
)
HEADING_RULE = "imperative"


def expects_response(ask: AskSpan, *, to_group: bool) -> bool:
    """Whether a sentence that is put like an ask obliges somebody to respond.

    Args:
        ask: the sentence.
        to_group: its message went to a group or list.
    """
    words = " ".join(ask.span.text.split())
    if to_group and ask.span.rule == HEADING_RULE and not ask.names:
        return False
    return bool(RESPONSE.search(words)) or not (NOTICE.search(words) or OFFER.search(words))
