"""Questions to the catalogue: units of the house's own, kinds by tag, and the tree of tags."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from dataclasses import replace as replaced

from django.apps import apps
from django.db.models import Q, QuerySet

from oce.apps.knowledge.models import Classification, ProcessSpecification, ResourceSpecification
from oce.apps.knowledge.models import Unit as OwnUnit
from oce.apps.knowledge.rules import standard_meaning
from oce.kit import hierarchy
from oce.kit.actor import Actor, seen_by
from oce.kit.measures import UnitField
from oce.kit.synonyms import in_use
from oce.vf.units import Unit

KINDS_MAX = 5_000
"""So many kinds are counted by their tags; of more, the page says that it counted these only."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A tag with all that stands under it, and how many kinds carry it or one of those."""

    tag: Classification
    narrower: tuple[Branch, ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The kinds that were asked for, by their keys in the order of their names, and all tags with how many kinds carry them.

    Attributes:
        keys: the kinds that fit.
        chosen: the tag that was asked for, where it stands in the tree.
        branches: the tree of tags.
        others: tags that stand in no tree, with how many kinds carry them.
        all_count: how many kinds there are.
        is_cut: whether there are more kinds than are counted.
    """

    keys: Sequence[int]
    chosen: Classification | None
    branches: tuple[Branch, ...]
    others: Sequence[tuple[str, int]]
    all_count: int
    is_cut: bool

    def first(self, number: int) -> list[ResourceSpecification]:
        """Return the first of the kinds."""
        found = ResourceSpecification.every().in_bulk(list(self.keys[:number]))
        return [found[key] for key in self.keys[:number] if key in found]


def own_unit(text: str) -> Unit | None:
    """Return the unit of the house's own that `text` means by short name, symbol or name, the short name first."""
    if not text:
        return None
    meant = OwnUnit.every().filter(Q(identifier=text) | Q(symbol=text) | Q(label=text))
    found = sorted(meant, key=lambda each: (each.identifier != text, each.pk))
    return as_unit(found[0]) if found else None


def as_unit(own: OwnUnit) -> Unit:
    """Return a unit of the house's own like one of the standard list: its words, and all else of its standard."""
    standard = standard_meaning(own.om_unit_identifier or own.identifier)
    symbol = own.symbol or None
    if standard is not None and standard.identifier == own.identifier:
        return replaced(standard, label=own.label, symbol=symbol)
    # A loaf is counted like `one`, but it is not a `one`: only its tags are shared, not its factor.
    tags = None if standard is None else standard.classified_as
    return Unit(own.identifier, own.label, symbol, dimension=None, classified_as=tags)


def used_by(identifier: str) -> list[str]:
    """Return the names of the tables where something is counted in this unit, whichever apps they belong to."""
    names = []
    for model in apps.get_models():
        columns = [field.name for field in model._meta.concrete_fields if isinstance(field, UnitField)]  # noqa: SLF001
        of_unit = Q()
        for column in columns:
            of_unit |= Q(**{column: identifier})
        if columns and model._default_manager.filter(of_unit).exists():  # noqa: SLF001
            names.append(str(model._meta.verbose_name_plural))  # noqa: SLF001
    return names


def tags_above(tag: Classification) -> QuerySet[Classification]:
    """Return all tags that `tag` stands under."""
    return hierarchy.above(tag, "broader")


def tags_below(tag: Classification) -> QuerySet[Classification]:
    """Return all tags that stand under `tag`."""
    return hierarchy.below(tag, "broader")


def tree_of_tags() -> tuple[Branch, ...]:
    """Return all tags as trees, each level by name; one statement however deep."""
    under: dict[int | None, list[Classification]] = defaultdict(list)
    for tag in in_use(Classification.every()).order_by("name", "id"):
        under[tag.broader_id].append(tag)
    return _branches(under, under[None])


def catalogue(actor: Actor, sought: str, term: str) -> Catalogue:
    """Return the kinds that the actor sees whose names or notes hold some words and that carry a tag or one under it."""
    rows = list(
        in_use(seen_by(actor, ResourceSpecification.every()))
        .order_by("name", "id")
        .values_list("pk", "name", "note", "resource_classified_as")[: KINDS_MAX + 1]
    )
    kinds = rows[:KINDS_MAX]
    carried = {key: frozenset(tags) for key, _name, _note, tags in kinds}
    chosen = Classification.every().filter(term=term).first() if term else None
    terms = {term, *(tags_below(chosen).values_list("term", flat=True) if chosen else ())} if term else set()
    words = sought.casefold()
    keys = [
        key
        for key, name, note, _tags in kinds
        if (not terms or carried[key] & terms) and (words in name.casefold() or words in note.casefold())
    ]
    branches = tuple(_counted(each, carried.values()) for each in tree_of_tags())
    known = {each for branch in branches for each in _terms(branch)}
    others = Counter(tag for tags in carried.values() for tag in tags if tag not in known)
    return Catalogue(keys, chosen, branches, sorted(others.items()), len(kinds), len(rows) > KINDS_MAX)


def kinds_of_work(actor: Actor, limit: int) -> list[ProcessSpecification]:
    """Return the kinds of processes that the actor sees, in the order of their names."""
    return list(in_use(seen_by(actor, ProcessSpecification.every())).order_by("name", "id")[:limit])


def own_units(actor: Actor) -> list[OwnUnit]:
    """Return the units of the house's own that the actor sees, in the order of their names."""
    return list(seen_by(actor, OwnUnit.every()).order_by("label", "id"))


def _counted(branch: Branch, carried: Collection[frozenset[str]]) -> Branch:
    terms = _terms(branch)
    narrower = tuple(_counted(each, carried) for each in branch.narrower)
    return Branch(branch.tag, narrower, sum(not terms.isdisjoint(tags) for tags in carried))


def _terms(branch: Branch) -> set[str]:
    return {branch.tag.term}.union(*(_terms(each) for each in branch.narrower))


def _branches(under: dict[int | None, list[Classification]], tags: Iterable[Classification]) -> tuple[Branch, ...]:
    return tuple(Branch(tag, _branches(under, under.get(tag.pk, ()))) for tag in tags)
