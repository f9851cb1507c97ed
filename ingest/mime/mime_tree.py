"""MIME structure of well-formed mail in one cut a boundary; what is odd goes to the standard library's parser.

The standard library asks of every line whether it ends a part, and compiles a pattern for every multipart. Where a
message is written as RFC 2046 has it (delimiter lines without anything behind them, a closing one, no stray carriage
returns, header sections that nothing but fields stand in), splitting gives the same tree. Anything else is read by
`email.message_from_bytes` as a whole: a test compares the two on real, generated and hostile mail.
"""

from email import message_from_bytes
from email.message import Message as MimeMessage
from email.parser import Parser
from typing import Any

_ENCODINGS_OF_MULTIPARTS = frozenset({"", "7bit", "8bit", "binary"})
_ABSENT = object()


class LeanMessage(MimeMessage):
    """A message that finds its header fields by name; the standard library goes through all of them each time."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._forget()
        super().__init__(*arguments, **named)

    def get(self, name: str, failobj: Any = None) -> Any:
        """The first field of this name."""
        if not self._fields:
            for field, value in self.raw_items():
                self._fields.setdefault(field.lower(), (field, value))
        found = self._fields.get(name.lower())
        return failobj if found is None else self.policy.header_fetch_parse(*found)

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:  # noqa: FBT001, FBT002  # as inherited
        """A parameter of a field, taken apart once."""
        key = (param, header, unquote)
        if key not in self._params:
            self._params[key] = super().get_param(param, _ABSENT, header, unquote)
        found = self._params[key]
        return failobj if found is _ABSENT else found

    def get_content_type(self) -> str:
        """The content type in lower case, as the standard library tells it."""
        if not self._kind:
            self._kind: str = super().get_content_type()
        return self._kind

    def _forget(self) -> None:
        self._fields: dict[str, tuple[str, Any]] = {}
        self._params: dict[tuple[str, str, bool], Any] = {}
        self._kind = ""

    def set_default_type(self, ctype: str) -> None:
        """Say what the message is where no field does."""
        self._forget()
        super().set_default_type(ctype)

    def set_raw(self, name: str, value: Any) -> None:
        """Add a field as it stands."""
        self._forget()
        super().set_raw(name, value)

    def __setitem__(self, name: str, value: Any) -> None:
        self._forget()
        super().__setitem__(name, value)

    def __delitem__(self, name: str) -> None:
        self._forget()
        super().__delitem__(name)

    def replace_header(self, _name: str, _value: Any) -> None:
        """Change the first field of this name."""
        self._forget()
        super().replace_header(_name, _value)


class _OddError(Exception):
    """The message is not written as it should be."""


def read_mime(content: bytes) -> MimeMessage:
    """Read as `email.message_from_bytes` does."""
    if b"\r" not in content:
        try:
            return _message(content.decode("ascii", "surrogateescape"))
        except _OddError:
            pass
    return message_from_bytes(content, _class=LeanMessage)


def _message(text: str) -> LeanMessage:
    head, gap, body = ("", "\n", text[1:]) if text.startswith("\n") else text.partition("\n\n")
    if not gap:
        raise _OddError
    message = Parser(LeanMessage).parsestr(f"{head}\n\n" if head else "\n", headersonly=True)
    if message.get_payload() or message.defects:
        raise _OddError
    main = message.get_content_maintype()
    if main == "message":
        raise _OddError
    if main == "multipart":
        _add_parts(message, body)
    else:
        message.set_payload(body)
    return message


def _add_parts(message: LeanMessage, body: str) -> None:
    """Cut a multipart at its boundary (RFC 2046, section 5.1.1)."""
    boundary = message.get_boundary()
    if not boundary or str(message.get("content-transfer-encoding", "")).lower() not in _ENCODINGS_OF_MULTIPARTS:
        raise _OddError
    preamble, *pieces = f"\n{body}".split(f"\n--{boundary}")
    if len(pieces) < 2 or message.get_content_type() == "multipart/digest":  # noqa: PLR2004  # a part and the end
        raise _OddError
    closing = pieces.pop()
    if not (closing == "--" or closing.startswith("--\n")) or any(piece[:1] != "\n" for piece in pieces):
        raise _OddError
    message.set_payload([])
    message.preamble = preamble[1:] if preamble else None
    message.epilogue = closing[3:]
    for piece in pieces:
        part = _message(piece[1:])
        if part.epilogue == "" and piece.endswith("--"):
            # the line end before a delimiter is the delimiter's own, so there is nothing behind the last one inside
            part.epilogue = None
        message.attach(part)
