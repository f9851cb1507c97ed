"""How far the judgements on the sample mailbox agree with the script of events that it was written from.

    python -m benchmarks.sample_truth [--as-of 2026-06-30T23:59:59Z]

Prints, as of a month's end, how many of the script's asks were found, and how their states, owners and limbo agree. The
sample is a demonstration and a test bed: real mail is the proof, see docs/accuracy.md.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LIMBO = frozenset({"limbo", "stranded", "expired"})
CLOSED = frozenset({"answered", "withdrawn"})
DEFAULT_MOMENT = "2026-06-30T23:59:59Z"


@dataclass(frozen=True, slots=True)
class Pair:
    """One ask of the script beside what was judged of it; None where it was not found."""

    truth: Mapping[str, Any]
    judged: Mapping[str, Any] | None
    state: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts and shares in [0, 1] as of one moment.

    Attributes:
        asks: of the script, put by then.
        found: share of them that were found.
        states, addressing: shares of the found ones judged as the script has it.
        owners: the same, of those that are open in the script, which does not say who owns what is closed.
        precision, recall: of being in limbo (limbo, stranded, expired), over the found ones.
        confusions: (state in the script, state judged) to number, where they differ.
    """

    asks: int
    found: float
    states: float
    owners: float
    addressing: float
    precision: float
    recall: float
    confusions: Mapping[tuple[str, str], int]


def compare(truth: Mapping[str, Any], asks: Iterable[Mapping[str, Any]], moment: str) -> Agreement:
    """Compare `liaison limbo --all --json --as-of moment` with truth.json.

    Args:
        truth: the file's content.
        asks: the command's "asks".
        moment: a month's end as truth.json writes it.
    """
    pairs = _pairs(truth, list(asks), moment)
    found = [pair for pair in pairs if pair.judged is not None]
    still = [pair for pair in found if pair.state not in CLOSED]
    states = [(pair.state, pair.judged["state"]) for pair in found if pair.judged]
    return Agreement(
        asks=len(pairs),
        found=_share(len(found), len(pairs)),
        states=_share(sum(one == other for one, other in states), len(found)),
        owners=_share(sum(pair.owner == (pair.judged or {})["owner"] for pair in still), len(still)),
        addressing=_share(
            sum(pair.truth["addressing"] == (pair.judged or {})["addressing"] for pair in found), len(found)
        ),
        precision=_share(*_hits([(judged, state) for state, judged in states])),
        recall=_share(*_hits(states)),
        confusions=dict(Counter(pair for pair in states if pair[0] != pair[1]).most_common()),
    )


def _pairs(truth: Mapping[str, Any], asks: list[Mapping[str, Any]], moment: str) -> list[Pair]:
    put = [ask for ask in truth["asks"] if moment in ask["states"]]
    return [Pair(ask, _judged(ask, asks), ask["states"][moment], _owner(ask, moment)) for ask in put]


def _judged(ask: Mapping[str, Any], asks: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The ask that quotes one of the asking sentences of the script's ask, in the same message."""
    wanted = ask["message_id"]
    words = [_folded(each["quote"]) for each in ask["sentences"] if each["message_id"] == wanted]
    here = (each for each in asks if each["message_id"] == wanted)
    return next((each for each in here if any(_overlap(_folded(each["quote"]), word) for word in words)), None)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


def _owner(ask: Mapping[str, Any], moment: str) -> str | None:
    history = [each["owner"] for each in ask["owner_history"] if each["at"] <= moment]
    return history[-1] if history else None


def _hits(states: Sequence[tuple[str, str]]) -> tuple[int, int]:
    chosen = [other for one, other in states if one in LIMBO]
    return sum(other in LIMBO for other in chosen), len(chosen)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def main() -> None:
    """Run the nightly job on the sample in a temporary folder and print the agreement."""
    moment = sys.argv[2] if sys.argv[1:2] == ["--as-of"] else DEFAULT_MOMENT
    truth = json.loads((ROOT / "samples" / "truth.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yaml"
        text = (ROOT / "config.yaml").read_text(encoding="utf-8")
        config.write_text(text.replace("samples/", f"{ROOT}/samples/"), encoding="utf-8")
        _liaison(config, "nightly", "--json")
        asks = json.loads(_liaison(config, "limbo", "--all", "--as-of", moment, "--json"))["asks"]
    _show(compare(truth, asks, moment), moment)


def _liaison(config: Path, *words: str) -> str:
    command = [sys.executable, "-m", "liaison", "-c", str(config), *words]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def _show(agreement: Agreement, moment: str) -> None:
    print(f"as of {moment}: {agreement.asks} asks in the script")
    for name in ("found", "states", "owners", "addressing", "precision", "recall"):
        print(f"  {name:<11}{getattr(agreement, name):.3f}")
    for (script, judged), count in list(agreement.confusions.items())[:10]:
        print(f"  {count:>4}  {script} in the script, {judged} judged")


if __name__ == "__main__":
    main()
