"""Flowed text is joined so that sentences are whole (RFC 3676)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mime.flowed import unflow
from ingest.parse import parse_message


@pytest.mark.parametrize(
    ("flowed", "joined"),
    [
        ("one \ntwo \nthree\nfour", "one two three\nfour"),
        ("> one \n> two\nthree", "> one two\nthree"),
        ("> one \n>> two", "> one \n>> two"),
        ("> one \nmine", "> one \nmine"),
        ("words \n-- \nAna \nRuiz", "words \n-- \nAna Ruiz"),
        (" >not a quote\nx \ny", ">not a quote\nx y"),
        ("hard\nlines", "hard\nlines"),
        ("ends soft ", "ends soft "),
    ],
)
def test_soft_breaks_go_and_depth_and_delimiter_are_kept(flowed: str, joined: str) -> None:
    assert unflow(flowed) == joined


def test_the_space_may_belong_to_the_break() -> None:
    assert unflow("Donau \ndampf", delete_space=True) == "Donaudampf"


@given(st.lists(st.sampled_from(["a ", "b", "> c ", "> d", ">> e ", "-- ", "", " f"]), max_size=20).map("\n".join))
def test_no_word_is_lost_or_moved(text: str) -> None:
    joined = unflow(text)
    assert [char for char in joined if char.isalpha()] == [char for char in text if char.isalpha()]
    assert joined.count("\n") <= text.count("\n")


@pytest.mark.parametrize(
    ("parameters", "text"),
    [
        ("; format=flowed", "Could you send the certificate?"),
        ('; format="Flowed"; delsp=yes', "Could you send thecertificate?"),
        ("", "Could you send the \ncertificate?"),
    ],
)
def test_only_parts_that_say_so_are_joined(parameters: str, text: str) -> None:
    mail = f"From: a@b.example\nDate: Mon, 2 Mar 2026 09:30:00 +0100\nContent-Type: text/plain{parameters}\n\n"
    message = parse_message(f"{mail}Could you send the \ncertificate?\n".encode()).message
    assert message is not None
    assert message.body_text == text
