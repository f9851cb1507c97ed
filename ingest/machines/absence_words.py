"""The words of out-of-office replies in nine languages: data for `ingest.machines.absence`.

Every pattern is bounded; alternatives are matched against lower-cased text with straight apostrophes.
"""

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Words:
    """How one language speaks of absence.

    Attributes:
        away: the writer is away, or cannot read mail.
        since, until: what stands before the first and the last day of absence.
        back: the writer is there again; beside a date it is the first day back.
        not_back: "not back until": the date after it is the first day back too.
        on: what stands before a single day.
        cover: what stands before the person to turn to.
        others: what joins two persons.
        months: names and short forms, January first.
        weekdays: names and short forms, Monday first.
        tomorrow: the next day, in a word.
        common: frequent words that tell the language.
        titles: what stands before a name and is none.
        someone: "X is away" with somebody's name in the group `name`, "" where it is not told.
    """

    away: str
    since: str
    until: str
    back: str
    not_back: str
    on: str
    cover: str
    others: str
    months: str
    weekdays: str
    tomorrow: str
    common: str
    titles: str
    someone: str


_NAME = (
    r"(?-i:[^\W\d_a-zß-öø-ÿ][\w'-]{1,30}(?: (?:van |von |de |der |da |di |del )?[^\W\d_a-zß-öø-ÿ][\w'-]{1,30}){1,2})"
)

