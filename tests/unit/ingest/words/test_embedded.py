# ruff: noqa: RUF001  # the words of other languages have letters that look like ours
"""Earlier mails inside a text, with whose they are and when they were written."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.words.embedded import embedded_messages
from ingest.words.new_text import split_text
from models.records import EmbeddedMessage, NamedAddress
from models.vocabulary import EmbeddedKind

CARRIED = datetime(2026, 3, 10, 12, 0, tzinfo=timezone(timedelta(hours=1)))
WRITTEN = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
ANA = NamedAddress("ana@corvus.example", "Ana Ruiz")


def embedded(text: str, subject: str = "Re: Batch 17") -> tuple[EmbeddedMessage, ...]:
    return embedded_messages(text, split_text(text, subject=subject).kinds, subject, CARRIED)


@pytest.mark.parametrize(
    "announcement",
    [
        "On Mon, 2 Mar 2026 at 09:30, Ana Ruiz <ana@corvus.example> wrote:",
        "On Mon, 2 Mar 2026 at 09:30, Ana Ruiz <\nana@corvus.example> wrote:",
        'On Mon, 2 Mar 2026 09:30, "Ana Ruiz" <ana@corvus.example> wrote:',
        "Ana Ruiz <ana@corvus.example> schrieb am Mo., 2. März 2026\num 09:30 Uhr:",
        "Am 02.03.2026 um 09:30 schrieb Ana Ruiz <ana@corvus.example>:",
        "Le lun. 2 mars 2026 à 09:30, Ana Ruiz <ana@corvus.example> a écrit :",
        "El lun, 2 mar 2026 a las 9:30, Ana Ruiz (<ana@corvus.example>) escribió:",
        "Il giorno lun 2 mar 2026 alle ore 09:30 Ana Ruiz <ana@corvus.example> ha scritto:",
        "Op ma 2 mrt. 2026 om 09:30 schreef Ana Ruiz <ana@corvus.example>:",
        "Em seg., 2 de mar. de 2026 às 09:30, Ana Ruiz <ana@corvus.example> escreveu:",
        "W dniu 2026-03-02 09:30 użytkownik Ana Ruiz <ana@corvus.example> napisał:",
        "Den mån 2 mars 2026 09:30 skrev Ana Ruiz <ana@corvus.example>:",
        "ma 2. maaliskuuta 2026 klo 9.30 Ana Ruiz <ana@corvus.example> kirjoitti:",
        "пн, 2 мар. 2026 г. в 09:30, Ana Ruiz <ana@corvus.example>:",
        "Ana Ruiz <ana@corvus.example> 於 2026年3月2日 週一 09:30寫道：",
        "2026-03-02 9:30 GMT+01:00 Ana Ruiz <ana@corvus.example>:",
    ],
)
def test_announcements(announcement: str) -> None:
    text = f"Yes.\n\n{announcement}\n> Batch 17 is done.\n> Ana\n"
    (found,) = embedded(text)
    assert (found.kind, found.sender, found.sent_at) == (EmbeddedKind.QUOTED, ANA, WRITTEN)
    assert text[found.start : found.end] == "> Batch 17 is done.\n> Ana"


@pytest.mark.parametrize(
    ("block", "sender"),
    [
        ("From: Ana Ruiz <ana@corvus.example>\nSent: Monday, March 2, 2026 9:30 AM\nTo: Dana\nSubject: Batch 17", ANA),
        (("From: Ana Ruiz [mailto:ana@corvus.example]\n\nSent: Monday, March 2, 2026 9:30 AM\n\nTo: Dana\n\n"
         "Subject: Batch 17"), ANA),
        (("*From:* Ana Ruiz <ana@corvus.example>\n*Sent:* Monday, March 2, 2026 9:30 AM\n*To:* Dana\n"
         "*Subject:* Batch 17"), ANA),
        (("From: list <list@lists.example> On Behalf Of Ana Ruiz\nSent: Monday, March 2, 2026 9:30 AM\nTo: Dana\n"
         "Subject: Batch 17"), NamedAddress("", "Ana Ruiz")),
        ("Von: Ana Ruiz <ana@corvus.example>\nGesendet: Montag, 2. März 2026 09:30\nAn: Dana\nBetreff: Batch 17", ANA),
        ("De : Ana Ruiz <ana@corvus.example>\nEnvoyé : lundi 2 mars 2026 09:30\nÀ : Dana\nObjet : Batch 17", ANA),
        ("De: Ana Ruiz <ana@corvus.example>\nEnviado el: lunes, 2 de marzo de 2026 9:30\nPara: Dana\nAsunto: Batch 17",
         ANA),
        ("Da: Ana Ruiz <ana@corvus.example>\nInviato: 02/03/2026 09:30\nA: Dana\nOggetto: Batch 17", ANA),
        ("寄件者: Ana Ruiz <ana@corvus.example>\n寄件日期: 2026年3月2日 09:30\n收件者: Dana\n主旨: Batch 17", ANA),
    ],
)  # fmt: skip
def test_header_blocks(block: str, sender: NamedAddress) -> None:
    text = f"Yes.\n\n{block}\n\nIt is done.\nAna"
    (found,) = embedded(text)
    assert (found.sender, found.sent_at, found.to, found.subject) == (sender, WRITTEN, "Dana", "Batch 17")
    assert text[found.start : found.end] == "It is done.\nAna"


@pytest.mark.parametrize(
    "block",
    [
        "Ana Ruiz\n02/25/2026 09:30 AM\nTo: Dana Cole/HALDEN@HALDEN\ncc: \nSubject: Batch 17",
        "Ana Ruiz on 02/25/2026 09:30:00 AM\nTo: Dana Cole/HALDEN@HALDEN\ncc: \nSubject: Batch 17",
        "From: Ana Ruiz            02/25/2026 09:30 AM\n\n\nTo: Dana Cole/HALDEN@HALDEN\ncc: \nSubject: Batch 17",
    ],
)
def test_lotus_blocks(block: str) -> None:
    (found,) = embedded(f"Yes.\n\n{block}\n\nIt is done.\n")
    assert found.sender == NamedAddress("", "Ana Ruiz")
    assert found.sent_at == datetime(2026, 2, 25, 8, 30, tzinfo=UTC)
    assert (found.to, found.subject) == ("Dana Cole/HALDEN@HALDEN", "Batch 17")


def test_a_chain_is_nested_and_each_link_says_how_it_came() -> None:
    text = (
        "FYI\n\n---------- Forwarded message ---------\nFrom: Ana Ruiz <ana@corvus.example>\n"
        "Date: Mon, Mar 2, 2026 at 9:30 AM\nSubject: Batch 17\nTo: <dana@halden.example>\n\nIt is done.\n\n"
        "On Sun, 1 Mar 2026 at 17:02, Dana Cole <dana@halden.example> wrote:\n> When?\n>\n"
        "> On 28 Feb 2026 at 10:00, Ana Ruiz <ana@corvus.example> wrote:\n>> Soon.\n"
    )
    outer, middle, inner = embedded(text, "Fwd: Batch 17")
    assert [each.kind for each in (outer, middle, inner)] == [
        EmbeddedKind.FORWARDED,
        EmbeddedKind.QUOTED,
        EmbeddedKind.QUOTED,
    ]
    assert text[outer.start : outer.end].startswith("It is done.")
    assert text[middle.start : middle.end].startswith("> When?")
    assert text[inner.start : inner.end] == ">> Soon."
    assert outer.start < middle.start < inner.start < inner.end == middle.end == outer.end
    assert [each.sender.address for each in (outer, middle, inner)] == [ANA.address, "dana@halden.example", ANA.address]


def test_a_bare_block_in_a_forward_was_forwarded() -> None:
    block = "From: Ana Ruiz\nSent: Monday, March 2, 2026 9:30 AM\nTo: Dana\nSubject: Batch 17\n\nIt is done."
    assert embedded(block, "WG: Batch 17")[0].kind is EmbeddedKind.FORWARDED
    assert embedded(f"Yes.\n\n{block}", "AW: Batch 17")[0].kind is EmbeddedKind.QUOTED


def test_answers_between_the_quoted_lines_do_not_end_the_earlier_mail() -> None:
    text = (
        "On 2 Mar 2026 at 09:30, Ana Ruiz <ana@corvus.example> wrote:\n> Which drum?\n\nThe blue one.\n\n> Which day?\n"
    )
    (found,) = embedded(text)
    assert text[found.start : found.end].endswith("> Which day?")


def test_a_separator_without_a_header_is_an_earlier_mail_of_nobody() -> None:
    (found,) = embedded("Yes.\n\n----- Original Message -----\n\nIt is done.\n")
    assert (found.sender, found.sent_at, found.kind) == (NamedAddress(""), None, EmbeddedKind.QUOTED)


def test_own_words_hold_no_earlier_mail() -> None:
    assert embedded("From here on it is simple.\nTo: nobody.\n") == ()


LINES = st.sampled_from(
    [
        *("", "hello", "> quoted", ">> deeper", "> On 2 Mar 2026 at 9:30, a@b.example wrote:", "From: Ana", "To: Dana"),
        *("Sent: Monday, March 2, 2026 9:30 AM", "Subject: x", "-----Original Message-----", "> From: Ana", "> To: x"),
        *("> Subject: y", "On 2 Mar 2026 at 9:30, a@b.example wrote:", "03/02/2026 09:30 AM", "cc:", "| x"),
    ]
)


@given(st.lists(LINES, max_size=30).map("\n".join))
def test_spans_lie_in_the_text_in_order_and_properly_nested(text: str) -> None:
    found = [each for each in embedded(text) if each.end > each.start]
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)
    for place, each in enumerate(found):
        assert all(later.start >= each.end or later.end <= each.end for later in found[place + 1 :])


def test_hostile_chains_are_bounded_work() -> None:
    for line in (
        "From: a\nTo: b\nSubject: c\n\n",
        "> On 2 Mar 2026 at 9:30, a@b.example wrote:\n",
        "-----Original Message-----\n",
    ):
        assert len(embedded("x\n\n" + line * 20_000)) <= 100
