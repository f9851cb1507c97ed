"""Which sentences ask, of which kind, on tokens alone and with a parse made by hand."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from analysis.language.asks import AskFinding, judge_sentence, wants_parse
from analysis.language.cues import CueMatcher
from analysis.language.extensions import ASKS, FINDING
from analysis.language.pattern_files import load_rules
from analysis.language.phrase_trie import PhraseTrie

Judge = Callable[[str], Doc]


def finding(doc: Doc) -> AskFinding:
    found: AskFinding = doc.spans[ASKS][0]._.get(FINDING)
    return found


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Could you please send the batch record?", "request"),
        ("Please let us know whether the lot is affected.", "request"),
        ("I would appreciate your feedback.", "review"),
        ("It would help if you sent the raw data.", "request"),
        ("Kindly confirm receipt.", "notification"),
        ("We need you to approve the change request.", "approval"),
        ("Can you sign the protocol?", "approval"),
        ("Could you please tell us if there are any known issues.", "request"),
        ("Please review the attached draft.", "review"),
        ("Is the line running?", "question"),
        ("Why does the filter clog", "question"),
        ("Shall we meet on Tuesday?", "proposal"),
        ("I was wondering if the data are ready.", "question"),
        ("What do you think?", "review"),
    ],
)
def test_asking_sentences(judge: Judge, sentence: str, kind: str) -> None:
    found = finding(judge(sentence))
    assert found.kind == kind
    assert found.confidence >= 0.5
    assert not found.weak


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for your help.",
        "The batch was released on Monday.",
        "He asked me to send the file.",
        "Please find attached the report.",
        "How are you?",
        "We will send the report by Friday.",
        "See https://example.com/search?q=can for more.",
        "If you are not the intended recipient, please delete this message.",
        "Thanks for your comments and suggestions.",
        "Thank you for your attention.",
        "Look forward to talking with you.",
        "Will start addressing the comments.",
    ],
)
def test_sentences_that_do_not_ask(judge: Judge, sentence: str) -> None:
    doc = judge(sentence)
    assert not doc.spans[ASKS] or finding(doc).confidence < 0.5


@pytest.mark.parametrize(
    "sentence",
    [
        "Let me know if you have any questions.",
        "Please feel free to contact me with any questions.",
        "Please do not hesitate to call me.",
        "We look forward to hearing from you.",
    ],
)
def test_courtesies_are_weak(judge: Judge, sentence: str) -> None:
    assert finding(judge(sentence)).weak


def test_wanting_comments_is_no_courtesy(judge: Judge) -> None:
    assert not finding(judge("Please let me know if you have any questions or comments on the draft.")).weak


@pytest.mark.parametrize(
    "sentence",
    ["Any update on this?", "Just a gentle reminder.", "I am following up on my last mail.", "What is the status?"],
)
def test_chasers(judge: Judge, sentence: str) -> None:
    assert finding(judge(sentence)).chaser


@pytest.mark.parametrize(
    "sentence",
    [
        "What should we expect on the launch?",
        "If we give you a PO today, what are the next steps?",
        "How long does it take from PO to a fixed slot?",
        "When can we expect the first delivery?",
        "What is the lead time?",
    ],
)
def test_expectation_questions(judge: Judge, sentence: str) -> None:
    assert finding(judge(sentence)).expectation


def by_hand(words: list[str], tags: list[str], heads: list[int], deps: list[str]) -> Doc:
    nlp = spacy.blank("en")
    return Doc(nlp.vocab, words, tags=tags, heads=heads, deps=deps)


def with_cues(doc: Doc) -> Doc:
    return CueMatcher(PhraseTrie(load_rules("asks")))(doc)


def test_an_imperative_is_found_by_its_parse() -> None:
    doc = with_cues(by_hand(["Send", "the", "file"], ["VB", "DT", "NN"], [0, 2, 0], ["ROOT", "det", "dobj"]))
    found = judge_sentence(doc)
    assert wants_parse(doc)
    assert found
    assert (found.rule, found.kind) == ("imperative", "request")


def test_a_verb_with_a_subject_is_no_imperative() -> None:
    doc = with_cues(
        by_hand(["Check", "results", "agree"], ["NN", "NNS", "VBP"], [1, 2, 2], ["compound", "nsubj", "ROOT"])
    )
    assert judge_sentence(doc) is None


def test_a_sentence_with_a_sure_sign_needs_no_parse(judge: Judge) -> None:
    assert not wants_parse(judge("Could you send it, check it and sign it?"))
    assert not wants_parse(judge("The batch is fine."))
