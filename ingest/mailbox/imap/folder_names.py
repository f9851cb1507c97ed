r"""Folder names as people read them and as servers write them: modified UTF-7 (RFC 3501, section 5.1.3), quoted.

UTF8=ACCEPT (RFC 6855) is never switched on, so modified UTF-7 is what a server must use; some write UTF-8 all the same.
"""

from imapclient import imap_utf7

from ingest.mailbox.imap.complaints import ImapRefusedError

_INBOX = "INBOX"


def read_name(written: bytes) -> str:
    """The name for people; bytes that no encoding explains are shown as Latin-1."""
    if not written.isascii():
        try:
            return written.decode("utf-8")
        except UnicodeDecodeError:
            return written.decode("latin-1")
    try:
        name: str = imap_utf7.decode(written)
    except UnicodeDecodeError:
        name = written.decode("ascii")
    # the one name that is the same in any case (RFC 9051, section 5.1)
    return _INBOX if name.upper() == _INBOX else name


def write_name(name: str) -> bytes:
    """The name as a server that keeps to the standard writes it."""
    written: bytes = imap_utf7.encode(name)
    return written


def quoted(written: bytes) -> bytes:
    """A name as a quoted string of a command.

    Raises:
        ImapRefusedError: it holds an end of line, with which a command would end.
    """
    if not {0, 10, 13}.isdisjoint(written):
        raise ImapRefusedError("its name holds an end of line, which no command can carry")
    return b'"' + written.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
