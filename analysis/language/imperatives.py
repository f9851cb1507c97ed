"""Imperatives by the dependency parse: a base-form verb without subject that opens a clause."""

from spacy.tokens import Doc, Token

from analysis.language.openings import opens_clause
from analysis.language.pattern_files import word_list

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_HEADS = frozenset({"ROOT", "conj", "ccomp", "advcl", "parataxis", "dep"})
_OBJECT_STARTS = frozenset({"DET", "PRON", "PROPN", "ADP", "NUM", "NOUN", "ADJ", "ADV", "PART", "SCONJ", "PUNCT"})


def find_imperative(doc: Doc) -> str:
    """Name of the structural rule that fires ("imperative", "imperative_guess"), "" where none does."""
    for token in doc:
        if token.norm_ in word_list("asks", "imperatives") and opens_clause(token):
            rule = _judge(token)
            if rule:
                return rule
    return ""


def _judge(token: Token) -> str:
    if token.norm_ in word_list("asks", "no_imperatives"):
        return ""
    if token.tag_ in {"VB", "VBP"} and token.dep_ in _HEADS and not _has_subject(token):
        return "imperative"
    guess = token.i == token.doc._.opener and token.tag_ in {"NN", "NNP", "VBP", "VB"} and _takes_object(token)
    return "imperative_guess" if guess else ""


def _has_subject(token: Token) -> bool:
    """A subject of its own, an auxiliary ("to send", "will send"), or one shared with the verb it is joined to."""
    for child in token.children:
        if child.dep_ in _SUBJECTS and child.i < token.i and child.norm_ != "you":
            return True
        if child.dep_ == "aux" and child.norm_ != "do":
            return True
    return token.dep_ == "conj" and token.head.pos_ in {"VERB", "AUX"} and _has_subject(token.head)


def _takes_object(token: Token) -> bool:
    following = token.doc[token.i + 1 : token.i + 2]
    return bool(following) and following[0].norm_ in word_list("asks", "object_starts")
