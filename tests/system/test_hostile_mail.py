"""No message, however made, takes more memory than a small machine has to spare, or ends without a reason."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.hostile import measure_apart
from ingest.parse import parse_message
from tests.worst_mail import WORST_MAIL

MOST_KB = 200 * 2**10
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("name", WORST_MAIL)
def test_the_worst_mail_is_read_or_quarantined_in_little_memory(name: str) -> None:
    (ending,) = measure_apart({name: WORST_MAIL[name]})
    assert ending.size > 0, "parsing it ended the process"
    assert ending.grown_kb < MOST_KB
    assert ending.problems or not ending.quarantined


def test_every_hostile_message_is_read_or_quarantined_in_little_memory(hostile_mail: list[Path]) -> None:
    assert len(hostile_mail) == 1224, "1,231 files, seven of which say where the others come from"
    for ending in measure_apart({str(path): path.read_bytes for path in hostile_mail}):
        assert ending.size > 0, "parsing one of them ended the process"
        assert ending.grown_kb < MOST_KB, ending.name
        assert ending.problems or not ending.quarantined, ending.name


def test_a_digest_of_many_messages_is_no_deep_nesting() -> None:
    head = b"From: a@corvus.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=outer\n\n"
    inner = b"--outer\nContent-Type: message/rfc822\n\n"
    inner += b"Content-Type: multipart/mixed; boundary=in%d\n\n--in%d\n\nx\n--in%d--\n"
    raw = head + b"".join(inner % (number, number, number) for number in range(150)) + b"--outer--\n"
    message = parse_message(raw, NOW).message
    assert message is not None
    assert len(message.attachments) == 150
