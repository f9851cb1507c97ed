"""Every folder of an account (LIST, RFC 9051, section 6.3.9), and whose it is (NAMESPACE, RFC 2342)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.mailbox.imap.folder_names import quoted, read_name, write_name
from ingest.mailbox.imap.responses import Response
from ingest.mailbox.imap.wire import Wire
from ingest.mailbox.patterns import ListedFolder


@dataclass(frozen=True, slots=True)
class AccountFolders:
    """The folders of an account.

    Attributes:
        listed: each once.
        written: their names as the server writes them, unquoted.
    """

    listed: tuple[ListedFolder, ...] = ()
    written: Mapping[str, bytes] = field(default_factory=dict)

    def quoted(self, name: str) -> bytes:
        """The name for a command; a folder that was not listed is written by the standard.

        Raises:
            ImapRefusedError: no command can carry it.
        """
        return quoted(self.written.get(name) or write_name(name))


@dataclass(frozen=True, slots=True)
class _Namespaces:
    """How the paths of one's own folders begin, and how those of others."""

    own: tuple[bytes, ...] = ()
    foreign: tuple[bytes, ...] = ()
    separators: Mapping[bytes, str] = field(default_factory=dict)

    def path(self, prefix: bytes) -> str:
        """A prefix with "/" between levels."""
        return _path(read_name(prefix), self.separators.get(prefix, "/"))

    def owner(self, written: bytes, path: str) -> str:
        """How the path of a folder begins if it belongs to others; "" for one's own."""
        for prefix in self.foreign:
            if prefix and (written.startswith(prefix) or written == prefix[:-1]):
                return self.path(prefix)
        if b"" in self.foreign and not any(written.startswith(own[:-1]) for own in (*self.own, b"INBOX.")):
            return path.partition("/")[0]
        return ""


def list_folders(wire: Wire, wanted: Sequence[str]) -> AccountFolders:
    """Every folder, also those of others that the wanted words mean by how their paths begin.

    Raises:
        ImapRefusedError: the server lists nothing.
        ImapLostError: the connection ended.
    """
    spaces = _namespaces(wire)
    # what belongs to others need not be among "*"
    meant = [prefix for prefix in spaces.foreign if prefix and _begins(wanted, spaces.path(prefix))]
    lists = [b'LIST "" "*"', *(b'LIST "" ' + quoted(prefix + b"*") for prefix in meant)]
    # plain LIST may leave special uses out (RFC 6154, section 2)
    options = b" RETURN (SPECIAL-USE)" if wire.offers("SPECIAL-USE", "LIST-EXTENDED") else b""
    found: dict[bytes, ListedFolder] = {}
    for answer in wire.run_all([command + options for command in lists]):
        if answer.end.refused and not found:
            raise answer.end.refused
        found.update(pair for response in answer.untagged for pair in _listed(response, spaces))
    return AccountFolders(tuple(found.values()), {folder.name: written for written, folder in found.items()})


def _begins(words: Sequence[str], path: str) -> bool:
    return any(word.startswith(path) for word in words)


def _listed(response: Response, spaces: _Namespaces) -> Iterator[tuple[bytes, ListedFolder]]:
    match response.items():
        case (bytes(word), tuple(flags), delimiter, bytes() | int() as told, *_) if word.upper() == b"LIST":
            # a name of digits only comes as a number
            written = told if isinstance(told, bytes) else b"%d" % told
            name = read_name(written)
            path = _path(name, _text(delimiter))
            lowered = frozenset(_text(flag).lower() for flag in flags)
            yield written, ListedFolder(name, path, lowered, spaces.owner(written, path))


def _namespaces(wire: Wire) -> _Namespaces:
    if not wire.offers("NAMESPACE"):
        return _Namespaces()
    for answer in wire.run_all([b"NAMESPACE"]):
        for response in answer.untagged:
            match response.items():
                case (bytes(word), own, others, shared, *_) if word.upper() == b"NAMESPACE":
                    separators = dict((*_prefixes(own), *_prefixes(others), *_prefixes(shared)))
                    foreign = tuple(prefix for prefix, _ in (*_prefixes(others), *_prefixes(shared)))
                    return _Namespaces(tuple(prefix for prefix, _ in _prefixes(own)), foreign, separators)
    return _Namespaces()


def _prefixes(spaces: Any) -> Iterator[tuple[bytes, str]]:
    for space in spaces if isinstance(spaces, tuple) else ():
        match space:
            case (bytes(prefix), separator, *_):
                yield prefix, _text(separator)


def _path(name: str, separator: str) -> str:
    return name.replace(separator, "/") if separator else name


def _text(value: Any) -> str:
    return value.decode("ascii", "replace") if isinstance(value, bytes) else ""
