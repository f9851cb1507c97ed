"""One run at a time, and a killed run locks nothing."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from models.errors import LockedError, StoreError
from models.store import Store

_HOLD = """
import sys
from models.store import Store
with Store.open(sys.argv[1]) as store, store.lock():
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _holder(url: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that holds the lock until it is ended."""
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLD, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        yield child
        child.kill()


def _wait_for_server(url: str) -> None:
    """Wait until the server has noticed that the holder is gone."""
    plain = url.replace("+psycopg", "")
    with psycopg.connect(plain, options="-c lock_timeout=20s", autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(objid::bigint) FROM pg_locks WHERE locktype = 'advisory'")


def test_the_lock_is_held_once_and_free_afterwards(store: Store, store_url: str) -> None:
    with Store.open(store_url) as other:
        with store.lock(), pytest.raises(LockedError), other.lock():
            pass
        with other.lock():
            assert other.runs() == []


def test_a_failing_run_gives_the_lock_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.lock():
        raise ZeroDivisionError
    with store.lock():
        assert store.runs() == []


def test_the_refusal_names_the_holder_and_the_lock_dies_with_it(store: Store, store_url: str) -> None:
    with _holder(store_url) as child:
        with pytest.raises(LockedError, match=rf"process {child.pid}\b.* since 20\d\d-.*Z") as refused, store.lock():
            pass
        assert refused.value.exit_code == 5
        child.kill()
        child.wait()
    if store.dialect == "postgresql":
        _wait_for_server(store_url)
    with store.lock():
        assert store.runs() == []


def test_the_store_is_used_while_the_lock_is_held(store: Store) -> None:
    with store.lock():
        store.record_readings([])
        assert store.headers() == []


def test_a_store_in_memory_needs_no_lock() -> None:
    with Store.open("sqlite://") as store, store.lock(), store.lock():
        assert store.headers() == []


def test_a_lock_file_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "liaison.db.lock").mkdir()
    with (
        Store.open(f"sqlite:///{tmp_path}/liaison.db") as store,
        pytest.raises(StoreError, match=r"liaison\.db\.lock cannot be opened"),
        store.lock(),
    ):
        pass
