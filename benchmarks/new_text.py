"""How many lines of real mail are told right: own words, quotes, signature, disclaimer, a list's footer.

python -m benchmarks.new_text [CORPORA [REPLIES]]     # ../shared/corpora and ../shared/labels/replies

Against `benchmarks/labels/new_text.json` (README.md there: whose mail, who labelled it and how) and the replies in 13
languages of `discourse` in the folder of replies. `kind` counts a line right where its kind is, `own` where "the
writer's own or not" is. Of the test half nothing is shown but counts.
"""

import difflib
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.labelled_lines import LabelledMail, labelled_mail
from ingest.mime.bodies import plain_characters
from ingest.words.new_text import split_text

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
WORST = 20
SHOWN_LINES = 6


def main() -> None:
    """Print the shares by corpus, language, form and half, the confusion, and the worst messages of the tune half."""
    corpora = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "corpora"
    replies = Path(sys.argv[2]) if len(sys.argv) > 2 else SHARED / "labels" / "replies"
    with tempfile.TemporaryDirectory() as scratch:
        mail = list(labelled_mail(corpora, Path(scratch)))
    for half in ("tune", "test"):
        _show_half([each for each in mail if each.half == half], half)
    _show_worst([each for each in mail if each.half == "tune"])
    if (replies / "discourse").is_dir():
        _show_replies(replies / "discourse")


def _show_half(mail: list[LabelledMail], half: str) -> None:
    print(f"\n{half}: {len(mail)} messages, {sum(each.unmatched for each in mail)} labelled lines no longer there")
    print(f"{'':<22}{'messages':>9}{'lines':>8}{'kind':>9}{'own':>9}")
    groups = {"all": mail}
    groups |= {name: [each for each in mail if each.corpus == name] for name in sorted({each.corpus for each in mail})}
    groups |= {"plain": [each for each in mail if not each.html], "html": [each for each in mail if each.html]}
    groups |= {
        name: [each for each in mail if each.language == name] for name in sorted({each.language for each in mail})
    }
    for name, members in groups.items():
        _show_share(name, members)
    confusion = Counter((label, kind) for each in mail for _, label, kind in each.lines if label != kind)
    print("  labelled -> found: " + ", ".join(f"{a} -> {b} {count}" for (a, b), count in confusion.most_common()))


def _show_share(name: str, mail: list[LabelledMail]) -> None:
    lines = [(label, kind) for each in mail for _, label, kind in each.lines]
    if lines:
        kind = sum(a == b for a, b in lines) / len(lines)
        own = sum((a == "o") == (b == "o") for a, b in lines) / len(lines)
        print(f"  {name:<20}{len(mail):>9}{len(lines):>8}{kind:>9.2%}{own:>9.2%}")


def _show_worst(mail: Iterable[LabelledMail]) -> None:
    print("\nworst messages of the tune half")
    wrong = {each: [line for line in each.lines if line[1] != line[2]] for each in mail}
    for each, lines in sorted(wrong.items(), key=lambda item: -len(item[1]))[:WORST]:
        if lines:
            print(
                f"  {each.corpus} {each.key[:12]} {'html' if each.html else 'plain'}: {len(lines)} of {len(each.lines)}"
            )
        for text, label, kind in lines[:SHOWN_LINES]:
            print(f"      {label} -> {kind}  {text.strip()[:90]}")


def _show_replies(folder: Path) -> None:
    exact = right = wrong = missing = 0
    names = sorted((folder / "trimmed").glob("*.txt"))
    for expected in names:
        text = plain_characters((folder / "emails" / expected.name).read_text(encoding="utf-8"))
        wanted, found = _unquoted(expected.read_text(encoding="utf-8")), _unquoted(split_text(text).new_text)
        matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
        same = sum(block.size for block in matcher.get_matching_blocks())
        right, wrong, missing = right + same, wrong + len(found) - same, missing + len(wanted) - same
        exact += wanted == found
    score = 2 * right / (2 * right + wrong + missing)
    print(f"\ndiscourse: {exact} of {len(names)} exact; lines {right} right, {wrong} wrong, {missing} missing")
    print(f"  F1 {score:.3f}")


def _unquoted(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in lines if line and not line.startswith(">")]


if __name__ == "__main__":
    main()
