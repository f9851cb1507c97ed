"""Invented words of the generated mailbox: sentences, names and companies, drawn by a seeded die."""

import random

_WORDS = (
    "batch release deviation order please confirm the shipment for Friday thanks change control request approved "
    "pending quality agreement site transfer validation protocol report draft attached revised stability study month "
    "sample retain temperature excursion carrier customs invoice payment purchase forecast quantity vial stopper "
    "label carton artwork proof comment by next week could you let us know whether this is still on track our team "
    "will review and come back with questions regarding line clearance cleaning audit finding response due date owner "
    "root cause corrective action supplier excipient certificate analysis specification limit assay impurity result "
    "retest schedule slot fill finish lyophilisation inspection packaging serialisation aggregation test run scale "
    "equipment maintenance calibration training record signature missing page number list call minutes decision "
    "steering committee launch market country authority variation submission dossier section question answer clock we "
    "have not received any update since last month so I would like to understand what happens now and who takes it "
    "from here on both sides as discussed during the meeting there are two open points left before we can close this "
    "topic"
)
_FIRST = "Ana Ben Carla David Elin Farid Greta Hugo Ines Jonas Katja Luca Mara Nils Olga Paul Rosa Sven Tilda Viktor"
_LAST = "Abel Brandt Castro Dietz Ekman Ferrari Gomez Hartmann Ivanov Jansen Keller Lopez Moreau Novak Olsen Petit"
WORDS, FIRST, LAST = _WORDS.split(), _FIRST.split(), _LAST.split()
HOSTS = ("halden.example", "corvus.example", "lumen-bio.example", "norrfill.example", "apex-packaging.example")


def sentence(dice: random.Random) -> str:
    """Six to twenty-two words, one in five a question."""
    words = dice.choices(WORDS, k=dice.randint(6, 22))
    return " ".join(words).capitalize() + ("?" if dice.random() < 0.2 else ".")


def paragraphs(dice: random.Random, words: int) -> list[str]:
    """About so many words in paragraphs of a few sentences."""
    found: list[str] = []
    left = words
    while left > 0:
        some = [sentence(dice) for _ in range(dice.randint(1, 4))]
        found.append(" ".join(some))
        left -= len(found[-1].split())
    return found


def address(person: int) -> str:
    """The address of the person with this number."""
    return f"{FIRST[person % 20]}.{LAST[person // 20 % 16]}{person // 320 or ''}@{HOSTS[person % 5]}".lower()


def name(person: int) -> str:
    """Their name."""
    return f"{FIRST[person % 20]} {LAST[person // 20 % 16]}"
