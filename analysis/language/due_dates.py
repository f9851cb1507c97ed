"""Date expressions as written: "by Friday", "before the end of next week", "within 5 business days"."""

import re

_DAY = r"(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?[ ]?(?:of[ ])?-?{_MONTH}(?:[ ,-]*\d{{2,4}})?"
    rf"|{_MONTH}\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?[ ]\d{{4}})?"
    r"|\d{4}-\d\d-\d\d"
    r"|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])(?:/(?:\d\d){1,2})?\b(?![/\d])"
    r"|(?<![\d.])(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{4}|\d\d)?(?!\d|\.\d)"
    r"|the[ ]\d{1,2}(?:st|nd|rd|th))"
)
_NUMBER = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|a[ ]few|a[ ]couple[ ]of|the[ ]next(?:[ ]\w+)?)"
)
_SPAN = (
    rf"{_NUMBER}(?:[ ]?(?:-|to)[ ]?\d{{1,3}})?[ ](?:(?:business|working|calendar)[ ])?"
    r"(?:hours?|days?|weeks?|months?|hrs)"
)
_PERIOD = r"(?:week|month|quarter|year|day|business|today|tomorrow|shift|q[1-4])"
_PART = (
    r"(?:the[ ])?(?:end|close|start|beginning|middle|first[ ]half)[ ]of[ ]"
    r"(?:the[ ]|this[ ]|next[ ])?(?:business[ ]|working[ ])?"
)
_HOURS = r"(?:morning|afternoon|evening|noon|eod|cob)"
_MOMENT = (
    rf"(?:{_PART}(?:{_PERIOD}|{_DAY}|{_MONTH}))|(?:eod|cob)(?:[ ](?:on[ ])?{_DAY})?|eow|eom|noon|midnight|today|tonight"
    rf"|tomorrow(?:[ ]{_HOURS})?"
    rf"|(?:early[ ]|late[ ]|mid[- ])?(?:this|next|coming|the[ ]coming)[ ](?:{_PERIOD}|{_DAY}|{_HOURS})"
    rf"|(?:early|late|mid)[- ](?:{_DAY}|{_MONTH})"
    rf"|{_DATE}|{_DAY}(?:[ ]{_HOURS})?(?:,?[ ]{_DATE})?|{_MONTH}\b(?:[ ]\d{{4}})?"
    r"|(?:\d{1,2}(?::\d\d)?[ ]?(?:am|pm|a\.m\.|p\.m\.))(?:[ ](?:today|tomorrow))?"
)
_LEAD = (
    r"(?:by|before|until|till|on|no[ ]later[ ]than|not[ ]later[ ]than|latest|at[ ]the[ ]latest"
    r"|around|at|due(?:[ ]on|[ ]by)?|during)"
)
_DUE = re.compile(
    rf"\b(?:{_LEAD}[ ](?:the[ ])?(?:{_MOMENT})(?!\w)(?:[ ]at[ ]the[ ]latest)?"
    rf"|(?:within|in)[ ]{_SPAN}|(?:{_MOMENT})(?!\w))",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?:{_MONTH}|sat|sun|mon|wed|fri)(?:[ ]\d{{4}})?", re.IGNORECASE)


def find_due_text(sentence: str) -> str:
    """The first expression of a date or time span in a sentence as written, "" where there is none."""
    for match in _DUE.finditer(sentence):
        if not _BARE.fullmatch(match[0]):
            return match[0]
    return ""
