"""Writes `src/oce/vf/data/units.csv`: each OM2 unit with the pint expression that means the same.

Run with the units file of the vocabulary as argument: `python -m tools.om2_units units-en-useful.csv`.
OM2 gives its factors in prose only, often rounded. A unit gets an expression if pint knows it,
and if the figure in the prose, where there is one, agrees with pint to its last digit. All
others keep label and symbol and are not converted.
"""

from __future__ import annotations

import csv
import re
import shutil
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pint

TARGET = Path(__file__).parent.parent / "src/oce/vf/data/units.csv"
COLUMNS = ("identifier", "label", "symbol", "classification", "dimension", "expression")

SAME = """
    angstrom are bar becquerel bit byte candela coulomb curie day debye degree dyne erg farad fathom fermi
    grain gram gray henry hertz hour joule katal kelvin lambert lumen lux metre micron mole newton
    ohm pascal poise radian rem rhe shake siemens sievert slug steradian stilb stokes tesla
    tonne torr volt watt weber ampere litre abampere abcoulomb abfarad abhenry abohm abvolt gilbert week hectare
    biot gamma baud barn stere poundal darcy
""".split()

# OM2's year is the Gregorian one of 31,556,952 seconds.
OTHERS = {
    "one": "1",
    "piece": "1",
    "halfDozen": "6",
    "dozen": "12",
    "hundredCount": "100",
    "gross": "144",
    "thousandPiece": "1000",
    "percent": "percent",
    "partsPerMillion": "ppm",
    "second-Time": "second",
    "minute-Time": "minute",
    "year": "gregorian_year",
    "year-Sidereal": "sidereal_year",
    "year-Tropical": "tropical_year",
    "day-Sidereal": "sidereal_day",
    "second-Angle": "arcsecond",
    "minute-Angle": "arcminute",
    "revolution": "turn",
    "gon": "grade",
    "foot-International": "foot",
    "foot-USSurvey": "survey_foot",
    "inch-International": "inch",
    "yard-International": "yard",
    "mile-Statute": "mile",
    "mile-USSurvey": "survey_mile",
    "furlong-International": "220 * yard",
    "chain": "22 * yard",
    "fathom-USSurvey": "6 * survey_foot",
    "rod-US": "rod",
    "mil-Length": "thou",
    "nauticalMile-International": "nautical_mile",
    "knot-International": "knot",
    "astronomicalUnit": "astronomical_unit",
    "lightYear": "light_year",
    "point-Didot": "didot",
    "cicero": "cicero",
    "point-Postscript": "inch / 72",
    "acre-International": "4840 * yard ** 2",
    "acre-USSurvey": "acre",
    "circularMil": "circular_mil",
    "acreFoot": "acre_foot",
    "barrel-US": "oil_barrel",
    "bushel-US": "bushel",
    "peck-US": "peck",
    "cord": "128 * foot ** 3",
    "cup-USCustomary": "cup",
    "dryGallon-US": "dry_gallon",
    "dryPint-US": "dry_pint",
    "dryQuart-US": "dry_quart",
    "gallon-US": "gallon",
    "liquidQuart-US": "quart",
    "liquidPint-US": "pint",
    "gill-US": "gill",
    "fluidOunce-US": "fluid_ounce",
    "tablespoon-US": "tablespoon",
    "teaspoon-US": "teaspoon",
    "gallon-Imperial": "imperial_gallon",
    "quart-Imperial": "imperial_quart",
    "pint-Imperial": "imperial_pint",
    "gill-Imperial": "imperial_gill",
    "fluidOunce-Imperial": "imperial_fluid_ounce",
    "ton-Register": "100 * foot ** 3",
    "ton-Long": "long_ton",
    "ton-Short": "short_ton",
    "hundredweight-British": "long_hundredweight",
    "hundredweight-US": "short_hundredweight",
    "carat-Mass": "carat",
    "ounceAvoirdupois": "ounce",
    "poundAvoirdupois": "pound",
    "ounceApothecaries": "apothecary_ounce",
    "poundApothecaries": "apothecary_pound",
    "pennyweight-Troy": "pennyweight",
    "pound-Force": "force_pound",
    "kip": "kip",
    "ton-Force-Short": "2000 * force_pound",
    "gal": "centimeter / second ** 2",
    "atmosphere-Standard": "standard_atmosphere",
    "atmosphere-Technical": "technical_atmosphere",
    "barye": "barye",
    "BritishThermalUnit-InternationalTable": "british_thermal_unit",
    "BritishThermalUnit-Thermochemical": "thermochemical_british_thermal_unit",
    "calorie-InternationalTable": "international_calorie",
    "calorie-Thermochemical": "calorie",
    "calorie-15C": "fifteen_degree_calorie",
    "electronvolt": "electron_volt",
    "footPoundal": "foot * poundal",
    "quad": "quadrillion_Btu",
    "therm-US": "US_therm",
    "tonOfTNT": "ton_TNT",
    "horsepower-British": "horsepower",
    "horsepower-Electric": "electrical_horsepower",
    "horsepower-Metric": "metric_horsepower",
    "tonOfRefrigeration": "refrigeration_ton",
    "abmho": "abmho",
    "mho": "siemens",
    "parsec": "648000 / pi * astronomical_unit",
    "gauss": "tesla / 10000",
    "maxwell": "weber / 100000000",
    "phot": "10000 * lux",
    "footlambert": "candela / foot ** 2 / pi",
    "dessertspoon": "2 * teaspoon",
    "hour-Sidereal": "sidereal_day / 24",
    "minute-Sidereal": "sidereal_day / 1440",
    "second-Sidereal": "sidereal_day / 86400",
    "point-TeX": "inch * 100 / 7227",
    "pica-TeX": "inch * 1200 / 7227",
    "pica-Postscript": "inch / 6",
    "unitPole": "unit_pole",
    "degreeRankine": "degree_Rankine",
    "molar": "molar",
    "footcandle": "lumen / foot ** 2",
    "rad": "rads",
    "röntgen": "roentgen",
    "shannon": "bit",
    "kayser": "1 / centimeter",
    "kilohm": "kiloohm",
    "megohm": "megaohm",
}
BASE = {name: name for name in SAME} | OTHERS
# Degrees Celsius and Fahrenheit are left out: their zeros differ, so there is no factor between them.
POWERS_OF_TEN = {"milli": "1e-3", "kilo": "1e3", "mega": "1e6", "giga": "1e9"}
PREFIXES = """yotta zetta exa peta tera giga mega kilo hecto deca deci centi milli micro nano pico femto atto zepto
    yocto kibi mebi gibi tebi pebi exbi zebi yobi""".split()

