"""Where a sentence begins to speak: after bullets, greeting, called name and joining words."""

from spacy.tokens import Doc, Token

from analysis.language.names import is_name_word
from analysis.language.pattern_files import word_list

_FURTHEST = 12
_SEPARATORS = frozenset({",", ":", "-", "--", "–", "—", ";", "!", ".", "...", "/"})
_CLAUSE_JOINERS = frozenset({"and", "then", "or", "please", "so", "but", "also", "just", "kindly", "either"})


def opener_index(doc: Doc) -> int:
    """Index of the first token that belongs to the sentence's own words.

    "Hi Kurt, also could you ..." gives the index of "could".
    """
    index = _skip_address(doc, _skip_punct(doc, 0))
    while index < min(len(doc), _FURTHEST) and _is_filler(doc[index]):
        index = _skip_punct(doc, index + 1)
    return min(index, max(len(doc) - 1, 0))


def _skip_punct(doc: Doc, index: int) -> int:
    while index < len(doc) and (doc[index].is_punct or doc[index].is_space):
        index += 1
    return index


def _skip_address(doc: Doc, index: int) -> int:
    """Skip "Hi Kurt," and "Kurt -": up to four words before a separator, led by a greeting or a capital."""
    start = index
    if index < len(doc) and doc[index].norm_ in word_list("names", "greetings"):
        index += 1
    while index < min(len(doc), start + 6) and _is_name_like(doc[index]):
        index += 1
    if start < index < len(doc) and doc[index].text in _SEPARATORS:
        return _skip_punct(doc, index)
    return start


def _is_name_like(token: Token) -> bool:
    known = token.norm_ in word_list("names", "plural") or token.norm_ in word_list("names", "joiners")
    return known or token.text.startswith("@") or is_name_word(token.text)


def _is_filler(token: Token) -> bool:
    return token.norm_ in word_list("asks", "fillers")


def may_be_imperative(doc: Doc) -> bool:
    """Whether a word that can be an imperative opens the sentence or one of its clauses."""
    verbs = word_list("asks", "imperatives")
    return any(token.norm_ in verbs and opens_clause(token) for token in doc)


def opens_clause(token: Token) -> bool:
    """Whether a token stands first in the sentence or right after punctuation or a joining word."""
    doc = token.doc
    if token.i <= doc._.opener:
        return True
    before = doc[token.i - 1]
    if before.norm_ == "not":
        return token.i >= 2 and doc[token.i - 2].norm_ == "do"  # noqa: PLR2004 - "do not send"
    return before.is_punct or before.norm_ in _CLAUSE_JOINERS or before.text in _SEPARATORS
