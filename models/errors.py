"""Every error that Liaison raises on purpose, each with its own message, exit code and next step.

    LiaisonError
    |-- ConfigurationError            2  config.yaml cannot be used; carries every problem
    |-- UsageError                    2  a command was called with words that do not fit
    |-- MailboxError                  3  one mailbox; the others go on
    |   |-- MailboxUnreachableError      host, port, TLS, file not there
    |   |-- MailboxRefusedError          user, password, folder
    |   |-- UidValidityChangedError      the server numbered the folder anew (RFC 9051, 2.3.1.1)
    |   `-- MailboxEmptiedError          a folder that held messages lists none
    |-- StoreError                    4  the database cannot be opened, read or written
    |-- ReportsNotWrittenError        4  the folder of the reports cannot be written
    |-- LockedError                   5  another run holds the lock
    `-- ModelMissingError             2  the spaCy model is not installed

Bad *mail* is data and never an exception; see `models.records.Problem`.
"""

from dataclasses import dataclass


class LiaisonError(Exception):
    """Base of every intended error.

    Attributes:
        exit_code: what the process ends with.
        hint: what to type or change next, one sentence; may be empty.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    @property
    def in_full(self) -> str:
        """What is wrong and the next step, for one line of a report."""
        return f"{self} ({self.hint})" if self.hint else str(self)


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One thing wrong in the configuration: its path (`mailboxes[0].imap.host`), what is wrong, what to do."""

    path: str
    message: str
    hint: str = ""
    line: int | None = None


class ConfigurationError(LiaisonError):
    """The configuration cannot be used; carries all problems at once."""

    exit_code = 2

    def __init__(self, source: str, problems: tuple[SettingProblem, ...]) -> None:
        lines = [f"{source}: {len(problems)} problem{'s' if len(problems) != 1 else ''}"]
        lines += [_problem_line(problem) for problem in problems]
        super().__init__("\n".join(lines), f"mend {source}, then type: liaison check")
        self.problems = problems


def _problem_line(problem: SettingProblem) -> str:
    where = f" (line {problem.line})" if problem.line else ""
    hint = f" -> {problem.hint}" if problem.hint else ""
    return f"  {problem.path}{where}: {problem.message}{hint}"


class UsageError(LiaisonError):
    """A command was called with words that do not fit."""

    exit_code = 2


class ModelMissingError(LiaisonError):
    """The spaCy model named in the configuration is not installed."""

    exit_code = 2

    def __init__(self, model: str) -> None:
        super().__init__(
            f"the spaCy model {model!r} is not installed",
            "type: make setup (or set reading.model to a model that is installed)",
        )


class MailboxError(LiaisonError):
    """Something about one mailbox; the run goes on with the others."""

    exit_code = 3

    def __init__(self, mailbox: str, message: str, hint: str = "") -> None:
        super().__init__(f"mailbox {mailbox}: {message}", hint)
        self.mailbox = mailbox


class MailboxUnreachableError(MailboxError):
    """Host, port, TLS or file: the mailbox could not be reached, so its state is unknown, not silent."""


class MailboxRefusedError(MailboxError):
    """The server was reached and refused: user, password, folder."""


class SafetyStopError(MailboxError):
    """A folder became another one, and nobody has accepted that yet."""


class UidValidityChangedError(SafetyStopError):
    """The server numbered the folder anew (RFC 9051, section 2.3.1.1), so known UIDs say nothing."""

    def __init__(self, mailbox: str, folder: str, known: int, now: int) -> None:
        super().__init__(
            mailbox,
            f"folder {folder!r} has UIDVALIDITY {now}, {known} was known: the server numbered it anew",
            "if that was intended (a restore, a migration), type: liaison ingest --accept-uidvalidity",
        )


class UidsReusedError(SafetyStopError):
    """UIDNEXT fell, which it never may (RFC 9051, section 2.3.1.1): known UIDs are given to other messages."""

    def __init__(self, mailbox: str, folder: str, known: int, now: int) -> None:
        super().__init__(
            mailbox,
            f"folder {folder!r} has UIDNEXT {now}, {known} was known: the server gives UIDs a second time",
            "if it was restored from a backup, type: liaison ingest --accept-uidvalidity",
        )


class MailboxEmptiedError(SafetyStopError):
    """A folder that held messages lists none."""

    def __init__(self, mailbox: str, folder: str, known: int) -> None:
        super().__init__(
            mailbox,
            f"folder {folder!r} held {known} messages and now lists none",
            "if it was emptied on purpose, type: liaison ingest --accept-empty",
        )


class StoreError(LiaisonError):
    """The database cannot be opened, read or written."""

    exit_code = 4


class ReportsNotWrittenError(LiaisonError):
    """The folder of the reports cannot be written: rights, a full disk."""

    exit_code = 4

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"the reports cannot be written: {path}: {why}",
            "make room, or let this user write there (out: in config.yaml), then type: liaison report",
        )


class LockedError(LiaisonError):
    """Another run holds the lock."""

    exit_code = 5

    def __init__(self, holder: str) -> None:
        super().__init__(f"another run holds the lock: {holder}", "wait until it ends, or look at: liaison status")
