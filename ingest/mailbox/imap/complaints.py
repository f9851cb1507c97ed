"""When a server does not do what it is asked: what it says, what that means, and how long it wants to be left alone."""

import re

# RFC 5530 and RFC 9051 response codes, then the words of Exchange, Google, Dovecot and Cyrus
_NOT_NOW = re.compile(
    r"\[(?:throttled|unavailable|overquota|inuse|limit)\b"
    r"|request is throttled|backoff time|exceeded command or bandwidth limits|too many (?:simultaneous )?connections"
    r"|maximum number of connections|server (?:is )?(?:too )?busy|server unavailable"
    r"|temporar(?:y|ily)|try again (?:later|in)",
    re.IGNORECASE,
)
# Exchange when the token of a session expires, Google, RFC 5530
_LOGGED_OUT = re.compile(
    r"authenticated but not connected|accesstokenexpired|session (?:is )?(?:expired|invalidated)"
    r"|command received in invalid state|not authenticated|\[(?:expired|closed|authenticationfailed)\]",
    re.IGNORECASE,
)
_BACKOFF = re.compile(r"backoff time:? {0,3}(\d{1,9}) {0,3}milliseconds", re.IGNORECASE)
_SHOWN_CHARS = 300


class ImapRefusedError(Exception):
    """The server answered NO or BAD; the connection goes on."""


class ImapLostError(Exception):
    """The connection is gone, or of no more use: connect again."""


class ImapLoggedOutError(ImapLostError):
    """The server does not count us as logged in (any more): log in again, with a fresh token."""


class ImapThrottledError(ImapLostError):
    """The server wants to be left alone for a while; nothing is wrong with what it was asked.

    Attributes:
        pause_seconds: how long, 0 where it does not say.
        refused: whether that is the answer to what it was asked, and not a goodbye.
    """

    def __init__(self, said: str, pause_seconds: float = 0.0, *, refused: bool = False) -> None:
        super().__init__(said)
        self.pause_seconds = pause_seconds
        self.refused = refused


def is_temporary(said: str) -> bool:
    """Whether the server's words mean "not now" rather than "no"."""
    return bool(_NOT_NOW.search(said))


def told_loss(said: str) -> ImapLostError:
    """The error for a connection that ends with these words."""
    return _throttled(said) if is_temporary(said) else ImapLostError(said)


def told_refusal(said: str) -> ImapRefusedError | ImapLostError:
    """The error for a command that is answered NO or BAD with these words."""
    if _LOGGED_OUT.search(said):
        return ImapLoggedOutError(said)
    return _throttled(said, refused=True) if is_temporary(said) else ImapRefusedError(said)


def shown(said: bytes) -> str:
    """The server's words for people: one line, not too long, nothing in it that a terminal acts upon."""
    text = said[: 2 * _SHOWN_CHARS].decode("utf-8", "replace")
    return "".join(char if char.isprintable() else " " for char in text).strip()[:_SHOWN_CHARS]


def _throttled(said: str, *, refused: bool = False) -> ImapThrottledError:
    backoff = _BACKOFF.search(said)
    return ImapThrottledError(said, int(backoff[1]) / 1000 if backoff else 0.0, refused=refused)
