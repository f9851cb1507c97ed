"""An account on an IMAP server as a mailbox: read-only by construction, pipelined, and patient with servers.

EXAMINE instead of SELECT, BODY.PEEK[] instead of BODY[] (RFC 9051, sections 6.3.3 and 6.4.5). imapclient connects,
logs in, and speaks with the server about folders; `fetching` reads the messages themselves.
"""

from ingest.mailbox.imap.mailbox import ImapMailbox

__all__ = ["ImapMailbox"]
