"""Base subjects (RFC 5256, section 2.1) and the prefixes of other languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.subjects import read_subject


@pytest.mark.parametrize(
    "subject",
    [
        "Deviation in batch 12",
        "Re: Deviation in batch 12",
        "RE: FW: Re[2]: deviation in  batch 12",
        "AW: WG: Deviation in batch 12",
        "Antw: Deviation in batch 12 (fwd)",
        "Re: [quality] AW: Deviation in batch 12",
        "[EXTERNAL] Re: [quality] Deviation in batch 12",
        "Fwd: [fwd: Re: Deviation in batch 12]",
        "回复：Deviation in batch 12",
        "SV: RIF: TR: Deviation in batch 12",
    ],
)
def test_one_matter_has_one_base_subject(subject: str) -> None:
    assert read_subject(subject).base == "deviation in batch 12"


@pytest.mark.parametrize(
    ("subject", "is_reply", "is_forward"),
    [
        ("Deviation", False, False),
        ("Re: Deviation", True, False),
        ("AW: Deviation", True, False),
        ("WG: Deviation", False, True),
        ("FW: Re: Deviation", True, True),
        ("Deviation (fwd)", False, True),
        ("Regarding: Deviation", False, False),
        ("Ref: PO 4711", False, False),
    ],
)
def test_leaders_tell_replies_from_forwards(subject: str, is_reply: bool, is_forward: bool) -> None:  # noqa: FBT001
    read = read_subject(subject)
    assert (read.is_reply, read.is_forward) == (is_reply, is_forward)


def test_a_record_number_in_brackets_stays_part_of_the_subject() -> None:
    assert read_subject("Re: [DEV-2024-013] Excursion").base != read_subject("[DEV-2024-014] Excursion").base


def test_what_is_shown_keeps_marks_and_case() -> None:
    assert read_subject("RE: AW: [DEV-13] Excursion in Suite 4").shown == "[DEV-13] Excursion in Suite 4"


def test_a_subject_of_marks_and_leaders_alone_has_no_base() -> None:
    assert read_subject("Re: AW:").base == ""
    assert read_subject("[quality]").base == "[quality]"


@given(st.text(max_size=200))
def test_replying_never_changes_the_base_subject(subject: str) -> None:
    assert read_subject("Re: " + subject).base == read_subject(subject).base


def test_a_hostile_subject_is_read_in_bounded_time() -> None:
    assert read_subject("re:" * 100_000).is_reply
    assert not read_subject("[" * 100_000).is_reply
