"""The writer's own words, told from quotes, signatures and disclaimers in the ways that mail programs have."""

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bodies import plain_characters
from ingest.new_text import split_text
from models.records import NamedAddress

ASK = "Could you send the certificate?"


@pytest.mark.parametrize(
    "announcement",
    [
        "On Mon, 2 Mar 2026 at 09:30, Ana Ruiz <ana@corvus.example> wrote:",
        "On Mon, 2 Mar 2026 at 09:30, Ana Ruiz <\nana@corvus.example> wrote:",
        "On Monday, 2 March 2026, 09:30:12 CET, Ana Ruiz\n<ana@corvus.example>\nwrote:",
        "On 2 Mar 2026 you wrote:",
        "Am 02.03.2026 um 09:30 schrieb Ana Ruiz:",
        "Ana Ruiz <ana@corvus.example> schrieb am Mo., 2. März 2026\num 09:30 Uhr:",
        "Le lun. 2 mars 2026 à 09:30, Ana Ruiz <ana@corvus.example> a écrit :",
        "El lun, 2 mar 2026 a las 9:30, Ana Ruiz (<ana@corvus.example>) escribió:",
        "Il giorno lun 2 mar 2026 alle ore 09:30 Ana Ruiz <ana@corvus.example> ha scritto:",
        "Op ma 2 mrt. 2026 om 09:30 schreef Ana Ruiz <ana@corvus.example>:",
        "Em seg., 2 de mar. de 2026 às 09:30, Ana Ruiz <ana@corvus.example> escreveu:",
        "2026-03-02 9:30 GMT+01:00 Ana Ruiz <ana@corvus.example>:",
        "---- On Mon, 02 Mar 2026 09:30:00 +0100 ana@corvus.example wrote ----",
    ],
)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_announced_quotes_end_the_writers_words(announcement: str, mark: str) -> None:
    split = split_text(f"{ASK}\n\n{announcement}\n\n{mark}Batch 17 is done.\n{mark}Ana\n")
    assert split.new_text == ASK
    assert split.quoted.endswith("Ana")
    assert split.quoted.startswith(announcement.split("\n", maxsplit=1)[0])


@pytest.mark.parametrize(
    "block",
    [
        "-----Original Message-----\nFrom: Ana Ruiz\nSent: Monday",
        "----- Original Message -----",
        "-----Ursprüngliche Nachricht-----\nVon: Ana",
        "________________________________\nFrom: Ana <ana@corvus.example>\nSent: Monday\nTo: Dana\nSubject: x",
        "From: Ana Ruiz <ana@corvus.example>\n\nSent: Monday, March 2, 2026 9:30\n\nTo: Dana\n\nSubject: x",
        "*From:* Ana Ruiz\n*Sent:* Monday\n*To:* Dana",
        "Von: Ana Ruiz\nGesendet: Montag, 2. März 2026 09:30\nAn: Dana Cole\nBetreff: x",
        "De : Ana Ruiz\nEnvoyé : lundi 2 mars 2026 09:30\nÀ : Dana Cole\nObjet : x",
        "De: Ana Ruiz\nEnviado el: lunes, 2 de marzo de 2026 9:30\nPara: Dana Cole\nAsunto: x",
        "Da: Ana Ruiz\nInviato: lunedì 2 marzo 2026 09:30\nA: Dana Cole\nOggetto: x",
        "---------- Forwarded message ---------\nFrom: Ana Ruiz",
        "Begin forwarded message:\n\nFrom: Ana Ruiz",
        "---------------------- Forwarded by Ana Ruiz/CORVUS on 03/02/2026 \n09:30 AM ---------------------------",
        "Ana Ruiz\n03/02/2026 09:30 AM\nTo: Dana Cole/HALDEN@HALDEN\ncc: \nSubject: x",
        "Ana Ruiz on 03/02/2026 09:30:12 AM\nTo: Dana Cole/HALDEN@HALDEN\ncc: \nSubject: x",
        '"Ruiz, Ana" <ana@corvus.example> on 03/02/2026 09:30:12 AM\nTo:\t"Dana"\ncc:\t\nSubject:\tx',
    ],
)
def test_unmarked_quotes_run_to_the_end(block: str) -> None:
    split = split_text(f"{ASK}\n\n{block}\n\nBatch 17 is done. Which drum?\n")
    assert split.new_text == ASK
    assert split.quoted == f"{block}\n\nBatch 17 is done. Which drum?".replace(
        "CORVUS on 03/02/2026 \n", "CORVUS on 03/02/2026\n"
    ).replace("cc: \n", "cc:\n").replace("cc:\t\n", "cc:\n")


