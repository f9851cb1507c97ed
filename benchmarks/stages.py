"""Where the time of a nightly run goes: share of each stage on an mbox, first run and second.

python -m benchmarks.stages [--mbox samples/halden.mbox]
"""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.mailbox.options import command_line, repeat
from liaison.config import load_config
from liaison.nightly import NightlyResult, run_nightly
from liaison.progress import SilentProgress

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Run twice in a temporary folder and print a table."""
    parser = command_line(__doc__)
    parser.add_argument("--mbox", type=Path, default=ROOT / "samples" / "halden.mbox", help="whose messages")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        text = (ROOT / "config.yaml").read_text(encoding="utf-8")
        path.write_text(text.replace("samples/halden.mbox", str(options.mbox.resolve())), encoding="utf-8")
        config = load_config(path)
        results = [run_nightly(config, datetime.now(UTC), SilentProgress()) for _ in range(2)]
    _show(results, results[0].mailboxes[0].seen)
    print(repeat("stages", options))


def _show(results: list[NightlyResult], messages: int) -> None:
    print(f"{messages} messages, one core, SQLite")
    print(f"{'stage':<10}{'first run':>12}{'share':>8}{'second run':>13}{'share':>8}")
    totals = [sum(result.seconds.values()) for result in results]
    for stage in results[0].seconds:
        cells = [result.seconds.get(stage, 0.0) for result in results]
        shares = [f"{cell / total:.0%}" for cell, total in zip(cells, totals, strict=True)]
        print(f"{stage:<10}{cells[0]:>10.2f} s{shares[0]:>8}{cells[1]:>11.2f} s{shares[1]:>8}")
    print(f"second run / first run: {totals[1] / totals[0]:.3f}")


if __name__ == "__main__":
    main()
