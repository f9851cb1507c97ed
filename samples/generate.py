"""Write the sample mailbox and its ground truth.

    python -m samples.generate --seed 20251101 --messages 1500 --out samples

The same parameters give the same bytes. Mails are written as the year goes by, so that the size of the mailbox does not
show in the memory used beyond the stories that are under way.
"""

import argparse
import json
import random
from pathlib import Path
from typing import Any

from samples.director import direct
from samples.phrases import Deck
from samples.render.message import mbox_entry
from samples.script import Ask
from samples.stage import Stage
from samples.truth import ask_record, frame

FEWEST = 200
"""The scenes that every mailbox has need about this much room."""


def generate(seed: int, messages: int, out: Path) -> None:
    """Write `halden.mbox` and `truth.json`.

    Args:
        seed: of the only source of chance.
        messages: how many the mailbox holds, at least `FEWEST`.
        out: an existing folder.

    Raises:
        ValueError: for fewer messages than `FEWEST`.
    """
    if messages < FEWEST:
        raise ValueError(f"{messages} messages are too few for the story; take {FEWEST} or more")
    stage = Stage(Deck(random.Random(seed)), messages)
    with (
        (out / "halden.mbox").open("wb") as mbox,
        (out / "truth.json").open("w", encoding="utf-8", newline="\n") as truth,
    ):
        truth.write('{"asks": [')
        comma = ""
        for mails, asks in direct(stage):
            mbox.writelines(map(mbox_entry, mails))
            for ask in asks:
                truth.write(f"{comma}\n{_line(ask)}")
                comma = ","
        truth.write(f"\n],\n{_inside(frame(stage.script, seed, messages))}\n}}\n")


def _line(ask: Ask) -> str:
    return json.dumps(ask_record(ask), ensure_ascii=False)


def _inside(rest: dict[str, Any]) -> str:
    return ",\n".join(f"{json.dumps(key)}: {_rows(value)}" for key, value in rest.items())


def _rows(value: Any) -> str:
    if isinstance(value, list):
        return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Read the command line and generate."""
    parser = argparse.ArgumentParser(description="Write the sample mailbox and its ground truth.")
    parser.add_argument("--seed", type=int, default=20251101)
    parser.add_argument("--messages", type=int, default=1500)
    parser.add_argument("--out", type=Path, default=Path("samples"))
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    generate(arguments.seed, arguments.messages, arguments.out)


if __name__ == "__main__":
    main()
