"""Secrets from where they lie: an environment variable, a file, a command. Never logged, never echoed."""

import os
import subprocess
from pathlib import Path

from liaison.mailbox_shape import SecretShape
from models.errors import ConfigurationError, SettingProblem

COMMAND_SECONDS = 30


def resolve_secret(secret: SecretShape, base: Path, source: str, path: str) -> str:
    """Return the secret itself.

    Args:
        secret: where it lies.
        base: folder that relative files are meant from.
        source: name of the configuration file, for the error.
        path: the setting's path, for the error.

    Raises:
        ConfigurationError: it is not there, empty, or the command failed; the secret is never part of the message.
    """
    try:
        value = _fetch(secret, base)
    except (OSError, UnicodeDecodeError, KeyError, subprocess.SubprocessError) as error:
        raise ConfigurationError(source, (SettingProblem(path, _explain(secret, error), _next_step(secret)),)) from None
    if not value:
        raise ConfigurationError(source, (SettingProblem(path, "the secret is empty"),))
    return value


def _fetch(secret: SecretShape, base: Path) -> str:
    if secret.env is not None:
        return os.environ[secret.env]
    if secret.file is not None:
        return (base / secret.file).read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    command = secret.command or []
    done = subprocess.run(command, capture_output=True, check=True, timeout=COMMAND_SECONDS)  # noqa: S603  the user's own command
    return done.stdout.decode("utf-8").partition("\n")[0].rstrip("\r")


def _explain(secret: SecretShape, error: Exception) -> str:
    if secret.env is not None:
        return f"the environment variable {secret.env} is not set"
    if secret.file is not None:
        return f"the file {secret.file} cannot be read ({getattr(error, 'strerror', None) or type(error).__name__})"
    return f"the command {(secret.command or ['?'])[0]!r} failed ({type(error).__name__})"


def _next_step(secret: SecretShape) -> str:
    if secret.env is not None:
        return f"type: export {secret.env}=..."
    if secret.file is not None:
        return "look at its path, and whether the user who runs Liaison may read it"
    return "try it in a shell, as the user who runs Liaison"
