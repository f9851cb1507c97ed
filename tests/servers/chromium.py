"""Headless Chromium: a page as a picture, or as the document that its browser holds in the end."""

import subprocess
import tempfile
from pathlib import Path

from tests.servers.programs import find_program

_SECONDS = 120
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
)


class ChromiumFailedError(RuntimeError):
    """Chromium did not do what it was asked; the message holds the end of what it said."""


def take_screenshot(page: Path | str, picture: Path, width: int = 1280, height: int = 1600) -> Path:
    """Writes a PNG of a page's first `width` x `height` CSS pixels and returns its path.

    Args:
        page: A local file or a URL.
        picture: Where to write.
        width: Of the window.
        height: Of the window; what is below is not in the picture.

    Raises:
        ProgramMissingError: Chromium is not installed.
        ChromiumFailedError: No picture was written.
    """
    picture.unlink(missing_ok=True)
    said = _run(page, f"--screenshot={picture.absolute()}", f"--window-size={width},{height}")
    if not picture.exists():
        raise ChromiumFailedError("no picture was written: " + said.stderr[-2000:])
    return picture


def dump_dom(page: Path | str) -> str:
    """Returns the document of a page as HTML, after its scripts ran.

    Raises:
        ProgramMissingError: Chromium is not installed.
        ChromiumFailedError: It printed nothing.
    """
    said = _run(page, "--dump-dom")
    if not said.stdout.strip():
        raise ChromiumFailedError("no document was printed: " + said.stderr[-2000:])
    return said.stdout


def _run(page: Path | str, *flags: str) -> subprocess.CompletedProcess[str]:
    program = find_program("chromium", "chromium", Path("/usr/lib/chromium"))
    url = page.absolute().as_uri() if isinstance(page, Path) else page
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        command: list[str | Path] = [program, *_FLAGS, f"--user-data-dir={profile}", *flags, url]
        return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
