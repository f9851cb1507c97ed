"""A generated mailbox with its truth, made once."""

import email
import json
import mailbox
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from samples.generate import generate


@dataclass(frozen=True)
class Sample:
    """A generated folder."""

    folder: Path

    @cached_property
    def truth(self) -> dict[str, Any]:
        """What the generator says happened."""
        truth: dict[str, Any] = json.loads((self.folder / "truth.json").read_text("utf-8"))
        return truth

    def identifiers(self) -> list[str]:
        """The Message-IDs in the mailbox's order, without parsing."""
        return re.findall(r"^Message-ID: <(.*)>$", (self.folder / "halden.mbox").read_text("utf-8"), re.MULTILINE)

    @cached_property
    def messages(self) -> dict[str, EmailMessage]:
        """The messages by identifier, in the mailbox's order, as the standard library reads them."""
        with closing(mailbox.mbox(self.folder / "halden.mbox", create=False)) as box:
            raw = [box.get_bytes(key) for key in box.keys()]  # noqa: SIM118 - iterating a mailbox gives messages
        parsed = [email.message_from_bytes(data, policy=policy.default) for data in raw]
        return {str(message["Message-ID"]).strip("<>"): message for message in parsed}


@pytest.fixture(scope="session")
def make_sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, int], Sample]:
    """Give a function of seed and size that generates."""

    def make(seed: int, messages: int) -> Sample:
        folder = tmp_path_factory.mktemp("sample")
        generate(seed, messages, folder)
        return Sample(folder)

    return make


@pytest.fixture(scope="session")
def sample(make_sample: Callable[[int, int], Sample]) -> Sample:
    """The sample that the repository holds, generated anew."""
    return make_sample(20251101, 1500)


@pytest.fixture(scope="session")
def text_of() -> Callable[[EmailMessage], str]:
    """Give a function that decodes a message's body, tags of HTML taken out."""

    def text(message: EmailMessage) -> str:
        body = message.get_body(preferencelist=("plain", "html"))
        if body is None:
            return ""
        content = str(body.get_content())
        return unescape(re.sub(r"<[^>]*>", "", content)) if body.get_content_subtype() == "html" else content

    return text
