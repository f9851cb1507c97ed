"""The phrase notation and the trie that finds phrases."""

import pytest

from analysis.language.pattern_files import PhraseRule, compile_phrase, load_rules
from analysis.language.phrase_trie import PhraseTrie

LISTS = {"you": ("you", "u")}


def rule(*phrases: str, name: str = "r") -> PhraseRule:
    return PhraseRule(name, "ask", "", 0.9, tuple(compile_phrase(phrase, LISTS) for phrase in phrases))


def places(trie: PhraseTrie, text: str, opener: int = 0) -> list[tuple[str, int, int]]:
    words = text.split()
    return [(hit.rule.id, hit.start, hit.end) for hit in trie.find([w.lower() for w in words], words, opener)]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("can {you}", "so can u come", [("r", 1, 3)]),
        ("let me|us know", "let us know", [("r", 0, 3)]),
        ("please? send", "send it", [("r", 0, 1)]),
        ("please? send", "please send it", [("r", 0, 2)]),
        ("need ... report", "need the last two report", [("r", 0, 5)]),
        ("need ... report", "need the , report", []),
        ("need ... report", "need a b c d report", []),
        ("^ send", "we send", []),
        ("send $", "please send .", [("r", 1, 2)]),
        ("send $", "send it .", []),
        ("contact <name>|{you}", "contact Dana", [("r", 0, 2)]),
        ("contact <name>|{you}", "contact you", [("r", 0, 2)]),
        ("contact <name>", "contact them", []),
        ("by /[0-9]+/", "by 12", [("r", 0, 2)]),
    ],
)
def test_notation(phrase: str, text: str, found: list[tuple[str, int, int]]) -> None:
    assert places(PhraseTrie([rule(phrase)]), text) == found


def test_opening_phrases_may_stand_at_the_opener() -> None:
    assert places(PhraseTrie([rule("^ send")]), "Kurt , send it", opener=2) == [("r", 2, 3)]


def test_each_rule_keeps_its_longest_place() -> None:
    trie = PhraseTrie([rule("send", "send it", name="a"), rule("it", name="b")])
    assert places(trie, "send and send it or it") == [("a", 2, 4), ("b", 3, 4)]


def test_an_unknown_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        compile_phrase("can {them}", LISTS)


def test_rule_ids_are_unique_across_the_pattern_files() -> None:
    ids = [entry.id for name in ("asks", "cues") for entry in load_rules(name)]
    assert len(ids) == len(set(ids))
