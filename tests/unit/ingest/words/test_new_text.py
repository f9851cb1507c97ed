"""The writer's own words, told from quotes, signatures and disclaimers in the ways that mail programs have."""

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mime.bodies import plain_characters
from ingest.words.new_text import split_text
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
        ("Thanks,\nAna", ""),
    ],
)
def test_greeting_and_name_stay_and_titles_and_numbers_go(words: str, contact: str) -> None:
    split = split_text(f"{ASK}\n\n{words}\n{contact}\n")
    assert (split.new_text, split.signature) == (f"{ASK}\n\n{words}", contact)


@pytest.mark.parametrize(
    "block",
    [
        "Ana Ruiz\nHead of Quality\nTel: +49 30 123456\nana@corvus.example",
        "Ana Ruiz\nHead of Quality\nCorvus Biologics",
        "Ana Ruiz\nCorvus Biologics\n600 Travis Street\n\nTel: (713) 220-4436",
        "~~~~~~~~~~\nAna Ruiz\nCorvus Biologics\nTel. 713.220.4427",
    ],
)
def test_a_block_of_name_and_contact_without_a_greeting_is_a_signature(block: str) -> None:
    split = split_text(f"{ASK}\n\n{block}\n", NamedAddress("aruiz@corvus.example", "Ruiz, Ana"))
    assert (split.new_text, split.signature) == (ASK, block)


def test_titles_below_somebody_elses_name_stay() -> None:
    text = f"{ASK} Send it to:\n\nDana Cole\nHead of Supply\nHalden Pharma"
    assert split_text(text, NamedAddress("ana.ruiz@corvus.example", "Ana Ruiz")).new_text == text


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
    split = split_text(f"{ASK}\n\nRegards\nAna Ruiz\n{contact}\n")
    assert (split.new_text, split.signature) == (f"{ASK}\n\nRegards\nAna Ruiz", contact)
    announced = "Please sign:\n\n - certificate.pdf"
    assert split_text(announced).new_text == announced


@pytest.mark.parametrize(
    "disclaimer",
    [
        "Diese E-Mail enthält vertrauliche Informationen. Sind Sie nicht der Empfänger, vernichten Sie sie.",
        "Ce message est confidentiel et destiné exclusivement à son destinataire.",
        "Este mensaje y sus anexos son confidenciales y van dirigidos a su destinatario.",
        "Le informazioni contenute in questo messaggio sono riservate e per uso esclusivo del destinatario.",
        "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde.",
        "Niniejsza wiadomość zawiera informacje poufne i jest przeznaczona dla adresata.",
        "Esta mensagem é confidencial e destinada exclusivamente ao seu destinatário.",
        "****** Internet Email Confidentiality Footer ******\nIt is confidential, notify the sender and delete it.",
        "----------\nDisclaimer\n\nShares may be sold at any time. Virus free.",
        "Invitation from Google Calendar: https://x.example/\nYou are receiving this; to stop receiving, decline.",
    ],
)
def test_disclaimers_go_in_eight_languages(disclaimer: str) -> None:
    split = split_text(f"{ASK}\n\nAna\n\n{disclaimer}\n")
    assert (split.new_text, split.disclaimer) == (f"{ASK}\n\nAna", disclaimer)


def test_a_gateways_disclaimer_below_a_quote_is_no_quote() -> None:
    disclaimer = "Confidentiality Notice\nThis message is privileged; notify the sender."
    quote = "-----Original Message-----\nFrom: Ana\n\nReady?"
    split = split_text(f"{ASK}\n\n{quote}\n\n\n\n\n{disclaimer}\n")
    assert (split.new_text, split.quoted, split.disclaimer) == (ASK, quote, disclaimer)


@pytest.mark.parametrize(
    ("text", "new_text"),
    [
        ("-----Ana Ruiz/CORVUS wrote: -----\n\n>To: Dana\n>Ready?\n\nAlmost.", "Almost."),
        (
            "On 2 Mar 2026 you wrote:\n> a long line of words that the program had to break into\n> two\n\nYes.",
            "Yes.",
        ),
        ("Yes.\n\n____________________________________________\nDear Ana,\n\nit is ready.\n\nKurt", "Yes."),
        (
            "Yes.\n\n                      To:  Dana\n                      cc:\nAna              Subject: x\n\nReady?",
            "Yes.",
        ),
        (
            "> a long line of words that the program of the sender had to break and so it is\nbroken\n> here\n\nYes.",
            "Yes.",
        ),
        ("I see:\n\n>From the drum it went into the tank.", "I see:\n\n>From the drum it went into the tank."),
        ("Yes.\n\nAna <ana@corvus.example> 於 2026年3月2日 週一 下午10:58寫道：\n\nReady?", "Yes."),
        ("Yes.\n\nSent from TypeApp<http://typeapp.example/r>", "Yes."),
    ],
)
def test_quotes_of_other_programs(text: str, new_text: str) -> None:
    assert split_text(text).new_text == new_text


def test_answers_below_a_header_block_are_found_in_replies_only() -> None:
    header = "-----Original Message-----\nFrom: Dana\nSent: Monday\nTo: Ana\n\n"
    header += "On 1 Mar 2026 at 9:30, Ana <ana@x.example> wrote:\n"
    text = header + "> Which drum?\n> Which day?\n\nThe blue one.\n\n> And when?\n\nTuesday.\n"
    assert split_text(text, subject="RE: drums").new_text == "The blue one.\n\nTuesday."
    assert split_text(text, subject="FW: drums").new_text == ""


def test_answers_under_the_writers_name_are_found_where_the_writer_says_so() -> None:
    quote = "-----Original Message-----\nFrom: Dana\nSent: Monday\n\nWhich drum?\n\n"
    quote += "Ana: The blue one, I think.\n\nAna, which day?"
    writer = NamedAddress("ana.ruiz@corvus.example", "Ana Ruiz")
    answered = split_text(f"My answers are inline.\n\n{quote}", writer)
    assert answered.new_text == "My answers are inline.\n\nAna: The blue one, I think."
    assert split_text(f"Done.\n\n{quote}", writer).new_text == "Done."


def test_html_says_whose_words_they_are() -> None:
    text = "Yes.\nAna Ruiz\nwho asked what\nReady?"
    split = split_text(text, structure=" sq ")
    assert (split.new_text, split.signature, split.quoted) == ("Yes.\nReady?", "Ana Ruiz", "who asked what")
    assert split_text(text, structure=" se ").new_text == "Yes."
    assert split_text(text, structure="ssss").new_text == text
    assert split_text(text, structure="s").new_text == text


def test_each_line_has_a_kind() -> None:
    text = f"{ASK}\n\n-- \nAna\n\nOn 1 Mar 2026 at 9:30, Dana <dana@halden.example> wrote:\n> Ready?\n"
    assert split_text(text).kinds == "obssbqqb"
