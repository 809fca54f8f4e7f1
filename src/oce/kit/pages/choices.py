"""The records that a reference may point at, as a form offers them: all of few; of many, the first and those sought."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from oce.kit.actor import Actor, seen_by
from oce.kit.measures import own_units
from oce.kit.pages.values import name_of
from oce.kit.properties import Kind, properties_of
from oce.kit.records import Record, read_uid, record_model
from oce.kit.synonyms import in_use
from oce.kit.visibility import Visibility
from oce.kit.words import holding

if TYPE_CHECKING:
    from collections.abc import Iterable

# As many as a person reads through in a list; of more, the form offers a search.
OFFERED_MAX = 100
COMMON_UNITS = (
    "kilogram",
    "gram",
    "tonne",
    "litre",
    "millilitre",
    "cubicMetre",
    "metre",
    "centimetre",
    "kilometre",
    "squareMetre",
    "hectare",
    "hour",
    "minute",
    "day",
    "one",
    "kilowattHour",
    "degreeCelsius",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One record to choose: what is sent, what is read, and whether it is chosen."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form offers for one reference; `is_cut` where there are more than can be offered at once."""

    offered: tuple[Choice, ...]
    is_cut: bool


@dataclass(slots=True)
class Offers:
    """The choices of all references of one page, each class read once."""

    actor: Actor
    _first: dict[type[Record], list[Record]] = field(default_factory=dict)
    _units: list[str] | None = None

    def choices(self, model: type[Record], chosen: Iterable[str], sought: str = "") -> Choices:
        """Return the records to offer, those chosen first, then the ones sought, or the first by name.

        What is chosen stays chosen, even if no record is meant by it: its own text is offered, and refused on saving.
        """
        chosen = [text for text in chosen if text]
        found = self._sought(model, sought) if sought else self._firsts(model)
        known = {str(record.uid): record for record in found[:OFFERED_MAX]}
        missing = [text for text in chosen if text not in known]
        others = self._meant(model, missing) if missing else {}
        above = [Choice(text, name_of(others[text]) if text in others else text, is_chosen=True) for text in missing]
        rest = [Choice(uid, name_of(record), uid in chosen) for uid, record in known.items()]
        return Choices((*above, *rest), is_cut=len(found) > OFFERED_MAX or bool(sought))

    def _meant(self, model: type[Record], references: list[str]) -> dict[str, Record]:
        """Return the records that identifiers or addresses mean, as far as the actor may see them."""
        uids = {uid: text for text in references if (uid := read_uid(text)) is not None}
        seen = seen_by(self.actor, model.every()).filter(Q(uid__in=uids) | Q(iri__in=references))
        return {uids.get(record.uid) or record.iri or "": record for record in seen}

    def units(self) -> list[str]:
        """Return the names of units to suggest: those of this house first, then what most people measure in."""
        if self._units is None:
            self._units = list(dict.fromkeys([*own_units(_shared_units), *COMMON_UNITS]))
        return self._units

    def _firsts(self, model: type[Record]) -> list[Record]:
        if model not in self._first:
            self._first[model] = list(_ordered(model, self.actor)[: OFFERED_MAX + 1])
        return self._first[model]

    def _sought(self, model: type[Record], sought: str) -> list[Record]:
        return list(_ordered(model, self.actor).filter(holding(model, sought))[:OFFERED_MAX])


def _shared_units() -> list[str]:
    """Return the identifiers of the units that everybody in the network sees."""
    model = record_model("unit")
    if model is None:
        return []
    shared = model.every().filter(visibility__in=(Visibility.NETWORK, Visibility.PUBLIC)).order_by("id")
    return [str(vars(each)["identifier"]) for each in shared[:OFFERED_MAX]]


def _ordered(model: type[Record], actor: Actor) -> QuerySet[Record]:
    """Return the records by name where they have one, else the newest first."""
    first = next((each for each in properties_of(model) if each.name == model.columns[0]), None)
    by_name = first is not None and first.kind in {Kind.TEXT, Kind.LONG_TEXT}
    ordered = in_use(seen_by(actor, model.every())).order_by(*((model.columns[0], "id") if by_name else ("-id",)))
    return ordered.select_related(*model.named_by) if model.named_by else ordered
