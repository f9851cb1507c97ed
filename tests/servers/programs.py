"""Finds the programs that tests start, and says which package to install where one is missing."""

import shutil
import socket
from pathlib import Path


class ProgramMissingError(RuntimeError):
    """A program that the tests start is not installed."""

    def __init__(self, program: str, package: str) -> None:
        super().__init__(f"{program} is not installed: the tests need {package} (make system-packages)")


def find_program(program: str, package: str, *folders: Path) -> Path:
    """Finds a program on the PATH, in the folders of system programs, or in `folders`.

    Args:
        program: The program's file name.
        package: The Debian package that ships it, for the message.
        folders: More places to look in, the first hit counts.

    Raises:
        ProgramMissingError: It is in none of them.
    """
    found = shutil.which(program)
    if found:
        return Path(found)
    for folder in (*folders, Path("/usr/sbin"), Path("/usr/local/sbin")):
        if (folder / program).exists():
            return folder / program
    raise ProgramMissingError(program, package)


def free_ports(count: int) -> list[int]:
    """Returns `count` different TCP ports that are free on 127.0.0.1 now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [listener.getsockname()[1] for listener in sockets]
    finally:
        for listener in sockets:
            listener.close()
