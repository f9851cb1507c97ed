"""Reading new text with spaCy: components, patterns, readings."""

import os

# OpenBLAS reads this once, when NumPy is loaded; its threads only slow the model's small products down, and
# worker processes inherit it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