# These have the dimension of others in the SI and yet are not the same kind of thing.
KINDS = {
    "radian": "angle",
    "steradian": "solid_angle",
    "bit": "information",
    "becquerel": "radioactivity",
    "sievert": "equivalent_dose",
}
POWERS = {"square": "2", "cubic": "3"}
NUMBER = re.compile(
    r"(?:defined as|is) (?P<number>[\d ./]*\d(?:\(\d+\))?(?:e-?\d+)?) (?P<unit>[a-zA-Z ()]+?)(?: =|\.|$)"
)


def expression_of(identifier: str) -> str | None:
    """Return what `identifier` means in terms of pint, or None if a part of it is not known there."""
    known = _single(identifier)
    if known:
        return known
    text = identifier.lstrip("_").replace("Cubicmetre", "CubicMetre").replace("partsPerMillion", "parts-million")
    factors = [_product(part) for part in re.split(r"Per(?=[A-Z0-9])", text)]
    if None in factors:
        return None
    first, *others = [str(each) for each in factors]
    return first + "".join(f" / ({each})" for each in others)


def _single(name: str) -> str | None:
    if name in BASE:
        return BASE[name]
    for prefix in PREFIXES:
        rest = name.removeprefix(prefix)
        base = BASE.get(rest, "")
        if rest != name and base:
            return prefix + base if re.fullmatch(r"[a-z_]+", base) else f"{POWERS_OF_TEN[prefix]} * ({base})"
    return None


def _product(text: str) -> str | None:
    factors: list[str] = []
    sign = ""
    while text:
        text = text[:1].lower() + text[1:]
        if text.startswith("reciprocal"):
            text, sign = text.removeprefix("reciprocal"), "-"
            continue
        number = re.match(r"\d+", text)
        if number:
            text = text[number.end() :]
            factors.append(number[0])
            continue
        taken = _factor(text)
        if taken is None:
            return None
        unit, power, text = taken
        factors.append(unit if f"{sign}{power}" == "1" else f"({unit}) ** {sign}{power}")
    return " * ".join(factors)


