"""mail-parser without the work whose results nobody here asks for, or that was done a moment ago.

In its constructor mail-parser decodes every part, which `ingest.mime.bodies` does from the original bytes, and makes
two dictionaries of everything in a message. That is left out where nothing is wrong with the message. And it reads
every address field character by character, though the people of a mailbox write to the same people again and again:
what it made of a field is remembered. A test compares what is used with mail-parser's own.
"""

import re
from email.message import Message as MimeMessage
from functools import lru_cache
from typing import Any

from mailparser import MailParser
from mailparser.const import ADDRESSES_HEADERS
from mailparser.utils import get_addresses

from ingest.mime.mime_tree import read_mime

_REMEMBERED = 4096
_LONGEST_REMEMBERED = 1000
_WORD = r"[A-Za-z0-9][A-Za-z0-9-]{0,40}"
_ATOMS = r"[A-Za-z0-9_+-]{1,64}(?:\.[A-Za-z0-9_+-]{1,64}){0,9}"
_PLAIN = re.compile(rf"(?:(?:{_WORD} ){{1,4}}<{_ATOMS}@{_ATOMS}>|{_ATOMS}@{_ATOMS})")
"""An address, with a name or without, that nothing is to be decided about: what stands beside it changes nothing."""

Addresses = tuple[tuple[tuple[str, str], ...], tuple[dict[str, Any], ...]]
"""Names with addresses, and what mail-parser has to say of the field."""


class LeanParser(MailParser):  # type: ignore[misc]  # mail-parser has no types
    """Reads a message as `mailparser.parse_from_bytes` does: structure, addresses, dates, names of defects."""

    @classmethod
    def from_bytes(cls, bt: bytes) -> "LeanParser":
        """Read a message from its bytes."""
        return cls._parse_guarded(lambda: read_mime(bt))  # type: ignore[no-any-return]  # as above

    def parse(self) -> None:
        """Read the message; its parts are only decoded, as mail-parser does, where something is wrong with it."""
        self._reset()
        odd = False
        for part in self.message.walk():
            self._append_defects(part, part.get_content_type())
            odd = odd or not _is_plain(part)
        if odd or self._has_defects:
            super().parse()

    def _make_mail(self, complete: bool = True) -> dict[str, Any]:  # noqa: ARG002, FBT001, FBT002  # as inherited
        return {}

    def _build_header_index(self) -> dict[str, list[Any]]:
        """The index of header fields; called first in `_reset`, which then reads the address fields that it finds."""
        index: dict[str, list[Any]] = super()._build_header_index()
        self._set_aside = {name: index.pop(name) for name in ADDRESSES_HEADERS if name in index}
        return index

    def _reset(self) -> None:
        super()._reset()
        self._header_index.update(self._set_aside)
        for header, values in sorted(self._set_aside.items()):
            for occurrence, value in enumerate(values):
                self._read_addresses(header, occurrence, value)

    def _read_addresses(self, header: str, occurrence: int, value: Any) -> None:
        remembers = isinstance(value, str) and len(value) <= _LONGEST_REMEMBERED
        found, defects = _read_one_by_one(value) if remembers else _read(value)
        if occurrence == 0:
            self._address_headers[header] = list(found)
        for defect in defects:
            self._address_header_defects.append({**defect, "header": header, "occurrence": occurrence})
            self._has_defects = True
            self._defects_categories.add("AddressHeaderDefect")


def _is_plain(part: MimeMessage) -> bool:
    """Whether its MIME fields are ASCII; of others mail-parser tells more."""
    return all(value.isascii() for name, value in part.raw_items() if name[:8].lower() == "content-")


def _read(value: Any) -> Addresses:
    defects: list[dict[str, Any]] = []
    found = get_addresses(value, defects=defects, decode_names=True)
    return tuple(found), tuple(defects)


def _read_one_by_one(value: str) -> Addresses:
    """Addresses of a field; plain ones are remembered each by itself, for groups of people are many."""
    items = [item.strip() for item in value.split(",")]
    if len(items) == 1 or not all(map(_PLAIN.fullmatch, items)):
        return _remembered(value)
    return tuple([found for item in items for found in _remembered(item)[0]]), ()


_remembered = lru_cache(_REMEMBERED)(_read)
