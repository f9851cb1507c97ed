"""Executors by the names that settings give them."""

from analysis.execution import Executor, SerialExecutor
from analysis.processes import ProcessExecutor


def make_executor(name: str, workers: int) -> Executor:
    """The executor that settings name: "serial" or "processes".

    Raises:
        ValueError: another name.
    """
    if name == "serial":
        return SerialExecutor()
    if name == "processes":
        return ProcessExecutor(workers)
    raise ValueError(f"no executor is named {name!r}; serial and processes are")
