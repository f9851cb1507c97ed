"""Sentences of e-mails: wraps are joined; lists, code, links and abbreviations are not mistaken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.sentences import split_sentences


def pieces(text: str) -> list[str]:
    return [" ".join(text[found.start : found.end].split()) for found in split_sentences(text) if not found.verbatim]


def test_a_hard_wrapped_paragraph_is_joined() -> None:
    text = (
        "Could you please send us the executed batch record for\nlot AB123 by Friday? We need it for the release\n"
        "of the second campaign.\n"
    )
    assert pieces(text) == [
        "Could you please send us the executed batch record for lot AB123 by Friday?",
        "We need it for the release of the second campaign.",
    ]


def test_greeting_and_closing_stand_alone() -> None:
    assert pieces("Hi Kurt,\nany news?\n\nBest regards,\nDana") == ["Hi Kurt,", "any news?", "Best regards,", "Dana"]


def test_list_items_are_sentences_without_their_markers() -> None:
    text = "Please:\n- send the CoA\n- sign the\n  change request\n1. What is the yield?\na) No reply yet"
    assert pieces(text) == ["Please:", "send the CoA", "sign the change request", "What is the yield?", "No reply yet"]
    assert [found.bullet for found in split_sentences(text)] == [False, True, True, True, True]


@pytest.mark.parametrize(
    "line",
    [
        "https://example.com/a?b=c",
        "diff --git a/x b/x",
        "+    return value;",
        "[   12.345678] usb 1-1: new device",
        "2026-03-01 12:00:00 ERROR failed",
        "==========",
        "install -m 0644 ${WORKDIR}/x.conf ${D}${sysconfdir}/",
        "Signed-off-by: Dana Cole <dana@halden.example>",
    ],
)
def test_code_logs_and_links_are_verbatim(line: str) -> None:
    assert [found.verbatim for found in split_sentences(line)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Weber and Mr. Stone agree.",
        "It holds e.g. for lot 12 of approx. 5 kg.",
        "The yield was 3.5 kg in No. 4 of the list.",
        "J. Cole signed it.",
    ],
)
def test_abbreviations_end_no_sentence(text: str) -> None:
    assert pieces(text) == [text]


def test_a_question_ends_before_a_small_letter() -> None:
    assert pieces("want to join? if so call me") == ["want to join?", "if so call me"]


def test_blocks_are_numbered_by_blank_lines() -> None:
    assert [found.block for found in split_sentences("One. Two.\n\nThree.")] == [0, 0, 1]


@given(st.text(alphabet=st.sampled_from("aB .?!\n-1)\t>é,:"), max_size=200))
def test_sentences_are_in_order_trimmed_and_apart(text: str) -> None:
    found = split_sentences(text)
    ends = [0, *(sentence.end for sentence in found)]
    assert all(end <= sentence.start < sentence.end for end, sentence in zip(ends, found, strict=False))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] for s in found if not s.verbatim)


@pytest.mark.parametrize("unit", ["?", ".", "- \n", "A, ", "1. ", "(", "@A ", " ", "= ", "a\n"])
def test_endless_repetitions_are_split_in_bounded_steps(unit: str) -> None:
    text = unit * 60_000
    assert all(found.end - found.start <= len(text) for found in split_sentences(text))
