"""Questions to the catalogue: units of the house's own, kinds by tag, and the tree of tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace as replaced

from django.apps import apps
from django.db.models import Q, QuerySet

from oce.apps.knowledge.models import Classification
from oce.apps.knowledge.models import Unit as OwnUnit
from oce.apps.knowledge.rules import standard_meaning
from oce.kit import hierarchy
from oce.kit.measures import UnitField
from oce.vf.units import Unit


@dataclass(frozen=True, slots=True)
class Branch:
    """A tag with all that stands under it."""

    tag: Classification
    narrower: tuple[Branch, ...]


def own_unit(text: str) -> Unit | None:
    """Return the unit of the house's own that `text` means by short name, symbol or name, the short name first."""
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
    for tag in Classification.every().order_by("name", "id"):
        under[tag.broader_id].append(tag)
    return _branches(under, under[None])


def _branches(under: dict[int | None, list[Classification]], tags: Iterable[Classification]) -> tuple[Branch, ...]:
    return tuple(Branch(tag, _branches(under, under.get(tag.pk, ()))) for tag in tags)
