"""How a command ends: its exit code, and, where it ends early, one sentence and the next step."""

import logging
import sys
import traceback
from collections.abc import Callable

from liaison.output import prepare_streams, printable
from models.errors import LiaisonError

UNEXPECTED = 1
INTERRUPTED = 130
"""128 and the number of SIGINT, as shells count; Typer ends with it on Ctrl-C."""


def run(command: Callable[[], object]) -> int:
    """Call a command and return its exit code.

    The trace of an error is shown with `-v` only: an operator needs the sentence, and local paths and names
    need not stand in a log.
    """
    prepare_streams()
    try:
        command()
    except SystemExit as ended:
        return _exit_code(ended)
    except LiaisonError as error:
        return _told(str(error), error.hint, error.exit_code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _told(f"{where}{error.strerror or error}", "look at the disk and at the rights of this user", UNEXPECTED)
    except Exception as error:  # noqa: BLE001  the outermost edge: what comes here is a defect of Liaison
        sentence = f"unexpected {type(error).__name__}: {error}"
        return _told(sentence, "type the same with -v before the command, and report what it says", UNEXPECTED)
    return 0


def _exit_code(ended: SystemExit) -> int:
    code = ended.code if isinstance(ended.code, int) else 0
    if code == INTERRUPTED:
        _say("interrupted; what was recorded stays", "type the same again: it goes on from there")
    return code


def _told(sentence: str, hint: str, code: int) -> int:
    if logging.getLogger().isEnabledFor(logging.DEBUG):
        traceback.print_exc()
    _say(sentence, hint)
    return code


def _say(sentence: str, hint: str) -> None:
    sys.stderr.write(printable(f"liaison: {sentence}\n"))
    if hint:
        sys.stderr.write(printable(f"next: {hint}\n"))
