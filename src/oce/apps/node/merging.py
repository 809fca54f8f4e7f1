"""What refers to a word, and how that is moved to another word and back again.

Whatever can be changed is moved, and it is remembered what was; events stay as they were told, and are read as the word
that was kept (`oce.kit.synonyms`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast

from oce.apps.knowledge.models import Classification
from oce.kit.records import Record, record_models
from oce.kit.synonyms import Word

# Further than this nothing is counted for a page.
COUNTED_MAX = 10_000
# So many records are moved at once, and no more: all of them are remembered.
MOVED_MAX = 100_000
PORTION = 5_000
# The properties that hold tags.
TAGGED = ("classified_as", "resource_classified_as")
# Where a record said both words, it says only the one that was kept from then on; this marks it in what is remembered.
BOTH = "both"


@dataclass(frozen=True, slots=True)
class Place:
    """A column that may say a word: a reference, or a list of tags. In the ledger nothing is moved."""

    model: type[Record]
    column: str
    is_tags: bool = False

    @property
    def name(self) -> str:
        """What it is remembered by."""
        return f"{self.model._meta.label_lower}.{self.column}"  # noqa: SLF001 (Django's documented model API)

    @property
    def is_moved(self) -> bool:
        """Whether what it says can be changed."""
        return not self.model.only_grows

    def saying(self, word: Word) -> models.QuerySet[Any]:
        """Return the records that say a word here; of tags, those that may, since the database reads lists as texts."""
        if not self.is_tags:
            return self.model.every().filter(**{self.column: word.pk})
        term = vars(word)["term"]
        as_text = self.model.every().annotate(as_text=Cast(self.column, TextField()))
        # SQLite keeps the list as it was written, PostgreSQL as it is read.
        written = {json.dumps(term), json.dumps(term, ensure_ascii=False)}
        condition = Q()
        for text in written:
            condition |= Q(as_text__contains=text)
        return as_text.filter(condition)


@dataclass(frozen=True, slots=True)
class Affected:
    """How many records say a word at one place, and whether they are moved."""

    place: Place
    count: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > COUNTED_MAX


def word_models() -> tuple[type[Word], ...]:
    """Return the classes of words that this house has, in the order of the apps."""
    return tuple(model for model in record_models() if issubclass(model, Word))


def places_of(model: type[Word]) -> Iterator[Place]:
    """Yield all columns of all records that may say a word of this class."""
    for each in record_models():
        for field in each._meta.concrete_fields:  # noqa: SLF001 (Django's documented model API)
            if isinstance(field, models.ForeignKey) and field.related_model is model:
                yield Place(each, field.name)
            elif model is Classification and field.name in TAGGED:
                yield Place(each, field.name, is_tags=True)


def affected_by(word: Word) -> list[Affected]:
    """Return where a word is said and how often, counted no further than its bound; one statement a place."""
    found = (Affected(each, each.saying(word).order_by()[: COUNTED_MAX + 1].count()) for each in places_of(type(word)))
    return [each for each in found if each.count]


def moved(merged: Word, kept: Word) -> dict[str, list[int]]:
    """Let all that can be changed say `kept` where it said `merged`, and return by place what was moved."""
    found: dict[str, list[int]] = {}
    for place in places_of(type(merged)):
        if not place.is_moved:
            continue
        if place.is_tags:
            once, both = _retagged(place, place.saying(merged), vars(merged)["term"], vars(kept)["term"])
            found |= {place.name: once, f"{place.name}.{BOTH}": both}
        else:
            keys = list(place.saying(merged).values_list("pk", flat=True)[: MOVED_MAX + 1])
            _point(place, keys, kept)
            found[place.name] = keys
    return {name: keys for name, keys in found.items() if keys}


def move_back(remembered: dict[str, list[int]], merged: Word, kept: Word) -> None:
    """Let what was moved, and still says what it was moved to, say what it said before."""
    for place in places_of(type(merged)):
        keys = remembered.get(place.name, [])
        if not place.is_tags:
            for some in _portions(keys):
                still = place.saying(kept).filter(pk__in=some).values_list("pk", flat=True)
                _point(place, list(still), merged)
            continue
        said, before = vars(kept)["term"], vars(merged)["term"]
        for some in _portions(keys):
            _retagged(place, place.saying(kept).filter(pk__in=some), said, before)
        for some in _portions(remembered.get(f"{place.name}.{BOTH}", [])):
            _retagged(place, place.saying(kept).filter(pk__in=some), said, before, keeps=True)


def _point(place: Place, keys: Collection[int], word: Word) -> None:
    # Whoever has one of these in a form meanwhile is told that it was changed.
    for some in _portions(list(keys)):
        rows = place.model._default_manager.filter(pk__in=some)  # noqa: SLF001 (Django's documented model API)
        rows.update(**{place.column: word.pk, "revision": F("revision") + 1})


def _retagged(
    place: Place, records: Iterable[Any], said: str, instead: str, *, keeps: bool = False
) -> tuple[list[int], list[int]]:
    """Write `instead` where lists of tags say `said`, beside it with `keeps`; return whose said one, and whose both."""
    once: list[int] = []
    both: list[int] = []
    changed = []
    for record in records:
        tags = getattr(record, place.column)
        if said not in tags:
            continue
        (both if instead in tags else once).append(record.pk)
        new = [said, instead] if keeps else [instead]
        tags = [each for tag in tags for each in (new if tag == said else [tag])]
        setattr(record, place.column, list(dict.fromkeys(tags)))
        record.revision += 1
        changed.append(record)
    place.model._default_manager.bulk_update(changed, [place.column, "revision"], batch_size=500)  # noqa: SLF001
    return once, both


def _portions(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), PORTION):
        yield keys[start : start + PORTION]