def _factor(text: str) -> tuple[str, str, str] | None:
    """Return the first unit of a product, its power, and the text after it."""
    power = "1"
    for word, each in POWERS.items():
        if text.startswith(word):
            text, power = text[len(word) :], each
            text = text[:1].lower() + text[1:]
    if text.startswith("parts-million"):
        return "ppm", power, text.removeprefix("parts-million")
    ends = [end for end in range(len(text), 0, -1) if end == len(text) or text[end].isupper()]
    for end in ends:
        unit = _single(text[:end])
        if unit:
            rest = text[end:]
            suffix = re.match(r"Squared|ToThePower(-?\d+)", rest)
            if suffix:
                rest, power = rest[suffix.end() :], suffix[1] or "2"
            return unit, power, rest
    return None


def _registry_of_kinds(folder: Path) -> pint.UnitRegistry[Fraction]:
    """Return pint's registry with the units of `KINDS` as base units of their own."""
    own = Path(pint.__file__).parent
    definitions = (own / "default_en.txt").read_text("utf-8")
    for unit, kind in KINDS.items():
        definitions, count = re.subn(rf"(?m)^{unit} = [^=\n]*", f"{unit} = [{kind}] ", definitions)
        if count != 1:
            message = f"pint no longer defines {unit} on a line of its own"
            raise ValueError(message)
    (folder / "definitions.txt").write_text(definitions, "utf-8")
    shutil.copy(own / "constants_en.txt", folder)
    return pint.UnitRegistry(str(folder / "definitions.txt"), non_int_type=Fraction)


def _dimension(registry: pint.UnitRegistry[Fraction], expression: str) -> str:
    powers = registry.parse_expression(expression).dimensionality if not expression.isdigit() else {}
    return (
        " ".join(f"{name.strip('[]')}{'' if power == 1 else f'^{power}'}" for name, power in sorted(powers.items()))
        or "one"
    )


def _agrees(description: str, factor: Fraction, by_label: dict[str, Fraction]) -> bool | None:
    """Return whether the prose gives the same factor, to the last digit it writes; None if it gives none."""
    found = NUMBER.search(description)
    if not found:
        return None
    unit = found["unit"].strip()
    if unit not in by_label:
        return None
    number = re.sub(r"\(\d+\)", "", found["number"]).replace(" ", "")
    if "/" in number:
        return Fraction(number) * by_label[unit] == factor
    written = Decimal(number)
    exponent = written.as_tuple().exponent
    slack = Fraction(1, 1) * Fraction(Decimal((0, (1,), int(exponent))))
    return abs(Fraction(written) - factor / by_label[unit]) <= slack


def rows_of(source: Path) -> Iterator[tuple[str, ...]]:
    """Yield the rows of our file; tell which units got no expression because pint or the prose disagrees."""
    plain: pint.UnitRegistry[Fraction] = pint.UnitRegistry(non_int_type=Fraction)
    with TemporaryDirectory() as folder:
        kinds = _registry_of_kinds(Path(folder))
    with source.open(encoding="utf-8", newline="") as file:
        units = {row[1]: row for row in csv.reader(file)}
    expressions = {name: expression for name in units if (expression := expression_of(name))}
    factors = {name: _factor_of(plain, expression) for name, expression in expressions.items()}
    by_label = {units[name][2]: factor for name, factor in factors.items()}
    by_label |= {label.removesuffix(" (time)"): factor for label, factor in by_label.items()}
    for name, (_, _, label, symbol, description, classification) in units.items():
        expression = expressions.get(name, "")
        if expression and _agrees(description, factors[name], by_label) is False:
            print(f"The prose disagrees: {name} is {float(factors[name])} by pint, and: {description}")
            expression = ""
        yield name, label, symbol, classification, _dimension(kinds, expression) if expression else "", expression


def _factor_of(registry: pint.UnitRegistry[Fraction], expression: str) -> Fraction:
    if expression.isdigit():
        return Fraction(expression)
    return Fraction(registry.parse_expression(expression).to_base_units().magnitude)


def main(source: Path) -> None:
    """Write the file."""
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows_of(source))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
