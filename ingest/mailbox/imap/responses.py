"""Responses of a server: lines with literals in between, taken apart by imapclient's parser where that is needed."""

import re
from dataclasses import dataclass
from typing import Any

from imapclient.exceptions import ProtocolError
from imapclient.response_parser import parse_response

from ingest.mailbox.imap.complaints import ImapRefusedError

LITERAL = re.compile(rb"~?\{(\d{1,40})\+?\}\r?\n\Z")
"""How a line ends that a literal follows (RFC 9051, section 9, literal and literal8)."""


@dataclass(slots=True)
class Response:
    r"""One response of the server.

    Attributes:
        parts: its lines, "\r\n" included, with a literal between any two; one that was too long is empty.
        oversized: length of the longest literal that was too long to keep; 0 where all were kept.
        tag: of the command that it ends; "" for untagged responses.
        refused: why the command failed; None for untagged responses and success.
    """

    parts: list[bytes]
    oversized: int = 0
    tag: bytes = b""
    refused: ImapRefusedError | None = None

    @property
    def length(self) -> int:
        """How many bytes of it are kept."""
        return sum(map(len, self.parts))

    @property
    def line(self) -> bytes:
        """The first line without its end."""
        return self.parts[0].rstrip(b"\r\n")

    def items(self) -> tuple[Any, ...]:
        """What stands in it behind the asterisk: numbers, byte strings, None for NIL, tuples for parentheses.

        Nothing stands in a response that is not what the protocol allows.
        """
        records: list[bytes | tuple[bytes, bytes]] = []
        for line, literal in zip(self.parts[:-1:2], self.parts[1::2], strict=True):
            records.append((LITERAL.sub(b"{%d}" % len(literal), line), literal))
        records.append(self.parts[-1].rstrip(b"\r\n"))
        try:
            # the asterisk is an atom like any other
            return tuple(parse_response(records))[1:]
        except (ProtocolError, ValueError, IndexError, RuntimeError):
            # RuntimeError: a response that ends too early, or parentheses without an end
            return ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command was answered: the untagged responses before its end, and why it failed, if it did."""

    untagged: list[Response]
    end: Response
