"""Which words look like the same word written twice: by case, accents, order, a plural or a slip of one letter."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
# In shorter words another letter makes another word: rye and dye, tea and pea.
SLIPS_FROM_LETTERS = 5
_LETTERS = re.compile(r"[^\W_]+")


def plain(name: str) -> str:
    """Return a name without capitals, accents, signs, plural endings and order: `Café filters` gives `cafe filter`."""
    marked = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return " ".join(sorted(map(_singular, _LETTERS.findall(bare))))


def alike(names: Iterable[tuple[K, str]]) -> list[list[K]]:
    """Return the groups of keys whose names look alike, each in the order given; names that stand alone are left out.

    Each name is compared by what is left of it without each one of its letters, so that a slip is found without comparing
    every name with every other.
    """
    by_trace: dict[str, list[K]] = defaultdict(list)
    order: list[K] = []
    for key, name in names:
        order.append(key)
        for trace in _traces(plain(name)):
            by_trace[trace].append(key)
    groups = _joined(keys for keys in by_trace.values() if len(keys) > 1)
    place = {key: number for number, key in enumerate(order)}
    return sorted((sorted(group, key=place.__getitem__) for group in groups), key=lambda group: place[group[0]])


def _traces(name: str) -> Iterator[str]:
    """Yield what stands for a name: itself, and, where it is long, itself without one of its letters.

    Digits count: size 41 and size 42 are two things.
    """
    if not name:
        return
    yield name
    if len(name) < SLIPS_FROM_LETTERS:
        return
    yield from {name[:place] + name[place + 1 :] for place, letter in enumerate(name) if letter.isalpha()} - {name}


def _singular(word: str) -> str:
    """Return a word without the ending by which English and the Romance languages say several."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _joined(pairs: Iterable[list[K]]) -> list[set[K]]:
    """Return the groups that come of joining all lists that share a key."""
    group_of: dict[K, set[K]] = {}
    for keys in pairs:
        together: set[K] = set(keys).union(*(group_of.get(key, set()) for key in keys))
        for key in together:
            group_of[key] = together
    found: dict[int, set[K]] = {id(group): group for group in group_of.values()}
    return list(found.values())
