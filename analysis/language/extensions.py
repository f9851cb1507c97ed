"""Every name that this package adds to spaCy's objects, in one place."""

from spacy.tokens import Doc, Span

ASKS = "asks"
"""`doc.spans` group: sentences that ask; label is the kind, `span._.finding` the details."""

CUES = "cues"
"""`doc.spans` group: phrase rules that matched; the label is the rule's id."""

OPENER = "opener"
"""Doc attribute: index of the first token after bullet, greeting, called name and joining words."""

FINDING = "finding"
"""Span attribute: what a component concluded about the span."""


def register() -> None:
    """Declare the extension attributes; calling it again changes nothing."""
    if not Doc.has_extension(OPENER):
        Doc.set_extension(OPENER, default=0)
    if not Span.has_extension(FINDING):
        Span.set_extension(FINDING, default=None)
