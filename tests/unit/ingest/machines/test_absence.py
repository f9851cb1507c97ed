"""Out-of-office replies in nine languages; each was written on Monday, 2 March 2026."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.machines.absence import Notice, read_absence
from ingest.machines.absence_words import AWAY, LANGUAGES
from models.records import Absence, NamedAddress

MONDAY = date(2026, 3, 2)
ANA = NamedAddress("ana.ruiz@corvus.example", "Ana Ruiz")
KURT = NamedAddress("kurt.weber@corvus.example", "Kurt Weber")
EVA = NamedAddress("", "Eva Stein")
Case = tuple[str, str | None, str | None, list[NamedAddress]]


def read(text: str, subject: str = "", sender: NamedAddress = ANA) -> Absence:
    return read_absence(Notice(sender, subject, text, MONDAY))


ENGLISH: list[Case] = [
    ("I am out of the office until Friday 6 March.", None, "2026-03-07", []),
    (
        "I am out of office from 2 March to 6 March 2026 and will be back on Monday, March 9.",
        "2026-03-02",
        "2026-03-09",
        [],
    ),
    ("I'm on annual leave 2-6 March. Please contact my colleague Eva Stein.", "2026-03-02", "2026-03-07", [EVA]),
    (
        "I will be back in the office on Monday. For anything urgent write to Kurt Weber (kurt.weber@corvus.example).",
        None,
        "2026-03-09",
        [KURT],
    ),
    ("I am out of office with no access to email and will return on 03/04/2026.", None, None, []),
    (
        "I am on vacation through March 13th, 2026. In my absence contact Kurt Weber, kurt.weber@corvus.example.",
        None,
        "2026-03-14",
        [KURT],
    ),
    ("I am away and will not be back until 9 March 2026.", None, "2026-03-09", []),
    (
        "I'm out of the office today, returning tomorrow. Please call Eva Stein or Kurt Weber.",
        None,
        "2026-03-03",
        [EVA, NamedAddress("", "Kurt Weber")],
    ),
    ("I will be out of the office on Wednesday 4 March.", "2026-03-04", "2026-03-05", []),
    ("I am travelling with limited access to e-mail.", None, None, []),
    ("I am out of the office between 2026-03-02 and 2026-03-06.", "2026-03-02", "2026-03-07", []),
    ("On leave since 20 Feb; back 9 Mar.", "2026-02-20", "2026-03-09", []),
    ("I am on parental leave until December 2026.", None, None, []),
]
GERMAN: list[Case] = [
    (
        (
            "Bis einschließlich 6. März 2026 bin ich nicht im Büro. In dringenden Fällen wenden Sie sich bitte an"
            " Herrn Kurt Weber (kurt.weber@corvus.example)."
        ),
        None,
        "2026-03-07",
        [KURT],
    ),
    (
        "Ich bin vom 02.03. bis 06.03.2026 im Urlaub und ab dem 09.03. wieder erreichbar.",
        "2026-03-02",
        "2026-03-09",
        [],
    ),
    ("Ich bin derzeit abwesend. Am Montag, den 9. März, bin ich wieder im Büro.", None, "2026-03-09", []),
    ("Ich bin ab dem 4. März im Urlaub. Meine Vertretung übernimmt Frau Eva Stein.", "2026-03-04", None, [EVA]),
    ("Ich bin auf Dienstreise und kehre am 10.3.2026 zurück.", None, "2026-03-10", []),
    ("Ich bin vom 2. bis 6. März außer Haus.", "2026-03-02", "2026-03-07", []),
    ("Ich bin erst am Donnerstag wieder erreichbar, da ich verreist bin.", None, "2026-03-05", []),
    ("Ich bin abwesend bis Freitag. Vertretung: Eva Stein", None, "2026-03-07", [EVA]),
    ("Ich bin am 5. März nicht im Büro.", "2026-03-05", "2026-03-06", []),
    ("Ich bin vom 02.03.2026 - 13.03.2026 im Urlaub.", "2026-03-02", "2026-03-14", []),
]
FRENCH: list[Case] = [
    (
        "Je suis absente du 2 au 6 mars inclus. Urgences : veuillez contacter Kurt Weber (kurt.weber@corvus.example).",
        "2026-03-02",
        "2026-03-07",
        [KURT],
    ),
    (
        "Je suis absente du bureau jusqu'au vendredi 6 mars. Je serai de retour le lundi 9 mars 2026.",
        None,
        "2026-03-09",
        [],
    ),
    ("Je suis en congés du 27/02/2026 au 06/03/2026.", "2026-02-27", "2026-03-07", []),
    ("Absente, de retour le 1er avril.", None, "2026-04-01", []),
    ("Je suis en déplacement jusqu’à jeudi. Merci de vous adresser à Madame Eva Stein.", None, "2026-03-06", [EVA]),
    ("Je serai absente le 5 mars.", "2026-03-05", "2026-03-06", []),
    ("Je suis en vacances à partir du 4 mars ; je reviens le 16 mars.", "2026-03-04", "2026-03-16", []),
    ("Actuellement en congé, je serai de retour lundi.", None, "2026-03-09", []),
]
SPANISH: list[Case] = [
    (
        "Estoy fuera de la oficina hasta el 6 de marzo. Para asuntos urgentes, póngase en contacto con Eva Stein.",
        None,
        "2026-03-07",
        [EVA],
    ),
    ("Estaré de vacaciones del 2 al 6 de marzo de 2026.", "2026-03-02", "2026-03-07", []),
    ("Estoy de viaje y vuelvo el lunes 9 de marzo.", None, "2026-03-09", []),
    ("Me encuentro ausente desde el 26/02/2026 hasta el 06/03/2026.", "2026-02-26", "2026-03-07", []),
    ("Estoy de baja. Contacte con Kurt Weber (kurt.weber@corvus.example), por favor.", None, None, [KURT]),
    ("Estaré fuera de la oficina hasta el viernes, regreso el lunes.", None, "2026-03-09", []),
    ("No estaré disponible el 5 de marzo.", "2026-03-05", "2026-03-06", []),
    (
        "Vacaciones: estoy ausente a partir del 4 de marzo. Me reincorporo el 16 de marzo.",
        "2026-03-04",
        "2026-03-16",
        [],
    ),
]
ITALIAN: list[Case] = [
    (
        "Sono fuori ufficio dal 2 al 6 marzo. Per urgenze contattare Kurt Weber (kurt.weber@corvus.example).",
        "2026-03-02",
        "2026-03-07",
        [KURT],
    ),
    ("Sono in ferie fino al 6 marzo 2026.", None, "2026-03-07", []),
    ("Sono assente e rientrerò lunedì 9 marzo.", None, "2026-03-09", []),
    ("Sarò in ferie dal 27/02/2026 al 06/03/2026. Rivolgersi a Eva Stein.", "2026-02-27", "2026-03-07", [EVA]),
    ("Sono in trasferta; tornerò in ufficio il 12 marzo.", None, "2026-03-12", []),
    ("Sono fuori sede a partire dal 4 marzo.", "2026-03-04", None, []),
    ("Sarò assente il 5 marzo.", "2026-03-05", "2026-03-06", []),
    ("Sono in vacanza fino a venerdì. Per urgenze rivolgersi alla collega Eva Stein.", None, "2026-03-07", [EVA]),
]
DUTCH: list[Case] = [
    ("Ik ben afwezig tot en met vrijdag 6 maart. Vanaf 9 maart ben ik weer bereikbaar.", None, "2026-03-09", []),
    ("Ik ben met vakantie van 2 t/m 6 maart 2026.", "2026-03-02", "2026-03-07", []),
    ("Ik ben niet op kantoor en terug op maandag 9 maart. Neem contact op met Eva Stein.", None, "2026-03-09", [EVA]),
    ("Ik ben op vakantie tot 16-03-2026.", None, "2026-03-17", []),
    (
        "Ik ben afwezig vanaf 4 maart. Voor dringende zaken kunt u mailen naar kurt.weber@corvus.example.",
        "2026-03-04",
        None,
        [NamedAddress("kurt.weber@corvus.example")],
    ),
    ("Op 5 maart ben ik terug. Ik ben nu niet aanwezig.", None, "2026-03-05", []),
    ("Ik ben met verlof en op 12 maart weer aanwezig.", None, "2026-03-12", []),
    ("Ik ben niet bereikbaar op 5 maart.", "2026-03-05", "2026-03-06", []),
]
POLISH: list[Case] = [
    ("Jestem na urlopie od 2 do 6 marca 2026.", "2026-03-02", "2026-03-07", []),
    (
        "Jestem poza biurem do 6 marca. W pilnych sprawach proszę o kontakt: kurt.weber@corvus.example.",
        None,
        "2026-03-07",
        [NamedAddress("kurt.weber@corvus.example")],
    ),
    ("Przebywam w delegacji, wracam 9 marca.", None, "2026-03-09", []),
    ("Jestem nieobecna do piątku.", None, "2026-03-07", []),
    ("Jestem na urlopie od 27.02.2026 do 06.03.2026. Zastępuje mnie Eva Stein.", "2026-02-27", "2026-03-07", [EVA]),
    ("Będę nieobecna w dniu 5 marca.", "2026-03-05", "2026-03-06", []),
    ("Nie ma mnie w biurze. Wrócę w poniedziałek.", None, "2026-03-09", []),
    ("Jestem na zwolnieniu od dnia 4 marca.", "2026-03-04", None, []),
]
PORTUGUESE: list[Case] = [
    ("Estou de férias de 2 a 6 de março. Em caso de urgência, contactar Eva Stein.", "2026-03-02", "2026-03-07", [EVA]),
    ("Estou fora do escritório até 6 de março de 2026.", None, "2026-03-07", []),
    ("Estarei ausente até sexta-feira e volto na segunda-feira.", None, "2026-03-09", []),
    ("Estou em viagem, com retorno em 09/03/2026.", None, "2026-03-09", []),
    ("Estarei de férias a partir de 4 de março.", "2026-03-04", None, []),
    (
        "Estou ausente desde 27/02/2026 até 06/03/2026. Contate Kurt Weber (kurt.weber@corvus.example).",
        "2026-02-27",
        "2026-03-07",
        [KURT],
    ),
    ("Estou de licença e regresso no dia 12 de março.", None, "2026-03-12", []),
    ("Estarei ausente no dia 5 de março.", "2026-03-05", "2026-03-06", []),
]
SWEDISH: list[Case] = [
    ("Jag är på semester till och med 6 mars. Kontakta Eva Stein.", None, "2026-03-07", [EVA]),
    ("Jag är inte på kontoret men tillbaka måndag 9 mars.", None, "2026-03-09", []),
    ("Jag är ledig från 4 mars till 6 mars.", "2026-03-04", "2026-03-07", []),
]
ALL = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "nl": DUTCH,
    "pl": POLISH,
    "pt": PORTUGUESE,
    "sv": SWEDISH,
}


@pytest.mark.parametrize(("language", "case"), [(language, case) for language, cases in ALL.items() for case in cases])
def test_what_a_notice_says(language: str, case: Case) -> None:
    text, away_from, returns_on, cover = case
    assert AWAY.search(text)
    expected = [date.fromisoformat(day) if day else None for day in (away_from, returns_on)]
    assert read(text) == Absence(ANA, expected[0], expected[1], tuple(cover), language)


def test_a_notice_in_two_languages() -> None:
    absence = read(
        "Ich bin derzeit nicht im Büro. Bitte wenden Sie sich an Eva Stein.\n\n"
        "I am out of the office until 6 March. Please contact Eva Stein."
    )
    assert (absence.language, absence.returns_on, absence.cover) == ("de", date(2026, 3, 7), (EVA,))


def test_the_person_is_the_writer_unless_somebody_else_is_named() -> None:
    team = NamedAddress("quality@corvus.example", "Quality")
    assert read("Ana Ruiz is out of the office until 6 March.").person == ANA
    assert read("Ana Ruiz is out of the office until 6 March.", sender=team).person == NamedAddress("", "Ana Ruiz")
    assert read("Ana Ruiz ist derzeit nicht im Büro.", sender=team).person == NamedAddress("", "Ana Ruiz")
    own = NamedAddress("ana.ruiz@corvus.example", "Ruiz, Ana")
    assert read("Ana Ruiz est absente.", sender=own).person == own


@pytest.mark.parametrize(
    ("domain", "day"),
    [("corvus.co.uk", "2026-04-03"), ("corvus.us", "2026-03-04"), ("corvus.com", None), ("corvus.de", "2026-04-03")],
)
def test_days_and_months_change_places_with_the_country(domain: str, day: str | None) -> None:
    absence = read("I am away and return on 03/04/2026.", sender=NamedAddress(f"ana@{domain}"))
    assert absence.returns_on == (date.fromisoformat(day) if day else None)


def test_a_day_without_a_year_is_the_next_one() -> None:
    december = Notice(ANA, "", "I am out of the office until 6 January.", date(2025, 12, 20))
    assert read_absence(december).returns_on == date(2026, 1, 7)


def test_days_that_contradict_each_other_are_left_out() -> None:
    absence = read("I am out of office from 9 March 2026 and will be back on 2 March 2026.")
    assert (absence.away_from, absence.returns_on) == (None, None)


def test_the_subject_may_tell_too() -> None:
    assert read("Please contact Eva Stein.", subject="Out of office until 6 March").returns_on == date(2026, 3, 7)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "until",
                "from",
                "back",
                "bis",
                "6",
                "06.03.",
                "march",
                "märz",
                "-",
                "/",
                "contact",
                "Eva Stein",
                "absent",
                "du",
                "au",
                ".",
                "99",
            ]
        ),
        max_size=40,
    ).map(" ".join)
    | st.text(max_size=200)
)
def test_no_words_raise(text: str) -> None:
    absence = read(text)
    assert absence.language in {"", *LANGUAGES}
    if absence.away_from and absence.returns_on:
        assert absence.away_from < absence.returns_on
