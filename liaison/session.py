"""What one call of the command line was told: which configuration, how talkative."""

import logging
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison.config import Config


class Session:
    """The configuration, read when a command first needs it."""

    def __init__(self, path: Path, verbose: bool) -> None:  # noqa: FBT001  Typer hands the flag over as it is
        self.path = path
        self.verbose = verbose
        level = logging.DEBUG if verbose else logging.WARNING
        logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
        for chatty in (
            "imapclient",
            "mailparser",
            "asyncio",
        ):  # they log bytes of mail, and passwords at DEBUG
            logging.getLogger(chatty).setLevel(logging.ERROR)

    @cached_property
    def config(self) -> "Config":
        """The configuration.

        Raises:
            ConfigurationError: it cannot be used.
        """
        from liaison.config import load_config

        return load_config(self.path)
