"""The files for systemd and cron start the nightly run, every night, with few rights."""

import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parents[3] / "deploy"
_COMMAND = "/opt/liaison/bin/liaison -c /etc/liaison/config.yaml nightly"


def _read_unit(name: str) -> RawConfigParser:
    # systemd repeats a key to add to it; the checks here need the last one only
    unit = RawConfigParser(strict=False, delimiters=("=",), interpolation=None)
    unit.optionxform = str  # type: ignore[method-assign,assignment]
    unit.read_string((_FOLDER / name).read_text(encoding="utf-8"))
    return unit


def test_the_service_runs_nightly_once() -> None:
    service = _read_unit("liaison.service")["Service"]
    assert service["Type"] == "oneshot"
    assert service["ExecStart"] == _COMMAND


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("StateDirectory", "liaison"),
        ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
    ],
)
def test_the_service_has_few_rights(key: str, value: str) -> None:
    assert _read_unit("liaison.service")["Service"][key] == value


def test_the_password_reaches_the_service_as_a_credential_alone() -> None:
    service = _read_unit("liaison.service")["Service"]
    assert service["LoadCredential"].startswith("journal-password:")
    assert "Environment" not in service


def test_the_timer_is_nightly_spread_and_makes_up_for_missed_nights() -> None:
    timer = _read_unit("liaison.timer")
    assert timer["Timer"]["OnCalendar"] == "*-*-* 02:00:00"
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Timer"]["RandomizedDelaySec"] == "30min"
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_cron_runs_the_same_command_every_night() -> None:
    lines = (_FOLDER / "liaison.cron").read_text(encoding="utf-8").splitlines()
    (job,) = [line for line in lines if line[:1].isdigit()]
    minute, hour, day, month, weekday, user, command = job.split(maxsplit=6)
    assert (minute, hour, day, month, weekday, user) == ("17", "2", "*", "*", "*", "liaison")
    assert command.endswith(_COMMAND)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_understands_the_timer() -> None:
    moment = _read_unit("liaison.timer")["Timer"]["OnCalendar"]
    done = subprocess.run(["systemd-analyze", "calendar", moment], capture_output=True, text=True, check=False)
    assert "Normalized form: *-*-* 02:00:00" in done.stdout