LANGUAGES = {
    "en": Words(
        away=r"out of (?:the |my |our )?office|(?:back|return(?:ing)?) (?:in |to )?(?:the office |work )?on"
        r"|on (?:annual |parental |maternity |paternity |sick |business |medical )?"
        r"(?:leave|vacation|holidays?|travel|a business trip)|away from (?:the |my )?(?:office|desk|e-?mail)"
        r"|(?:am|is|be|are) away|(?:limited|no|sporadic|intermittent) access to (?:my )?e-?mails?|travell?ing"
        r"|unavailable|not (?:be )?(?:in the office|available|checking|reading)|\booo\b",
        since=r"from|since|starting|as of|between|beginning|effective|commencing",
        until=r"until|till|til|to|through|thru|and|up to|'til|until and including|through to",
        back=r"back|returns?|returning|return to (?:the )?(?:office|work)|in the office again|available again|respond",
        not_back=r"(?:not|n't) (?:be )?(?:back|return(?:ing)?|in the office|available)[\w\s]{0,30}(?:until"
        r"|before|till)",
        on=r"on|for",
        cover=r"(?:please |kindly )?(?:contact|reach out to|get in touch with|call|e-?mail|write to|refer to|turn to"
        r"|direct [\w\s,]{0,40} to|forward [\w\s,]{0,40} to|speak to)|covered by|covering for me is"
        r"|my backup is|deputy:|cover:|backup:"
        r"|my (?:deputy|delegate|cover) is|instead",
        others=r"or|and",
        months="january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
        "|october oct|november nov|december dec",
        weekdays="monday mon|tuesday tue tues|wednesday wed|thursday thu thurs|friday fri|saturday sat|sunday sun",
        tomorrow="tomorrow",
        common="the|and|you|your|will|please|with|my|for|this",
        titles=r"mr|mrs|ms|dr|prof|my colleagues?|our colleagues?|either|my manager|my deputy|my assistant",
        someone=rf"(?P<name>{_NAME}) (?:is|will be) (?:currently |presently )?(?:out of|away"
        rf"|on (?:annual )?leave|on vacation)",
    ),
    "de": Words(
        away=r"nicht (?:im (?:büro|haus)|erreichbar|am arbeitsplatz|an meinem arbeitsplatz)|abwesen(?:d|heit)"
        r"|außer haus"
        r"|im urlaub|auf dienstreise|in elternzeit|auf reisen|verreist|urlaubsbedingt|ausser haus|keinen zugriff auf",
        since=r"vom|ab|ab dem|seit|seit dem|von|zwischen|beginnend",
        until=r"bis|bis zum|bis einschließlich|bis inklusive|bis einschl\.|bis inkl\.|bis einschließlich zum|und",
        back=r"wieder|zurück|zurückkehren|zurückkomme|rückkehr|erneut",
        not_back=r"erst (?:wieder )?(?:ab|am)",
        on=r"am|an dem",
        cover=r"wenden sie sich (?:bitte )?(?:in [\w\s]{0,30} )?an|wende dich (?:bitte )?an"
        r"|kontaktieren sie (?:bitte )?"
        r"|vertretung (?:ist|übernimmt|durch|hat|wird|erfolgt durch)|vertreten (?:von|durch|wird)|vertritt mich"
        r"|(?:bitte )?(?:sich )?an|ansprechpartner(?:in)? ist|übernimmt|(?:stell)?vertretung(?: / deputy)?:"
        r"|hilft ihnen|steht ihnen",
        others=r"oder|und|sowie|bzw\.",
        months="januar jänner jan|februar feber feb|märz mär mrz|april apr|mai|juni jun|juli jul|august aug"
        "|september sept sep|oktober okt|november nov|dezember dez",
        weekdays="montag mo|dienstag di|mittwoch mi|donnerstag do|freitag fr|samstag sonnabend sa|sonntag so",
        tomorrow="morgen",
        common="und|ich|bin|sie|bitte|nicht|mit|ist|der|die|das|wird|ihre|für",
        titles=r"herrn?|frau|dr\.|prof\.|meine kollegin|meinen kollegen|meine kollegen|mein kollege|kollegin|kollege",
        someone=rf"(?:herr |frau )?(?P<name>{_NAME}) ist (?:derzeit |zurzeit |momentan )?(?:nicht im|abwesend"
        rf"|im urlaub|außer)",
    ),
    "fr": Words(
        away=r"absente?s?\b|absence|en congés?|hors du bureau|en déplacement|en vacances|pas (?:au bureau|joignable"
        r"|disponible)|indisponible|injoignable|en rtt|en arrêt maladie",
        since=r"du|depuis le|à partir du|à compter du|dès le|depuis|entre le|de",
        until=r"au|jusqu'au|jusqu'à|inclus au|et le|à|jusqu'au [a-z]+",
        back=r"de retour|retour|reviens|reviendrai|serai là|rentre|reprendrai|reprends",
        not_back=r"(?:pas|qu)[\w\s']{0,20}(?:avant|qu'à partir du|que le)",
        on=r"le|ce",
        cover=r"contacter|contactez|vous adresser à|adressez-vous à|s'adresser à|joindre|joignez|écrire à"
        r"|vous rapprocher de|remplacée? par|prendre contact avec",
        others=r"ou|et",
        months="janvier janv|février févr fév fevrier|mars|avril avr|mai|juin|juillet juil|août aout|septembre sept"
        "|octobre oct|novembre nov|décembre déc decembre",
        weekdays="lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
        tomorrow="demain",
        common="je|suis|vous|pour|merci|votre|une|les|avec|mon|pas|toute",
        titles=r"monsieur|madame|m\.|mme|mlle|mon collègue|ma collègue|mes collègues|mon assistante?",
        someone=rf"(?P<name>{_NAME}) est (?:actuellement )?(?:absente?|en congés?|en déplacement|en vacances)",
    ),
    "es": Words(
        away=r"fuera de (?:la |mi )?oficina|de vacaciones|ausentes?\b|ausencia|de viaje|de baja|no (?:estaré"
        r"|estoy) (?:en la"
        r" oficina|disponible)|de permiso|acceso limitado|sin acceso",
        since=r"desde el|del|a partir del|desde|entre el|de|desde hoy",
        until=r"hasta el|al|hasta|y el|a|hasta el día|inclusive hasta el",
        back=r"regreso|regresaré|vuelvo|volveré|vuelta|de regreso|me reincorpor[oaé]\w{0,3}|retorno|nuevamente"
        r"|reincorporación",
        not_back=r"no (?:volveré|regresaré|estaré)[\w\s]{0,30}hasta",
        on=r"el|el día",
        cover=r"contactar?(?: con| a)?|contacten?(?: con| a)?|póngase en contacto con|ponerse en contacto con"
        r"|diríjase a"
        r"|dirigirse a|comuníquese con|comunicarse con|escribir a|escriba a|contactad con|me sustituye",
        others=r"o|y|u",
        months="enero ene|febrero feb|marzo mar|abril abr|mayo|junio jun|julio jul|agosto ago|septiembre setiembre sept"
        " sep|octubre oct|noviembre nov|diciembre dic",
        weekdays="lunes|martes|miércoles miercoles|jueves|viernes|sábado sabado|domingo",
        tomorrow="mañana",
        common="estoy|estaré|usted|por|favor|para|con|los|las|mi|gracias|su|que",
        titles=r"sr\.?|sra\.?|don|doña|mi compañer[oa]|mi colega|mis compañeros|el|la",
        someone=rf"(?P<name>{_NAME}) (?:está|estará) (?:actualmente )?(?:fuera|de vacaciones|ausente|de viaje)",
    ),
    "it": Words(
        away=r"fuori (?:sede|ufficio|dall'ufficio)|in ferie|assentes?\b|assenza|in trasferta|in vacanza|in viaggio"
        r"|non (?:sono|sarò|saro) (?:in ufficio|disponibile|raggiungibile)|in congedo|in malattia",
        since=r"dal|da|a partire dal|dall'|tra il|fra il|a decorrere dal",
        until=r"al|fino al|sino al|fino a|all'|e il|fino al giorno|compreso il|fino all'",
        back=r"rientro|rientrerò|rientro in ufficio|torno|tornerò|di ritorno|nuovamente|di nuovo|ritorno"
        r"|sarò in ufficio",
        not_back=r"non (?:rientrerò|tornerò|sarò)[\w\s]{0,30}(?:prima del|fino al)",
        on=r"il|nel giorno|il giorno",
        cover=r"contattare|contattate|rivolgersi a(?:lla|l)?|rivolgetevi a|rivolgiti a|scrivere a|fare riferimento a"
        r"|contatti|mi sostituisce|sostituit[oa] da",
        others=r"o|oppure|e",
        months="gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago"
        "|settembre sett"
        " set|ottobre ott|novembre nov|dicembre dic",
        weekdays="lunedì lunedi|martedì martedi|mercoledì mercoledi|giovedì giovedi|venerdì venerdi|sabato|domenica",
        tomorrow="domani",
        common="sono|sarò|per|che|non|con|grazie|della|alla|mio|una|prego",
        titles=r"sig\.?|sig\.ra|signora?|dott\.?|dott\.ssa|ing\.|il collega|la collega|il mio collega"
        r"|la mia collega|i colleghi",
        someone=rf"(?P<name>{_NAME}) (?:è|sarà) (?:attualmente )?(?:assente|fuori|in ferie|in trasferta)",
    ),
    "nl": Words(
        away=r"niet (?:op kantoor|aanwezig|bereikbaar|op het werk)|afwezig(?:heid)?|met vakantie|op vakantie"
        r"|buiten kantoor"
        r"|met verlof|op zakenreis|vrij\b|onderweg|geen toegang tot",
        since=r"van|vanaf|sinds|van af|tussen|met ingang van",
        until=r"tot|tot en met|t/m|t\.e\.m\.|en|tot aan|t\.m\.",
        back=r"terug|weer|opnieuw|aanwezig vanaf|retour",
        not_back=r"pas (?:weer )?(?:op|vanaf)|niet (?:terug|aanwezig) (?:voor|tot)",
        on=r"op|deze",
        cover=r"contact op(?:nemen|neemt|te nemen)? met|contact opnemen met|neem (?:dan )?(?:gerust )?contact op met"
        r"|contacteer|wenden tot|mailen naar|bellen met|richten aan|u terecht bij|vervangen door|waargenomen door|bel",
        others=r"of|en",
        months="januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|september sept sep"
        "|oktober okt|november nov|december dec",
        weekdays="maandag ma|dinsdag di|woensdag wo|donderdag do|vrijdag vr|zaterdag za|zondag zo",
        tomorrow="morgen",
        common="ik|ben|het|een|niet|van|voor|uw|kunt|met|mijn|deze|bij",
        titles=r"dhr\.?|mevr\.?|mijn collega'?s?|de heer|mevrouw|collega",
        someone=rf"(?P<name>{_NAME}) is (?:momenteel )?(?:niet op kantoor|afwezig|met vakantie|op vakantie)",
    ),
    "pl": Words(
        away=r"poza biurem|nieobecn[aye]|nieobecności|na urlopie|urlop\w{0,3}|w delegacji|w podróży służbowej"
        r"|niedostępn[aye]"
        r"|na zwolnieniu|nie ma mnie w biurze|brak dostępu",
        since=r"od|od dnia|w dniach od|w dniach|między|począwszy od",
        until=r"do|do dnia|do dnia włącznie|do końca|włącznie do|a",
        back=r"wracam|wrócę|powrót|powrotu|powracam|ponownie|będę (?:z powrotem|dostępn[ay])|z powrotem|powrocie",
        not_back=r"dopiero (?:od|w dniu)",
        on=r"w dniu|dnia|w",
        cover=r"kontakt(?=:)|kontakt (?:z|ze|proszę|pod adresem)|kontaktować się (?:z|ze)|skontaktować się (?:z"
        r"|ze)|zwrócić się do"
        r"|zwracać się do|zastępuje mnie|zastępstwo pełni|kierować do|pisać do|skontaktuj się (?:z|ze)",
        others=r"lub|albo|i|oraz",
        months="stycznia styczeń sty|lutego luty lut|marca marzec mar|kwietnia kwiecień kwi|maja maj"
        "|czerwca czerwiec cze"
        "|lipca lipiec lip|sierpnia sierpień sie|września wrzesień wrz|października październik paź|listopada listopad"
        " lis|grudnia grudzień gru",
        weekdays="poniedziałku poniedziałek|wtorku wtorek|środy środę środa|czwartku czwartek|piątku piątek"
        "|soboty sobotę sobota|niedzieli niedzielę niedziela",
        tomorrow="jutra",
        common="jestem|będę|proszę|się|nie|w|na|dziękuję|państwa|do|sprawach|pilnych",
        titles=r"pan|pani|panem|panią|moją koleżanką|moim kolegą|kolegą|koleżanką|pana",
        someone=rf"(?:pan |pani )?(?P<name>{_NAME}) (?:jest|będzie) (?:obecnie )?(?:poza biurem|nieobecn[ay]"
        rf"|na urlopie)",
    ),
    "pt": Words(
        away=r"fora do escritório|ausentes?\b|ausência|de férias|em férias|em viagem|de licença"
        r"|(?:não )?(?:estou|estarei)"
        r" (?:indisponível|fora)|sem acesso|acesso limitado|de baixa",
        since=r"de|desde|a partir de|entre|do dia|desde o dia|entre os dias|do",
        until=r"até|a|ao|até ao dia|até o dia|até dia|e|ao dia|até ao",
        back=r"retorno|retornarei|regresso|regressarei|volto|voltarei|de volta|novamente|de regresso",
        not_back=r"(?:só|apenas) (?:volto|regresso|retorno|voltarei|estarei)",
        on=r"em|no dia|dia|na|no",
        cover=r"contact(?:ar|e|em)|contat(?:ar|e|em)|entrar? em conta[c]?to com|entrem em conta[c]?to com|falar com"
        r"|dirija-se a|procurar|procure|escrever para|enviar para|substituíd[oa] por",
        others=r"ou|e",
        months="janeiro jan|fevereiro fev|março mar|abril abr|maio|junho jun|julho jul|agosto ago|setembro set"
        "|outubro out|novembro nov|dezembro dez",
        weekdays="segunda-feira segunda|terça-feira terça|quarta-feira quarta|quinta-feira quinta|sexta-feira sexta"
        "|sábado|domingo",
        tomorrow="amanhã",
        common="estou|estarei|por|favor|com|para|não|meu|minha|obrigad[oa]|caso|em",
        titles=r"sr\.?|sra\.?|o meu colega|a minha colega|meu colega|minha colega|colega|a|o",
        someone=rf"(?P<name>{_NAME}) (?:está|estará) (?:atualmente )?(?:ausente|de férias|fora do|em viagem)",
    ),
    "sv": Words(
        away=r"inte på kontoret|frånvaro(?:nde)?|på semester|på tjänsteresa|ledig\b|bortrest|föräldraledig"
        r"|inte tillgänglig",
        since=r"från|från och med|fr\.o\.m\.|sedan|mellan",
        until=r"till|till och med|t\.o\.m\.|tom|och",
        back=r"tillbaka|åter|igen",
        not_back=r"inte (?:tillbaka|åter) förrän",
        on=r"den|på",
        cover=r"kontakta|vänd dig till|hör av dig till|vänligen kontakta|mejla",
        others=r"eller|och",
        months="januari jan|februari feb|mars|april apr|maj|juni jun|juli jul|augusti aug|september sept|oktober okt"
        "|november nov|december dec",
        weekdays="måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag",
        tomorrow="imorgon",
        common="jag|är|och|du|inte|för|med|mitt|din|att|kan",
        titles=r"min kollega|mina kollegor|kollega",
        someone=rf"(?P<name>{_NAME}) är (?:för närvarande )?(?:inte på kontoret|på semester|ledig)",
    ),
}


@cache
def away_pattern(language: str) -> re.Pattern[str]:
    """Words that say that somebody is away."""
    return re.compile(rf"\b(?:{LANGUAGES[language].away})", re.IGNORECASE)


AWAY = re.compile("|".join(rf"\b(?:{words.away})" for words in LANGUAGES.values()), re.IGNORECASE)
"""Words of absence in any of the languages."""
