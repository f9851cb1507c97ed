"""Threads: which messages are one conversation, from header fields alone.

References decide, as in RFC 5256, section 3, THREAD=REFERENCES (after Zawinski): each message hangs under the
last message that it refers to, messages that nobody has are placeholders, and orphans of one missing parent
stay together. Since only membership is wanted, the containers are a union-find forest, whose cost grows with
the number of references and in which a loop cannot arise.

A message whose references lead to nobody is joined by weaker links, each only backwards in time: Outlook's
Thread-Index, whose first 22 bytes name the conversation; then the base subject (RFC 5256's step 5), but only
for a reply or forward, to the latest message of the last 30 days with this base subject in which the same
people took part. Precision goes before recall: two conversations in one hide an ask, one in two only splits
its history. The quoted text of bodies is not looked at.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from analysis.subjects import read_subject
from analysis.thread_orphans import WeakerLinks, place
from models.judgements import Thread
from models.records import Message


def thread_messages(messages: Sequence[Message], aliases: Mapping[str, str]) -> list[Thread]:
    """Sort messages into threads.

    The result does not depend on the order of `messages`; every message is in exactly one thread.

    Args:
        messages: the messages, without their texts if need be; of two with one id the first counts.
        aliases: Message-ID to Message.id, for every copy's Message-ID.

    Returns:
        The threads in the order of their first messages.
    """
    unique = {message.id: message for message in reversed(messages)}
    ordered = sorted(unique.values(), key=place)
    forest = _link(ordered, _Names(ordered, aliases))
    members: dict[str, list[Message]] = defaultdict(list)
    for message in ordered:
        members[forest.root(message.id)].append(message)
    return [_thread(each) for each in members.values()]


def _thread(messages: list[Message]) -> Thread:
    shown = read_subject(messages[0].subject).shown
    return Thread(messages[0].id, shown, tuple(message.id for message in messages))


def _link(ordered: Sequence[Message], names: "_Names") -> "_Forest":
    forest = _Forest()
    chains = [names.chain(message) for message in ordered]
    for message, chain in zip(ordered, chains, strict=True):
        forest.hang(message.id, chain[-1] if chain else None)
    for chain in chains:
        for parent, child in pairwise(chain):
            if child not in names.known:
                forest.hang(child, parent)
    weaker = WeakerLinks()
    for message, chain in zip(ordered, chains, strict=True):
        forest.join(message.id, weaker.follow(message, orphan=names.known.isdisjoint(chain)))
    return forest


class _Names:
    """What a Message-ID in a References field means: a message that is here, or a placeholder."""

    def __init__(self, ordered: Sequence[Message], aliases: Mapping[str, str]) -> None:
        self.known = {message.id for message in ordered}
        self._aliases = aliases
        self._own: dict[str, str] = {}
        for message in ordered:
            self._own.setdefault(message.message_id, message.id)

    def chain(self, message: Message) -> list[str]:
        """Give what the message refers to, oldest first, without itself and without repetition."""
        references = self._nodes(message.references, message.id)
        if self.known.isdisjoint(references):
            answered = self._nodes(message.in_reply_to[:1], message.id)
            return answered if answered and (not references or answered[0] in self.known) else references
        return references

    def _nodes(self, message_ids: Sequence[str], own: str) -> list[str]:
        named = (self._node(message_id) for message_id in message_ids if message_id)
        newest_last = dict.fromkeys(reversed([node for node in named if node and node != own]))
        return list(reversed(newest_last))

    def _node(self, message_id: str) -> str:
        known = self._aliases.get(message_id) or self._own.get(message_id)
        return known or (f"<{message_id}>" if "@" in message_id else "")


class _Forest:
    """Union-find over messages and placeholders; a node hangs under at most one parent."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._hung: set[str] = set()

    def root(self, node: str) -> str:
        """Find the tree of a node, halving the path on the way."""
        above = self._above
        while (parent := above.get(node, node)) != node:
            above[node] = node = above.get(parent, parent)
        return node

    def hang(self, child: str, parent: str | None) -> None:
        """Put a node under a parent, unless it has one or that would close a loop (RFC 5256, 3, step 1.A)."""
        if parent is None or child in self._hung:
            return
        tree, onto = self.root(child), self.root(parent)
        if tree != onto:
            self._above[tree] = onto
            self._hung.add(child)

    def join(self, node: str, other: str | None) -> None:
        """Make two trees one."""
        if other is not None:
            self._above[self.root(node)] = self.root(other)
