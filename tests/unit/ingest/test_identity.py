"""What is left of a subject."""

import pytest

from ingest.identity import subject_core


@pytest.mark.parametrize(
    ("subject", "core"),
    [
        ("Re: Batch 17", "batch 17"),
        ("RE: FW: [tech] AW: Batch  17 ", "batch 17"),
        ("WG: Re[2]: Fwd: Batch 17", "batch 17"),
        ("回复：Batch 17", "batch 17"),
        ("Regarding: Batch 17", "regarding: batch 17"),
        ("Re:", "re:"),
        ("", ""),
    ],
)
def test_prefixes_and_tags_go(subject: str, core: str) -> None:
    assert subject_core(subject) == core
