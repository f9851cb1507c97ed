"""Questions by form: a question mark or an inverted verb, and whom they speak to."""

from spacy.tokens import Doc, Token

from analysis.language.pattern_files import word_list

_SHORT = 4
_NEAR = 4


def find_question(doc: Doc) -> str:
    """Name of the structural rule that fires, "" where the sentence is no question.

    "question_you" speaks to the reader, "question_wh" and "question_aux" open as questions do, "question_short" is
    a fragment, "question_plain" any other sentence with a question mark; "inverted" lacks the mark.
    """
    opening = doc[doc._.opener]
    if not any(is_question_mark(token) for token in doc):
        return _unmarked(doc, opening)
    if opening.norm_ in word_list("asks", "wh_words") or _holds_wh(doc):
        return "question_wh"
    if any(_inverted_you(doc, token) for token in doc):
        return "question_you"
    if opening.norm_ in word_list("asks", "auxiliaries"):
        return "question_aux"
    words = sum(not token.is_punct for token in doc)
    return "question_short" if words <= _SHORT else "question_plain"


def _unmarked(doc: Doc, opening: Token) -> str:
    """Questions whose writer left the mark out: "can you send it", "why does it fail"."""
    if _inverted_you(doc, opening):
        return "inverted"
    following = doc[opening.i + 1 : opening.i + 2]
    asks = (
        opening.norm_ in word_list("asks", "wh_words")
        and following
        and following[0].norm_ in word_list("asks", "inverting")
    )
    return "inverted_wh" if asks and opening.norm_ in {"what", "why", "how", "where", "who"} else ""


def is_question_mark(token: Token) -> bool:
    """A question mark that ends words, not one inside a link."""
    return (token.text.rstrip(")\"'!?") == "" and "?" in token.text) or (
        token.text.endswith("?") and not token.like_url
    )


def _inverted_you(doc: Doc, token: Token) -> bool:
    if token.norm_ not in word_list("asks", "auxiliaries"):
        return False
    following = doc[token.i + 1 : token.i + 3]
    return any(
        word.norm_ in word_list("asks", "you")
        for word in following
        if word.i - token.i == 1 or doc[token.i + 1].norm_ == "not"
    )


def _holds_wh(doc: Doc) -> bool:
    return any(token.norm_ in word_list("asks", "wh_words") for token in doc[: doc._.opener + _NEAR])
