"""The words by which a signature's lines are told apart: titles, companies, street addresses, telephone numbers."""

import re

TITLE = re.compile(
    r"\b(?:engineer|manager|director|head of|chief|officer|president|vp|counsel|attorney|lawyer|partner|associate"
    r"|analyst"
    r"|architect|developer|consultant|specialist|coordinator|administrator|assistant|scientist|team lead|lead"
    r"|supervisor"
    r"|representative|secretary|executive|designer|planner|buyer|technician|founder|ceo|cto|cfo|coo|professor"
    r"|trader|chemist"
    r"|scheduler|maintainer|leader|qualified person|leiter(?:in)?|\w{2,20}leiter(?:in)?|geschäftsführer(?:in)?"
    r"|referent(?:in)?|\w{0,20}ingenieur(?:in)?|sachbearbeiter(?:in)?|assistent(?:in)?|\w{0,20}entwickler(?:in)?"
    r"|prokurist(?:in)?|vorstand|sachkundige person|directeur|directrice|responsable|ingénieure?|chef(?:fe)? de"
    r"|chargée? de"
    r"|gérante?|présidente?|avocate?|conseill[eè]re?|pharmacien(?:ne)?)\b",
    re.IGNORECASE,
)
COMPANY = re.compile(
    r"\b(?:inc|corp|corporation|llc|llp|ltd|limited|gmbh|kgaa|kg|sarl|sas|plc|pvt|company|technologies"
    r"|pharma(?:ceuticals)?"
    r"|biologics|laboratories|labs|university|universität|université|bank|holdings?|industries|group)\b(?!\s(?:lead"
    r"|manager))"
    r"|\b(?:L\.\s?L\.\s?[CP]|S\.\s?A|B\.\s?V|N\.\s?V|S\.\s?p\.\s?A)\b|\w{3,20}\s?&\s{1,2}[A-Z]\w{2,20}$|\b(?:AG|SE|SA|BV|NV)$",
    re.IGNORECASE,
)
REGISTRY = re.compile(
    r"\b(?:HRB|registergericht|amtsgericht|sitz der gesellschaft|ust-?id|handelsregister|aufsichtsrat"
    r"|geschäftsführ\w{2,8}\s?:"
    r"|vorstand\s?:|siège social|capital de|siret|rcs|registered (?:office|in)|company number)\b",
    re.IGNORECASE,
)
"""What the law makes companies write; the names and places in it are not the writer's."""

_STREET = (
    r"street|st\.|road|rd\.?|avenue|ave\.?|boulevard|blvd\.?|lane|drive|highway|hwy|parkway|pkwy|plaza|tower|suite"
    r"|floor|building"
    r"|bldg|court|square"
)
ADDRESS_LINE = re.compile(
    rf"^(?:\d{{1,6}}[a-z]?(?:-\d{{1,5}})?|one|two|three)\s.{{0,50}}\b(?:{_STREET})(?:\W|$)"
    r"|^(?:suite|floor|building|p\.?\s?o\.? box|po box|postfach)\s.{0,20}\d|^.{0,50}\b(?:suite|floor)\s\d{1,5}\b"
    r"|^[A-Z][\w .'-]{1,30},?\s{1,3}(?:[A-Z]{2}|Texas|California|New York)\.?,?\s{1,3}\d{5}(?:-\d{4})?\b"
    r"|^.{0,40}(?:stra(?:ß|ss)e|str\.|\wweg|platz|allee|gasse)\s\d{1,4}"
    r"|^\d{1,4}(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|boulevard|place|quai|chemin|allée)\b"
    r"|^(?:[A-Z]{1,2}[ -])?\d{4,5}\s[A-ZÄÖÜÉ][\wäöüßé-]{2,30}(?:\s(?:cedex|\(?[A-Z]\w{1,15}\)?))?(?:\s\d{1,2})?$",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![\w.])\+?\(?\d{1,4}\)?(?:[\s./-]{0,2}\(?\d{1,5}\)?){1,6}(?![\w@])")
FAX_LABEL = re.compile(r"\b(?:fax|telefax|facsimile|f)\b", re.IGNORECASE)
LABEL = re.compile(
    r"\b(?:tel|telephone|phone|ph|mobile|mob|cell|direct|office|voice|fax|telefax|facsimile|[tmfodc](?=\s?[:.)]))",
    re.IGNORECASE,
)
PROSE = re.compile(
    r"\b(?:you|we|i|please|is|are|was|can|will|this|that|following|below|ich|wir|sie|nous|vous|thanks)\b", re.IGNORECASE
)
LINKED = re.compile(r"<(?:mailto|tel|https?):[^<>]{0,300}>|\[(?:mailto|cid):[^\[\]]{0,200}\]", re.IGNORECASE)
MAIL_ADDRESS = re.compile(r"(?:e-?mail\s?:?\s?)?[^\s<>|,;]{1,64}@[^\s<>|,;]{1,120}", re.IGNORECASE)
WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,200}", re.IGNORECASE)