@pytest.mark.parametrize(
    "prose",
    [
        "On the surface, this is fine.\nOn average it works.",
        "As Kurt wrote:\n\nWe ship on Monday.\n\nIs that still true?",
        "The data comes from: our laboratory.\nDate: to be fixed.",
        "To: do list\n1. ship\n2. pay",
        "The values are\n\n| a | b |\n| 1 | 2 |\n\nin grams.",
        "Key points\n----\n\n1. yes\n2. no\n\n----\n\nThat is all I have.",
        "Regards to the new timeline: we agree.\n\nWill you sign?",
        "The message was sent from my iPhone app to all users.",
        "This is confidential for now. Can we talk?",
        "Run it:\n\n```\nsend --now\n```",
        "Drums:\n\n- blue\n- red",
        "👍",
        "Can you\n  a) sign\n  b) scan?",
    ],
)
def test_prose_that_only_looks_like_it_stays_whole(prose: str) -> None:
    assert split_text(prose).new_text == prose


@pytest.mark.parametrize(
    "closing",
    [
        "-- \nAna Ruiz\nHead of Quality\n+49 30 123456",
        "--\nAna Ruiz\nCorvus Biologics",
        "____________________\nAna Ruiz, Corvus",
        "Sent from my iPhone",
        "Gesendet von Outlook für Android<https://aka.example/x>",
        "Envoyé de mon iPhone",
        "Get Outlook for iOS<https://aka.example/x>",
    ],
)
def test_signatures_are_cut_off(closing: str) -> None:
    split = split_text(f"{ASK}\n\n{closing}\n")
    assert (split.new_text, split.signature) == (ASK, closing.replace("-- \n", "--\n"))


@pytest.mark.parametrize(
    ("words", "contact"),
    [
        ("Best regards,\nAna Ruiz", "Head of Quality\nCorvus Biologics GmbH\nPhone: +49 30 123456"),
        ("Mit freundlichen Grüßen\n\nDr. Ana Ruiz", "Leiterin Qualität\nTel. 030 123456"),
        ("Ana Ruiz", "Head of Quality\nTel: +49 30 123456\nana@corvus.example"),
        ("Thanks,\nAna", ""),
    ],
)
def test_greeting_and_name_stay_and_titles_and_numbers_go(words: str, contact: str) -> None:
    split = split_text(f"{ASK}\n\n{words}\n{contact}\n")
    assert (split.new_text, split.signature) == (f"{ASK}\n\n{words}", contact)


def test_disclaimers_go() -> None:
    disclaimer = (
        "This e-mail and any files transmitted with it are confidential and intended only for the addressee.\n"
        "If you have received this message in error please notify the sender and delete it."
    )
    split = split_text(f"{ASK}\n\nAna\n\n{disclaimer}\n")
    assert (split.new_text, split.disclaimer) == (f"{ASK}\n\nAna", disclaimer)


def test_a_gateways_warning_on_top_goes() -> None:
    warning = "CAUTION: This email originated from outside of the organization. Do not click links.\n\n"
    assert split_text(warning + ASK).new_text == ASK


def test_a_mailing_lists_footer_goes() -> None:
    footer = "_______________________________________________\ntech mailing list\nhttps://lists.example/listinfo/tech"
    assert split_text(f"{ASK}\n{footer}\n") == split_text(ASK).__class__(ASK, disclaimer=footer)


def test_answers_between_marked_quotes_stay_in_order() -> None:
    text = "> Which drum?\n\nThe blue one.\n\n> Which day?\n\nTuesday.\n\n> Ana\n"
    assert split_text(text).new_text == "The blue one.\n\nTuesday."


