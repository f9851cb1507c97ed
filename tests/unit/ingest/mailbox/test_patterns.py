"""What names, patterns and special uses mean, and what is left out of them, with the reason."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mailbox.patterns import ListedFolder, choose_folders, is_pattern, is_set_aside
from ingest.settings import SET_ASIDE


def _listed(*paths: str, **flags: str) -> list[ListedFolder]:
    plain = [ListedFolder(path, path) for path in paths]
    return plain + [ListedFolder(name, name, frozenset({f"\\{flag.lower()}"})) for name, flag in flags.items()]


_THERE = _listed(
    *("INBOX", "Archive", "Archive/2025", "Archive/2025/Q1", "Private", "Private/Family", "Entwürfe", "Junk E-mail"),
    Outbound="Sent",
    Rubbish="Junk",
)


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (("inbox",), {"INBOX"}),
        (("Archive/*",), {"Archive/2025", "Archive/2025/Q1"}),
        (("Archive/%",), {"Archive/2025"}),
        (("%",), {"INBOX", "Archive", "Private", "Outbound"}),
        (("\\Sent",), {"Outbound"}),
        (("\\sent", "INBOX"), {"INBOX", "Outbound"}),
        (("Rubbish",), {"Rubbish"}),
        (("Entwürfe", "*/Q1"), {"Entwürfe", "Archive/2025/Q1"}),
    ],
)
def test_words_mean_folders(wanted: tuple[str, ...], chosen: set[str]) -> None:
    assert set(choose_folders(_THERE, wanted).chosen) == chosen


def test_what_is_left_out_says_why() -> None:
    choice = choose_folders(_THERE, ("*",), (*SET_ASIDE, "Private", "Private/*"))
    assert choice.left_out == {
        "Private": "excluded by Private",
        "Private/Family": "excluded by Private/*",
        "Entwürfe": "excluded by \\Drafts",
        "Junk E-mail": "excluded by \\Junk",
        "Rubbish": "excluded by \\Junk",
    }
    left_out = choose_folders(_THERE, ("INBOX", "Private/%")).left_out
    assert left_out["Archive"] == "not one of folders: INBOX, Private/%"


def test_a_name_is_stronger_than_an_exclusion() -> None:
    choice = choose_folders(_THERE, ("*", "Private/Family"), ("Private*",))
    assert "Private/Family" in choice.chosen
    assert "Private" in choice.left_out


def test_nothing_is_excluded_where_nothing_shall_be() -> None:
    assert len(choose_folders(_THERE, ("*",), ()).chosen) == len(_THERE)


def test_words_that_mean_nothing_are_told() -> None:
    assert choose_folders(_THERE, ("INBOX", "Archiv", "Old/*", "\\All", "Archive/")).unmatched == (
        *("Archiv", "Old/*", "\\All", "Archive/"),
    )


def test_each_folder_is_chosen_once_in_the_order_of_the_words() -> None:
    assert choose_folders(_THERE, ("Archive", "INBOX", "Archive*")).chosen[:3] == ("Archive", "INBOX", "Archive/2025")


@pytest.mark.parametrize("path", ["Drafts", "Old/spam", "Gelöschte Elemente", "Corbeille", "x/Deleted Items"])
def test_usual_names_tell_what_a_folder_is_for(path: str) -> None:
    assert is_set_aside(path)
    assert not is_set_aside(path + " of 2025")


def test_many_wildcards_in_a_row_cost_no_more_than_one() -> None:
    name = "a" * 5000
    assert choose_folders(_listed(name), ("*" * 200 + "b",)).unmatched
    assert choose_folders(_listed(name), ("%" * 200,)).chosen == (name,)


@pytest.mark.parametrize("pattern", ["*a" * 40 + "b", "%a" * 40 + "b", "*a%" * 30 + "b", "*" * 1000 + "%b"])
def test_a_pattern_of_many_wildcards_takes_no_longer_than_its_length(pattern: str) -> None:
    # by backtracking the ends of the universe would come before the answer
    assert is_chosen(pattern, "a" * 2000) is False
    assert is_chosen(pattern, "a" * 2000 + "b") is True


@given(st.text("ab/*%", max_size=8), st.text("ab/*", max_size=8))
def test_patterns_mean_what_an_expression_of_the_same_sense_means(pattern: str, path: str) -> None:
    if not is_pattern(pattern):
        return
    parts = {"*": "(?s:.*)", "%": "[^/]*"}
    expression = "".join(parts.get(char) or re.escape(char) for char in pattern)
    assert is_chosen(pattern, path) is bool(re.fullmatch(expression, path))


def is_chosen(pattern: str, path: str) -> bool:
    return bool(choose_folders([ListedFolder(path, path)], [pattern], ()).chosen)
