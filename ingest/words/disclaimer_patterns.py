"""The words of disclaimers, confidentiality notices and gateways' warnings, in the languages of business mail."""

import re

STEMS = (
    *(
        "intended recipient",
        "intended only",
        "intended solely",
        "intended for the",
        "intended exclusively",
        "addressee",
    ),
    *("confidential", "privileged", "unauthorised", "unauthorized", "disclos", "strictly prohibited", "in error"),
    *(
        "notify the sender",
        "notify us",
        "notify me",
        "delete it",
        "delete this",
        "delete the",
        "delete all",
        "property of",
    ),
    *("virus", "before printing", "before you print", "consider the environment", "electronically stored"),
    *("registered office", "receiving this", "received this", "stop receiving", "unsubscribe", "notification settings"),
    *("vertraulich", "irrtümlich", "unbefugt", "empfänger", "adressat", "vernichten", "rechtlich geschützt", "umwelt"),
    *("confidentiel", "destinataire", "par erreur", "strictement interdit", "détrui", "imprimer"),
    *("confidencial", "destinatario", "por error", "prohibid", "elimin", "imprimir"),
    *("riservat", "per errore", "vietat", "cancellar", "stampare"),
    *("vertrouwelijk", "geadresseerde", "ten onrechte", "abusievelijk", "verwijder", "milieu"),
    *("poufn", "adresat", "omyłkow", "chronion", "zabronion", "usunię"),
    *("destinatári", "por engano", "proibid", "apagu", "apagar", "meio ambiente"),
    *("конфиденциальн", "получател", "по ошибке", "конфіденційн", "одержувач", "помилково"),
    *("konfidensiel", "fortrolig", "konfidentiell", "mottaker", "modtager", "mottagare"),
)
"""Stems of a disclaimer's words, lower case; two of them tell one from prose."""

_MAIL = r"(?:e-?mail|message|transmission|communication|correspondence|transmittal)"
_BEGINNINGS = (
    r"(?:confidentiality|privacy|legal|privileged|important|privilege)\s(?:and \w{1,20} )?(?:notice|note|warning"
    r"|statement"
    r"|disclaimer)\b|disclaimer\b|internet e-?mail confidentiality"
    rf"|(?:this|the information (?:contained )?in this|the contents? of this"
    rf"|the information transmitted)\b.{{0,60}}\b{_MAIL}\b"
    r"|please consider the environment|if you (?:are not|have received)|the information transmitted"
    rf"|privileged.{{0,10}}confidential|(?:any|all) (?:views|opinions).{{0,60}}{_MAIL}|notice:\s"
    rf"|{_MAIL}s? (?:transmission )?(?:is|are|may be) not|invitation from google calendar"
    rf"|you (?:are receiving|received|have received) this .{{0,20}}{_MAIL}"
    r"|diese (?:e-?mail|nachricht|mail)\b|der inhalt dieser|(?:die|alle) (?:in dieser|informationen in)"
    r"|vertraulichkeitshinweis"
    r"|rechtlicher hinweis|(?:sollten|falls|wenn) sie nicht der|bitte (?:denken sie an die umwelt|prüfen sie)"
    r"|ce (?:message|courriel|mail|e-mail)\b|cet (?:e-mail|envoi)\b|les informations contenues"
    r"|avis (?:de confidentialité|légal)"
    r"|(?:si vous|le présent|la présente)\b.{0,40}(?:destinataire|message|courriel)|pensez à l['’]environnement"
    r"|est[ea] (?:mensaje|correo|comunicación)|la información contenida|aviso (?:legal|de confidencialidad)"
    r"|antes de imprimir"
    r"|el contenido de este|si usted no es"
    r"|quest[oa] (?:e-?mail|messaggio|comunicazione)|le informazioni contenute|il contenuto di quest|ai sensi del"
    r"|avviso di riservatezza|prima di stampare|rispetta l['’]ambiente"
    r"|dit (?:e-?mail)?bericht|deze e-?mail|de informatie in dit|de inhoud van d|denk aan het milieu"
    r"|niniejsz[aey] (?:wiadomość|korespondencja|e-?mail|przekaz)|ta wiadomość|treść (?:tej|niniejszej)"
    r"|informacje zawarte"
    r"|jeżeli nie (?:są|jest)|zanim wydrukujesz"
    r"|est[ea] (?:mensagem|e-?mail|comunicação)|as informações contidas|o conteúdo dest[ea]"
    r"|aviso de confidencialidade"
    r"|pense no meio ambiente"
    r"|(?:данное|настоящее|это) (?:сообщение|письмо)|информация, содержащаяся|(?:цей лист|це повідомлення"
    r"|дане повідомлення)"
    r"|den(?:ne|na) (?:e-post|mail|meldingen)|dette er en konfidensiell|detta (?:meddelande|e-post)"
)
DISCLAIMS = re.compile(rf"^\W{{0,40}}(?:{_BEGINNINGS})", re.IGNORECASE)
HEADING = re.compile(r"^\W{0,40}(?:legal )?disclaimer\W{0,40}$", re.IGNORECASE)
"""A line that is nothing but a disclaimer's heading, so that no word below has to confirm it."""

BANNER = re.compile(
    r"^\W{0,6}(?:caution|warning|external|extern|attention|achtung|vorsicht|atención|attenzione|let op|uwaga|atenção"
    r"|\[external\]|\[ext\])\b.{0,40}(?:e-?mail|message|sender|mail|nachricht|expéditeur|correo|mittente)?.{0,40}"
    r"(?:originated|outside|external|organi[sz]ation|außerhalb|extern|extérieur|externe|esterno|buiten|spoza|fora)"
    r"|^\W{0,3}(?:this (?:e-?mail|message) (?:originated|was sent|came) from outside)"
    r"|^\W{0,3}\[?you don['’]t often get email from",
    re.IGNORECASE,
)
