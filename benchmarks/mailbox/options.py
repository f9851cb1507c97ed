"""The command line of a benchmark: its --help, and the words that repeat it."""

import argparse


def command_line(doc: str | None) -> argparse.ArgumentParser:
    """A parser whose --help is the benchmark's own description."""
    return argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)


def repeat(name: str, options: argparse.Namespace) -> str:
    """The command that does it again."""
    words = [f"--{option.replace('_', '-')} {_words(value)}" for option, value in vars(options).items()]
    return f"repeat: python -m benchmarks.{name} {' '.join(words)}"


def _words(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
