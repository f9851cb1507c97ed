"""Questions in a reply that go to somebody else than the asking side: not asked back, but handed to that person.

"Jae, can you help?" in answer to an outsider's question gives the question to Jae. Where it asks something of its
own ("James, shall I add a warning?") it is an ask to James, and says nothing about who owns the first one.
"""

from collections.abc import Sequence

from analysis.ownership.gathering import GatheredAsk
from analysis.ownership.matter import Matter
from analysis.ownership.naming import NamedPerson, Scene
from analysis.ownership.owners import may_own
from analysis.ownership.restating import own_words, same_ask


def put_to_others(asks: Sequence[GatheredAsk], matter: Matter, scene: Scene) -> dict[GatheredAsk, NamedPerson]:
    """Those of a reply's asks that call by name somebody who is neither the asking side nor the writer, and whom."""
    called = {ask: scene.people(ask.main.names[:1]) for ask in asks}
    return {ask: people[0] for ask, people in called.items() if people and _is_other(people[0], matter, scene)}


def delegates(ask: GatheredAsk, matter: Matter) -> bool:
    """Whether an ask to somebody else is the matter itself: it adds nothing of its own, or repeats its words."""
    names = own_words(" ".join(ask.main.names))
    return own_words(ask.text) <= names or same_ask(ask.text, f"{matter.subject} {matter.text}")


def _is_other(named: NamedPerson, matter: Matter, scene: Scene) -> bool:
    return named.person != scene.turn.writer.id and may_own(named.person, matter.ask, scene.context)
