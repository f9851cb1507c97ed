"""Wall and processor time of a piece of work, the processes that it started and waited for included."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds.

    Attributes:
        wall: by the clock on the wall: what other work on the machine makes longer.
        cpu: of processors, user and system, this process and those that it started.
    """

    wall: float
    cpu: float


def cost_of(work: Callable[[], object]) -> Cost:
    """Do the work once."""
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return Cost(time.perf_counter() - wall, _cpu() - cpu)


def middle(costs: list[Cost]) -> Cost:
    """The medians."""
    return Cost(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))


def rate(count: int, cost: Cost) -> str:
    """A line's figures: messages a second, milliseconds of processor a message."""
    return f"{count / cost.wall:9,.0f} messages/s  {1000 * cost.cpu / count:7.3f} ms of CPU a message"


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
