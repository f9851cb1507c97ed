"""The one contract of everything that hands out access tokens."""

from typing import Protocol


class TokenError(Exception):
    """No token can be had.

    Attributes:
        hint: what to look at next.
        temporary: the token server was not reached; trying again may help.
    """

    def __init__(self, message: str, hint: str, *, temporary: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.temporary = temporary


class TokenSource(Protocol):
    """Hands out access tokens; ask it again at every login, for tokens expire within the hour."""

    def token(self) -> str:
        """A token that is valid for some minutes at least.

        Raises:
            TokenError: there is none; neither secret nor token is part of the message.
        """
        ...