def test_an_answer_below_the_quote_is_found() -> None:
    text = "On 1 Mar 2026, at 09:30, Ana <ana@corvus.example> wrote:\n> Which drum?\n> Ana\n\nThe blue one.\n"
    assert split_text(text).new_text == "The blue one."


def test_a_mere_forward_has_no_words_of_its_own() -> None:
    assert split_text("---------- Forwarded message ---------\nFrom: Ana\nSubject: x\n\nWhich drum?\n").new_text == ""


LINES = st.sampled_from(
    [
        *(
            "",
            "hello",
            "> quoted",
            ">> deeper",
            "-- ",
            "--",
            "On 1 Mar 2026 at 9:30, a@b.example wrote:",
            "From: Ana",
            "To: Dana",
        ),
        *(
            "Sent: Monday",
            "Subject: x",
            "-----Original Message-----",
            "Best regards,",
            "Ana Ruiz",
            "Tel. 030 123456",
            "| x",
            "_" * 40,
        ),
        *(
            "Sent from my iPhone",
            "03/02/2026 09:30 AM",
            "cc:",
            "wrote:",
            "This e-mail is confidential and privileged, delete it",
        ),
    ]
)


@given(st.lists(LINES, max_size=25).map("\n".join))
def test_every_line_ends_somewhere_and_nothing_is_invented(text: str) -> None:
    split = split_text(text)
    parts = f"{split.new_text}\n{split.signature}\n{split.quoted}\n{split.disclaimer}".split("\n")
    assert set(parts) - {""} <= {line.rstrip() for line in text.split("\n")}
    assert split.new_text == split.new_text.strip("\n")
    assert split_text(text) == split


@given(st.text(max_size=300))
def test_any_text_is_split(text: str) -> None:
    assert set(split_text(text).new_text.split("\n")) - {""} <= {line.rstrip() for line in text.split("\n")}


def test_long_lines_and_many_lines_are_bounded_work() -> None:
    for text in (
        "On " * 200_000,
        "wrote:\n" * 50_000,
        "From: x\n" * 50_000,
        "a@b " * 100_000 + ":",
        "-" * 500_000,
        "To:\n" * 50_000,
    ):
        assert split_text(text).new_text is not None


def test_labelled_replies_in_many_languages_are_split_right(shared_folder: Path) -> None:
    folder = shared_folder / "labels" / "replies" / "discourse"
    right = wrong = missing = 0
    for expected in sorted((folder / "trimmed").glob("*.txt")):
        found = _unquoted(split_text(plain_characters((folder / "emails" / expected.name).read_text())).new_text)
        wanted = _unquoted(expected.read_text())
        blocks = difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
        same = sum(block.size for block in blocks)
        right, wrong, missing = right + same, wrong + len(found) - same, missing + len(wanted) - same
    assert right / (right + wrong) > 0.97
    assert right / (right + missing) > 0.97


def _unquoted(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in lines if line and not line.startswith(">")]


def test_a_quote_told_by_indentation_leaves_the_answers() -> None:
    announcement = 'On 3/2/26, 9:30 AM, "Ana" <ana@corvus.example> wrote:\n\n'
    text = announcement + "    Which drum?\n    > Why?\n\nThe blue one.\n\n    Which day?\nTuesday.\n"
    assert split_text(text).new_text == "The blue one.\n\nTuesday."


def test_the_writers_own_header_repeated_on_top_is_no_quotes() -> None:
    text = f"Ana Ruiz\n03/02/2026 09:30 AM\nTo: Dana Cole/HALDEN@HALDEN\ncc: \nSubject: x\n\n{ASK}\n"
    assert split_text(text, NamedAddress("ana.ruiz@corvus.example")).new_text == ASK
    assert split_text(text, NamedAddress("dana.cole@halden.example")).new_text == ""


def test_names_of_attached_files_below_the_signature_go_and_announced_ones_stay() -> None:
    contact = "Tel. +49 30 123456\n\n - daily volumes.xls"
    split = split_text(f"{ASK}\n\nAna Ruiz\n{contact}\n")
    assert (split.new_text, split.signature) == (f"{ASK}\n\nAna Ruiz", contact)
    announced = "Please sign:\n\n - certificate.pdf"
    assert split_text(announced).new_text == announced
