"""How long to try again, and with which pauses, when a server closes, throttles or stalls."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential_jitter

from ingest.mailbox.imap.complaints import ImapLostError, ImapThrottledError

_T = TypeVar("_T")
_LONGEST_PAUSE_SECONDS = 60.0
_PAUSES = wait_exponential_jitter(max=_LONGEST_PAUSE_SECONDS)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a step that makes no headway is tried again.

    Attributes:
        seconds: for the pauses together, and for the tries and pauses together; 0 for not at all.
        sleep: what a pause is.
    """

    seconds: float
    sleep: Callable[[float], None] = time.sleep

    def retry(self, step: Callable[[], _T], failure: ImapLostError) -> _T:
        """Try a step again that has just failed; pauses double, with chance in them, and last as the server asks.

        Raises:
            ImapLostError: the last failure, when patience is at its end.
        """
        before = iter((failure,))
        retrying = Retrying(
            sleep=self.sleep,
            stop=self._is_over,
            wait=_pause,
            retry=retry_if_exception_type(ImapLostError),
            reraise=True,
        )
        return retrying(_after(before, step))

    def _is_over(self, state: RetryCallState) -> bool:
        pauses = state.idle_for + state.upcoming_sleep
        return max(pauses, (state.seconds_since_start or 0.0) + state.upcoming_sleep) > self.seconds


def _after(failures: Iterator[ImapLostError], step: Callable[[], _T]) -> Callable[[], _T]:
    def tried() -> _T:
        for failure in failures:
            raise failure
        return step()

    return tried


def _pause(state: RetryCallState) -> float:
    failure = state.outcome.exception() if state.outcome else None
    asked = failure.pause_seconds if isinstance(failure, ImapThrottledError) else 0.0
    return max(asked, _PAUSES(state))
