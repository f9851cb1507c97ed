"""Which matrix products thinc uses: NumPy's or BLIS's, by setting or by a quick measurement.

thinc's BLIS knows AMD's family 0x17 and runs a slow generic kernel on later ones; results are the same.
"""

from functools import cache
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps, set_current_ops

_ROWS, _WIDTH, _ROUNDS = 512, 384, 5


def choose_products(setting: str) -> None:
    """Set thinc's operations for this thread: "numpy", "blis", or "auto" for the faster here.

    Raises:
        ValueError: another word.
    """
    if setting not in {"auto", "numpy", "blis"}:
        raise ValueError(f"matrix products are auto, numpy or blis, not {setting!r}")
    use_blis = _blis_is_faster() if setting == "auto" else setting == "blis"
    set_current_ops(NumpyOps(use_blis=use_blis))


@cache
def _blis_is_faster() -> bool:
    return _seconds(NumpyOps(use_blis=True)) < _seconds(NumpyOps(use_blis=False))


def _seconds(ops: NumpyOps) -> float:
    """Shortest of a few products of the size that the model makes."""
    left = np.ones((_ROWS, _WIDTH), dtype="float32")
    right = np.ones((_WIDTH, _WIDTH), dtype="float32")
    return min(_timed(ops, left, right) for _ in range(_ROUNDS))


def _timed(ops: NumpyOps, left: NDArray[np.float32], right: NDArray[np.float32]) -> float:
    started = perf_counter()
    ops.gemm(left, right)
    return perf_counter() - started
