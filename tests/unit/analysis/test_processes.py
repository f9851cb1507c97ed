"""What becomes of worker processes when the one that started them is stopped by hand or killed."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAM = '''
import os, sys
from itertools import count

from analysis.processes import ProcessExecutor


class Tell:
    """Each result is the worker's process id."""

    def prepare(self):
        return lambda numbers: [os.getpid() for _ in numbers]

    def weigh(self, number):
        return 0


if __name__ == "__main__":
    with ProcessExecutor(2).session(Tell()) as run:
        for result in run(count()):
            print(result.value, flush=True)
'''


@contextmanager
def started(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The program at work, and the id of one of its workers."""
    program = folder / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    with process:
        assert process.stdout
        yield process, int(process.stdout.readline())
        process.kill()


def test_ctrl_c_ends_all_and_only_the_main_process_speaks(tmp_path: Path) -> None:
    with started(tmp_path) as (process, _worker):
        os.killpg(process.pid, signal.SIGINT)
        errors = process.communicate(timeout=60)[1]
    assert errors.count("Traceback") == 1
    assert errors.rstrip().endswith("KeyboardInterrupt")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc to see a process end")
def test_workers_of_a_killed_process_end(tmp_path: Path) -> None:
    with started(tmp_path) as (process, worker):
        descriptor = os.pidfd_open(worker)
        process.kill()
        # readable as soon as the process has ended

        ready, _, _ = select.select([descriptor], [], [], 60)
        os.close(descriptor)
    assert ready
