"""What an e-mail address and its display name say by themselves: company, group or machine, a person's name.

The knowledge stands in `parties.yaml` beside this module; nothing is looked up anywhere.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ruamel.yaml import YAML

_WORD_BREAKS = re.compile(r"[^a-z0-9]+")
_NOISE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")
_VIA = re.compile(r"\s+(?:via|on behalf of|im auftrag von)\s+.*", re.IGNORECASE)
_POST_NOMINAL = re.compile(r"(?:\s*,)?\s+(?:ph\.?\s?d|m\.?d|pharm\.?d|mba|msc|esq|cpa|p\.?e)\.?$", re.IGNORECASE)
_LONGEST = 200
_MACHINE_PARTS = ("noreply", "donotreply", "newsletter")


@dataclass(frozen=True, slots=True)
class AddressWords:
    """The words of `parties.yaml`; see the comments there."""

    free_mail: frozenset[str]
    second_level: frozenset[str]
    list_hosts: frozenset[str]
    group_words: frozenset[str]
    group_names: frozenset[str]
    role_words: frozenset[str]
    machine_words: frozenset[str]
    name_noise: frozenset[str]


@cache
def address_words() -> AddressWords:
    """Read the words, once."""
    text = files("analysis").joinpath("parties.yaml").read_text(encoding="utf-8")
    sections = YAML(typ="safe", pure=True).load(text)
    return AddressWords(**{name: frozenset(map(str, words)) for name, words in sections.items()})


def domain_of(address: str) -> str:
    """Give what stands behind the last "@", in lower case; "" where there is none."""
    return address.rpartition("@")[2].lower().strip(".") if "@" in address else ""


def local_part_of(address: str) -> str:
    """Give what stands before the last "@", in lower case; the whole text where there is none."""
    local, at, whole = address.rpartition("@")
    return (local if at else whole).lower()


@lru_cache(maxsize=4096)
def registered_domain(domain: str) -> str:
    """Give the part of a domain that a company registers: two labels, or three as in "halden.co.uk".

    A short rule instead of the Public Suffix List: a second-level label such as "co" counts under two-letter
        domains.
    """
    labels = domain.split(".")
    country = len(labels) > 2 and len(labels[-1]) == 2  # noqa: PLR2004 - ISO 3166 alpha-2
    kept = 3 if country and labels[-2] in address_words().second_level else 2
    return ".".join(labels[-kept:])


def is_free_mail(domain: str) -> bool:
    """Tell whether everybody can have an address there, so that it names no company."""
    return domain in address_words().free_mail or registered_domain(domain) in address_words().free_mail


def is_machine(address: str) -> bool:
    """Tell whether nobody reads what is sent there (no-reply, bounces)."""
    words = _words(local_part_of(address))
    joined = "".join(words)
    known = address_words().machine_words
    return joined in known or not known.isdisjoint(words) or any(part in joined for part in _MACHINE_PARTS)


def is_role(address: str) -> bool:
    """Tell whether the local part names a function or a group ("quality", "qa-team", "all.staff")."""
    knowledge = address_words()
    words = frozenset(_words(local_part_of(address)))
    return bool(words) and (bool(words & knowledge.group_words) or words <= knowledge.role_words)


def names_group(name: str) -> bool:
    """Tell whether a display name is that of a group: its last word says so ("Corvus Quality Team")."""
    words = name.lower().split()
    return len(words) > 1 and words[-1] in address_words().group_names


def is_list_host(domain: str) -> bool:
    """Tell whether the domain serves mailing lists ("lists.example.org", "groups.io")."""
    hosts = address_words().list_hosts
    return not hosts.isdisjoint({domain, registered_domain(domain), *domain.split(".")[:-2]})


def _words(local_part: str) -> list[str]:
    """Split at punctuation; a number behind a word ("qa2") does not count, one inside ("dz4list") does."""
    words = (word.strip("0123456789") for word in _WORD_BREAKS.split(local_part))
    return [word for word in words if word]


@lru_cache(maxsize=65536)
def clean_name(display_name: str) -> str:
    """Turn a display name into a person's name in reading order.

    "Ruiz, Ana (External)" and "'Ana Ruiz' via Project" become "Ana Ruiz"; what is an address becomes "".
    """
    text = " ".join(display_name[:_LONGEST].split())
    if "@" in text and "(" not in text and " via " not in text.lower():
        return ""
    text = _VIA.sub("", _NOISE.sub(" ", text)).strip(" '\"`;,")
    text = _POST_NOMINAL.sub("", " ".join(_without_noise(text)))
    last, comma, first = text.partition(",")
    if comma and first.strip() and "," not in first:
        text = f"{first.strip()} {last.strip()}"
    return "" if "@" in text else " ".join(text.split())


def _without_noise(text: str) -> list[str]:
    noise = address_words().name_noise
    return [
        word for word in re.split(r"\s+|\s*[/|]\s*", text) if word.lower().strip(".-_,") not in noise and word != "-"
    ]
