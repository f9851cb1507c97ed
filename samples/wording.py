"""From sentences to a mail's new text: greeting, paragraphs, sign-off, signature and disclaimer in the writer's way."""

import random
import re
import textwrap
from dataclasses import dataclass

from samples.cast import Group, Party, Person

_LIMIT = 3


@dataclass(frozen=True)
class Form:
    """What decides how much people greet: within a conversation less; an ask to a few calls nobody by name."""

    reply: bool
    asks: bool


def new_text(writer: Person, to: tuple[Party, ...], paragraphs: list[str], rng: random.Random, form: Form) -> str:
    """Put a mail's own words together.

    Args:
        writer: whose voice it is.
        to: decides between greeting one and greeting several.
        paragraphs: of finished sentences; one with line breaks is kept as it is.
        rng: for the choice among the writer's greetings and sign-offs.
        form: of the mail.
    """
    signed = signature(writer, rng, reply=form.reply)
    body = [_wrapped(paragraph, writer.voice.width) for paragraph in paragraphs]
    return "\n\n".join(filter(None, [greeting(writer, to, rng, form), *body, signed])) + "\n"


def greeting(writer: Person, to: tuple[Party, ...], rng: random.Random, form: Form) -> str:
    """Greet the reader, the readers, or nobody."""
    if form.reply and rng.random() < 0.2:
        return ""
    people = [party for party in to if isinstance(party, Person)]
    if len(to) == 1 and people:
        reader = people[0]
        return rng.choice(writer.voice.greetings).format(first=reader.first, formal=reader.formal, last=reader.last)
    if 1 < len(to) < _LIMIT and len(people) == len(to) and not form.asks and rng.random() < 0.6:
        return (
            f"Hi {people[0].first}, {people[1].first},"
            if writer.voice.chatty > 0.25
            else f"{people[0].first}, {people[1].first},"
        )
    return rng.choice(writer.voice.crowd)


def signature(writer: Person, rng: random.Random, *, reply: bool) -> str:
    """Sign off, with the block that the writer's program adds."""
    off, kind = rng.choice(writer.voice.sign_offs), writer.voice.signature
    name = writer.first if writer.voice.chatty > 0.3 and kind == "short" else writer.name
    if writer.voice.program == "phone":
        return "\n\n".join(filter(None, [off, "Sent from my iPhone"]))
    if kind == "none" or (reply and kind == "short" and rng.random() < 0.4):
        return off
    if kind == "short" or (reply and rng.random() < 0.35):
        return f"{off}\n{name if name.split()[0] not in off else ''}".strip()
    return f"{off}\n\n{_block(writer)}" + _small_print(writer, rng)


def located(quote: str, text: str) -> str:
    """Find a sentence in a text that may be wrapped, and give it exactly as it stands there.

    Raises:
        ValueError: where it is not in the text.
    """
    match = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    if match is None:
        raise ValueError(f"{quote!r} is not in the text")
    return match.group()


def names(parties: tuple[Party, ...]) -> list[str]:
    """Give the addresses of people and lists."""
    return [party.address for party in parties]


def heads(parties: tuple[Party, ...]) -> int:
    """Count the people behind some parties, once each; a list counts by its size."""
    lists = [party for party in parties if isinstance(party, Group)]
    inside = {member for group in lists for member in group.members}
    return sum(group.size for group in lists) + sum(
        1 for party in parties if isinstance(party, Person) and party.key not in inside
    )


def _wrapped(paragraph: str, width: int) -> str:
    if not width or "\n" in paragraph:
        return paragraph
    return textwrap.fill(paragraph, width, break_long_words=False, break_on_hyphens=False)


def _block(writer: Person) -> str:
    company = writer.organisation
    if writer.voice.signature == "german":
        return f"{writer.name}\n{writer.title}\n\n{company.street}\nTel. {writer.phone}\n{writer.address}"
    return f"{writer.name}\n{writer.title}\n{company.name}\nT: {writer.phone} | {writer.address}"


def _small_print(writer: Person, rng: random.Random) -> str:
    disclaimer = writer.organisation.disclaimer
    return f"\n\n{disclaimer}" if disclaimer and rng.random() < 0.3 else ""
