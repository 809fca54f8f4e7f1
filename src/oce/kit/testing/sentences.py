"""The sentences of stories: each app teaches its own in a file `demo.py`, and this says what such a sentence is.

A sentence is a pattern and what it does:

    @sentence("{names} is a person[ at {place}]", "{names} are people[ at {place}]")
    def people(story: Story, names: str, place: str | None) -> None:
        ...

Words in braces are given to the function as text, by name; what stands in brackets may be left out and is then None. A
pattern that ends in a colon is followed by a list, which the function is given as `items`. Where several patterns fit a
line, the one with the most fixed words is meant. A sentence that begins with `Then` expects something, and raises `Unmet`
where it finds something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from types import ModuleType
from typing import Any

MONTHS = "January February March April May June July August September October November December".split()
DAY = re.compile(
    rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)})(?: (?P<year>\d{{4}}))?(?:,? (?P<hour>\d{{1,2}}):(?P<minute>\d\d))?"
)
# Followed by as many quotation marks as close what they open.
_BETWEEN = re.compile(r'(?:,\s+(?:and\s+)?|\s+and\s+)(?=(?:[^"]*"[^"]*")*[^"]*$)')
_PIECES = re.compile(r"\{(\w+)\}|([\[\]])")


class NotUnderstood(Exception):
    """A sentence uses words in a way nobody taught, or a name that nobody was given."""


class Unmet(Exception):
    """What a story expects is not what is found."""

    def __init__(self, *, expected: object, found: object) -> None:
        """Keep both."""
        self.expected = str(expected)
        self.found = str(found)
        super().__init__(f"expected {self.expected}, found {self.found}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Patterns that mean the same, and the function that does what they say."""

    patterns: tuple[str, ...]
    run: Callable[..., None]
    compiled: tuple[re.Pattern[str], ...] = field(repr=False)

    def match(self, text: str) -> tuple[int, dict[str, str | None]] | None:
        """Return how many fixed letters of `text` the pattern knows, and the words in its braces; None if none fits."""
        fitting = [
            (len(text) - sum(len(word) for word in found.groupdict().values() if word), found.groupdict())
            for pattern in self.compiled
            if (found := pattern.fullmatch(text))
        ]
        return max(fitting, key=lambda each: each[0], default=None)


def sentence(*patterns: str) -> Callable[[Callable[..., None]], Sentence]:
    """Make a function the meaning of these patterns."""

    def mark(function: Callable[..., None]) -> Sentence:
        return Sentence(patterns, function, tuple(map(compiled, patterns)))

    return mark


def sentences_in(module: ModuleType) -> Iterator[Sentence]:
    """Yield the sentences that a module teaches."""
    yield from (each for each in vars(module).values() if isinstance(each, Sentence))


def meant(sentences: Iterable[Sentence], text: str) -> tuple[Sentence, dict[str, Any]]:
    """Return the sentence that `text` is, with the words in its braces.

    Raises:
        NotUnderstood: when no pattern fits.
    """
    fitting = [(*found, each) for each in sentences if (found := each.match(text))]
    if not fitting:
        message = "nobody taught a sentence like this"
        raise NotUnderstood(message)
    _, words, best = max(fitting, key=lambda each: each[0])
    return best, words


def compiled(pattern: str) -> re.Pattern[str]:
    """Return the regular expression of a pattern."""
    parts: list[str] = []
    end = 0
    for piece in _PIECES.finditer(pattern):
        parts.append(re.escape(pattern[end : piece.start()]))
        parts.append({"[": "(?:", "]": ")?"}.get(piece[0], f"(?P<{piece[1]}>.+?)"))
        end = piece.end()
    parts.append(re.escape(pattern[end:]))
    return re.compile("".join(parts), re.DOTALL)


def each_of(names: str) -> list[str]:
    """Return the names in a list such as `Ana, Ben and Cleo`; between quotation marks, words are no list."""
    return [plain_name(each) for each in _BETWEEN.split(names)]


def plain_name(text: str) -> str:
    """Return a name without the article or the quotation marks around it."""
    return re.sub(r"^(?:the|The|a|an)\s+", "", text.strip()).strip('"“”')


def day(text: str, now: datetime | None, zone: tzinfo) -> datetime | None:
    """Return the moment that `3 September 2026, 9:30` names; the year may be left to `now`, and eight o'clock is meant.

    None where the text names none.
    """
    found = DAY.fullmatch(text.strip())
    if found is None or (found["year"] is None and now is None):
        return None
    year = int(found["year"]) if found["year"] or now is None else now.astimezone(zone).year
    hour, minute = int(found["hour"] or 8), int(found["minute"] or 0)
    return datetime(year, MONTHS.index(found["month"]) + 1, int(found["day"]), hour, minute, tzinfo=zone)
