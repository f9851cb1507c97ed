"""One MIME part's content, whole and cut off."""

from base64 import encodebytes
from email import message_from_bytes

import pytest

from ingest.mime import parts
from ingest.mime.excision import WHOLE

TEXT = b"The certificate of analysis for batch 17 is attached. " * 9
PART = message_from_bytes(b"Content-Transfer-Encoding: base64\n\n" + encodebytes(TEXT))


@pytest.mark.parametrize("most", range(150, 160))
def test_base64_may_be_cut_anywhere(most: int) -> None:
    content = parts.content(PART, WHOLE, most)
    assert len(content) > most * 3 // 4 - 6
    assert TEXT.startswith(content)


def test_what_is_shorter_is_whole() -> None:
    assert parts.content(PART, WHOLE, 10_000) == parts.content(PART, WHOLE) == TEXT
