"""Units of measure: the 1416 of OM2, how people write them, and the exact factors between them.

The factors come from pint, as fractions. `data/units.csv` says for each OM2 unit which
pint expression means the same (`tools/om2_units.py` wrote it); where pint knows none, the
unit can be used and is not converted. pint is only loaded when something is converted.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from oce.vf.namespaces import OM2
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    import pint

SYNONYMS = MappingProxyType(
    {"each": "one", "count": "one", "L": "litre", "ft": "foot-International", "lb": "poundAvoirdupois"}
)
"""Ways to write a unit that OM2 does not list, or lists for several units."""

UNKNOWN = gettext_noop("There is no unit “{given}”. Did you mean “{nearest}”?")
UNLIKE_ANY = gettext_noop(
    "There is no unit “{given}”. Write a name or symbol of OM2, such as kilogram, litre, metre or hour, or one for pieces."
)
AMBIGUOUS = gettext_noop("“{given}” can mean {candidates}. Write which one.")
UNLIKE = gettext_noop(
    "{unit} measures {dimension} and {other} measures {other_dimension}: one cannot be turned into the other."
)
NO_FACTOR = gettext_noop("No exact factor is known between {unit} and {other}. Give the quantity in {other}.")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of OM2. Dimension and expression are None where nothing is converted."""

    identifier: str
    label: str
    symbol: str | None
    dimension: str | None
    classified_as: str | None = None
    expression: str | None = None

    @property
    def iri(self) -> str:
        """The full address of the unit."""
        return OM2 + self.identifier

    def __str__(self) -> str:
        """Return what a person reads after a number."""
        return self.symbol or self.label


def unit(given: str) -> Unit:
    """Return the unit that `given` names: identifier, OM2 address, `om2:` name, symbol or label.

    Raises:
        Refused: `units.unknown` with the nearest identifier, if any is near, or `units.ambiguous`.
    """
    name = given.strip()
    for prefix in (OM2, "om2:"):
        name = name.removeprefix(prefix)
    found = units().get(name) or units().get(SYNONYMS.get(name, ""))
    if found is not None:
        return found
    candidates = _by_spelling().get(_spelled(name)) or _by_spelling().get(_spelled(name.lower())) or ()
    if len(candidates) == 1:
        return units()[candidates[0]]
    if candidates:
        named = ", ".join(candidates)
        raise Refused(Refusal("units.ambiguous", AMBIGUOUS, "hasUnit", given=given, candidates=named))
    raise Refused(_refuse_unknown(given, name))


def _refuse_unknown(given: str, name: str) -> Refusal:
    nearest = _nearest(name)
    if nearest is None:
        return Refusal("units.unknown", UNLIKE_ANY, "hasUnit", given=given)
    return Refusal("units.unknown", UNKNOWN, "hasUnit", given=given, nearest=nearest)


@lru_cache(maxsize=256)
def _nearest(name: str) -> str | None:
    """Return the identifier most like a word; remembered, for comparing with all takes long, and faults are repeated."""
    # Among so many names even nonsense is a little like one of them.
    return next(iter(get_close_matches(name, units(), n=1, cutoff=0.7)), None)


@cache
def units() -> Mapping[str, Unit]:
    """Return all units by identifier, read once."""
    text = files("oce.vf").joinpath("data/units.csv").read_text("utf-8")
    return MappingProxyType(
        {
            row["identifier"]: Unit(
                row["identifier"],
                row["label"],
                row["symbol"] or None,
                row["dimension"] or None,
                row["classification"] or None,
                row["expression"] or None,
            )
            for row in csv.DictReader(text.splitlines())
        }
    )


def convertible(unit: str, other: str) -> bool:
    """Whether there is an exact factor between two units, given by identifier."""
    return not refuse_conversion(unit, other)


def refuse_conversion(identifier: str, other: str) -> list[Refusal]:
    """Only units of the same dimension are converted, and only where the factor is known."""
    if identifier == other:
        return []
    one, two = unit(identifier), unit(other)
    if one.dimension is None or two.dimension is None:
        return [Refusal("units.no_factor", NO_FACTOR, "hasUnit", unit=one.identifier, other=two.identifier)]
    if one.dimension == two.dimension:
        return []
    return [
        Refusal(
            "measures.unlike_dimensions",
            UNLIKE,
            "hasUnit",
            unit=one.identifier,
            dimension=one.dimension,
            other=two.identifier,
            other_dimension=two.dimension,
        )
    ]


@cache
def ratio(identifier: str, other: str) -> Fraction:
    """Return how many of `other` one of `identifier` is, exactly.

    Raises:
        Refused: `measures.unlike_dimensions` or `units.no_factor`.
    """
    refusals = refuse_conversion(identifier, other)
    if refusals:
        raise Refused(refusals)
    return Fraction(1) if identifier == other else _factor(unit(identifier)) / _factor(unit(other))


@cache
def _factor(unit: Unit) -> Fraction:
    """Return how many SI base units it is."""
    assert unit.expression is not None, "refuse_conversion lets only units with a dimension pass"  # noqa: S101
    if unit.expression.isdigit():
        return Fraction(unit.expression)
    return Fraction(_registry().parse_expression(unit.expression).to_base_units().magnitude)


@cache
def _registry() -> pint.UnitRegistry[Fraction]:
    import pint

    return pint.UnitRegistry(non_int_type=Fraction)


@cache
def _by_spelling() -> Mapping[str, tuple[str, ...]]:
    """Return the identifiers by symbol and by label."""
    found: dict[str, list[Unit]] = {}
    for each in units().values():
        for spelling in {_spelled(each.label), *([_spelled(each.symbol)] if each.symbol else [])}:
            found.setdefault(spelling, []).append(each)
    return {spelling: _preferred(candidates) for spelling, candidates in found.items()}


def _preferred(candidates: list[Unit]) -> tuple[str, ...]:
    """Units that can be converted come first: `h` is an hour, and not an hour of angle in the sky."""
    usual = [each for each in candidates if each.dimension] or candidates
    return tuple(each.identifier for each in usual)


def _spelled(text: str) -> str:
    """Return `text` without spaces and with m² as m2, µ as μ."""
    return unicodedata.normalize("NFKC", text).replace(" ", "").replace("·", "")
