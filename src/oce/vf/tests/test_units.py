"""The units of OM2: found as people write them, and converted by pint exactly as OM2 says in prose."""

from __future__ import annotations

import csv
import runpy
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pint
import pytest

from oce.vf.refusals import Refused
from oce.vf.units import Unit, convertible, ratio, unit, units

EXPRESSED = sorted(each.identifier for each in units().values() if each.expression)


@pytest.mark.parametrize(
    ("given", "identifier"),
    [
        ("kilogram", "kilogram"),
        ("kg", "kilogram"),
        ("om2:kilogram", "kilogram"),
        ("http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram", "kilogram"),
        ("minute", "minute-Time"),
        ("min", "minute-Time"),
        ("h", "hour"),
        ("m", "metre"),
        ("s", "second-Time"),
        ("m³", "cubicMetre"),
        ("µg", "microgram"),
        ("L", "litre"),
        ("kWh", "kilowattHour"),
        ("Hour", "hour"),
        ("each", "one"),
        ("count", "one"),
        ("piece", "piece"),
        ("lb", "poundAvoirdupois"),
    ],
)
def test_a_unit_is_found_as_people_write_it(given: str, identifier: str) -> None:
    assert unit(given).identifier == identifier


@pytest.mark.parametrize(("given", "nearest"), [("liter", "litre"), ("kilogramm", "kilogram"), ("hours", "hour")])
def test_an_unknown_unit_is_refused_with_the_nearest(given: str, nearest: str) -> None:
    with pytest.raises(Refused) as caught:
        unit(given)
    (refusal,) = caught.value.refusals
    assert (refusal.code, refusal.field, refusal.values["nearest"]) == ("units.unknown", "hasUnit", nearest)


@pytest.mark.parametrize("given", ["loaves", "boxes", "stukken", ""])
def test_a_unit_like_no_other_is_refused_with_the_usual_ones(given: str) -> None:
    with pytest.raises(Refused) as caught:
        unit(given)
    (refusal,) = caught.value.refusals
    assert (refusal.code, refusal.field) == ("units.unknown", "hasUnit")
    assert "Did you mean" not in refusal.message
    assert "kilogram, litre" in refusal.message


def test_a_symbol_of_several_units_is_refused_with_their_names() -> None:
    with pytest.raises(Refused) as doubtful:
        unit("fl oz")
    assert [each.code for each in doubtful.value.refusals] == ["units.ambiguous"]
    assert "fluidOunce-US" in str(doubtful.value)
    assert "fluidOunce-Imperial" in str(doubtful.value)


def test_all_units_are_there_with_their_address() -> None:
    assert len(units()) == 1416
    assert unit("hour") == Unit("hour", "hour", "h", "time", "time", "hour")
    assert unit("hour").iri == "http://www.ontology-of-units-of-measure.org/resource/om-2/hour"
    assert (str(unit("hour")), str(unit("piece"))) == ("h", "piece")


def test_every_unit_is_found_by_its_identifier() -> None:
    assert [unit(identifier).identifier for identifier in units()] == list(units())


def test_nine_of_ten_units_have_a_dimension() -> None:
    assert len(EXPRESSED) > 0.9 * len(units())
    assert all(bool(each.expression) == bool(each.dimension) for each in units().values())


def test_every_expression_means_what_its_dimension_says() -> None:
    registry: pint.UnitRegistry[Fraction] = pint.UnitRegistry(non_int_type=Fraction)
    # In the SI these are numbers, or made of other units; here they are kinds of their own.
    own_kinds = {"angle", "solid_angle", "information", "radioactivity", "equivalent_dose"}
    for each in map(unit, EXPRESSED):
        assert ratio(each.identifier, each.identifier) == 1
        powers = {name: power for name, power in _powers(each.dimension or "") if name not in own_kinds}
        if own_kinds & {name for name, _ in _powers(each.dimension or "")}:
            continue
        assert _dimensionality(registry, each.expression or "") == powers, each


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("inch-International", "metre", "0.0254"),
        ("mile-Statute", "metre", "1609.344"),
        ("acre-International", "squareMetre", "4046.8564224"),
        ("gallon-Imperial", "litre", "4.54609"),
        ("gallon-US", "litre", "3.785411784"),
        ("poundAvoirdupois", "gram", "453.59237"),
        ("year", "second-Time", "31556952"),
        ("calorie-Thermochemical", "joule", "4.184"),
        ("atmosphere-Standard", "pascal", "101325"),
        ("knot-International", "metrePerSecond-Time", "463/900"),
        ("kilometrePerHour", "metrePerSecond-Time", "5/18"),
        ("tonnePerHectare", "kilogramPerSquareMetre", "0.1"),
        ("litrePer100Kilometre", "squareMetre", "1e-8"),
        ("degreeRankine", "kelvin", "5/9"),
        ("minute-Angle", "degree", "1/60"),
        ("gross", "dozen", "12"),
        ("kibibyte", "bit", "8192"),
        ("byte", "shannon", "8"),
    ],
)
def test_factors_are_exact_fractions(one: str, other: str, factor: str) -> None:
    assert ratio(one, other) == Fraction(factor)
    assert ratio(other, one) == 1 / Fraction(factor)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("kilogram", "gram", True),
        ("kilogram", "hour", False),
        ("degreeCelsius", "kelvin", False),
        ("hertz", "becquerel", False),
        ("gray", "sievert", False),
        ("radian", "one", False),
        ("bottle", "bottle", True),
        ("bottle", "litre", False),
    ],
)
def test_only_like_units_are_convertible(one: str, other: str, answer: bool) -> None:
    assert convertible(one, other) is answer


def test_refused_conversions_say_why() -> None:
    with pytest.raises(Refused, match="kilogram measures mass and hour measures time"):
        ratio("kilogram", "hour")
    with pytest.raises(Refused, match="No exact factor is known between bottle and litre"):
        ratio("bottle", "litre")


def test_the_committed_units_are_those_of_om2_as_its_prose_defines_them() -> None:
    root = Path(__file__).parents[4]
    source = root.parent / "shared/vf-1.0.0/units-en-useful.csv"
    tool = root / "tools/om2_units.py"
    if not (source.exists() and tool.exists()):
        pytest.skip("needs the units file of the standard beside the repository")
    found = runpy.run_path(str(tool))["rows_of"](source)
    with files("oce.vf").joinpath("data/units.csv").open(encoding="utf-8") as committed:
        assert [tuple(row) for row in csv.reader(committed)][1:] == list(found), "run `python -m tools.om2_units`"


def _powers(dimension: str) -> list[tuple[str, Fraction]]:
    if dimension == "one":
        return []
    pairs = [each.partition("^") for each in dimension.split()]
    return [(name, Fraction(power or 1)) for name, _, power in pairs]


def _dimensionality(registry: pint.UnitRegistry[Fraction], expression: str) -> dict[str, Fraction]:
    if expression.isdigit():
        return {}
    found = registry.parse_expression(expression).dimensionality
    return {name.strip("[]"): Fraction(str(power)) for name, power in found.items()}
