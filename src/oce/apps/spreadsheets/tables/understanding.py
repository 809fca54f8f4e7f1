"""How a table is understood: the class of its rows, which property each column holds, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.spreadsheets.rules import dates, headings
from oce.apps.spreadsheets.wishes import TableOptions
from oce.kit import numerals
from oce.kit.jsonld.classes import DocumentClass, document_classes, implied_names
from oce.kit.numerals import Decimals
from oce.kit.properties import Kind, properties_of, property_of
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if
from oce.vf.terms import camel

if TYPE_CHECKING:
    from oce.apps.spreadsheets.tables.sheets import Sheet
    from oce.kit.records import Record

WHICH_CLASS = gettext_noop("What are the rows of {name}? Say which class they are of: {classes}.")
NO_SUCH_CLASS = gettext_noop("There is no class {name} here. Choose one of: {classes}.")
AMBIGUOUS = gettext_noop(
    "In the column {heading}, {example} can be read with a decimal comma or a decimal point. Say which (--decimal)."
)
MIXED = gettext_noop("The column {heading} has decimal commas and decimal points. Write all its numbers in one way.")
NOT_READ = gettext_noop("These columns were not read: {headings}.")

# The classes that a table is tried for when nobody says what its rows are.
_TRIED = ("EconomicEvent", "EconomicResource", "ResourceSpecification", "Agent")
_VALUE, _UNIT = "_value", "_unit"
_FORMULA_MARK = r"^'([=+\-@\t\r])"
# An amount with its unit in one cell: `3 hour`, `1 250,5 kg`, `2h`.
_AMOUNT = r"^(?P<value>[+\-]?\d(?:[\d.,' \x{a0}\x{2009}\x{202f}]*\d)?)\s*(?P<unit>[^\s\d.,+\-'].*)$"


@dataclass(frozen=True, slots=True)
class Understood:
    """A table whose columns are named by property, its cells tidied; `headings` by property, for faults to name."""

    of: DocumentClass
    columns: Mapping[str, pa.ChunkedArray]
    headings: Mapping[str, str]
    rows: int
    remarks: tuple[Refusal, ...]


def understand(sheet: Sheet, name: str, options: TableOptions) -> Understood:
    """Return the table as its headings and `options` say it is.

    Raises:
        Refused: `tables.which_class`, `tables.matched_twice`, `tables.ambiguous_number`, and the like.
    """
    of, matching = _class_of(sheet, name, options)
    refuse_if(matching.refusals, headings.refuse_unknown(options.constants, names_of(of.model), of.name))
    found = {name: column for name, column in zip(matching.names, sheet.columns, strict=True) if name is not None}
    named = {name: heading for name, heading in zip(matching.names, sheet.headings, strict=True) if name is not None}
    tidy = {name: _tidied(column) for name, column in found.items()}
    columns = {name: column for name, column in tidy.items() if column.null_count < len(column)}
    if "type" in columns and set(columns["type"].unique().to_pylist()) == {of.name}:
        del columns["type"]
    columns |= _apart(columns, options)
    named |= {name: named[_amount_of(name)] for name in columns if name not in named}
    columns |= _read_numbers(of.model, columns, named, options, is_typed=sheet.is_typed)
    moments = [name for name in columns if _kind(of.model, name) is Kind.MOMENT]
    columns |= {name: mapped(columns[name], dates.standard) for name in moments if _has(columns[name], dates.BEGINS)}
    columns |= {
        name: pa.chunked_array([pa.repeat(pa.scalar(text), sheet.rows)]) for name, text in options.constants.items()
    }
    return Understood(of, columns, named, sheet.rows, tuple(_remarks(sheet, of, matching)))


def mapped(column: pa.ChunkedArray, change: Callable[[str], str]) -> pa.ChunkedArray:
    """Return the column with each distinct text changed once, however many rows carry it."""
    encoded = pc.dictionary_encode(column.combine_chunks())
    changed = pa.array([change(text) for text in encoded.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([changed.take(encoded.indices)])


def names_of(model: type[Record]) -> list[str]:
    """Return what the columns of a table of this class may hold: its properties, a measure as two columns."""
    names = ["id", "type"]
    for each in properties_of(model):
        is_state = model is EconomicResource and not each.is_settable
        if each.name in implied_names(model) or not (each.is_settable or is_state or each.name == "created"):
            continue
        names += [each.name + _VALUE, each.name + _UNIT] if each.kind is Kind.MEASURE else [each.name]
    return names


def document_class(name: str) -> DocumentClass:
    """Return the class of that name, however it is capitalised.

    Raises:
        Refused: `tables.no_such_class`.
    """
    known = document_classes()
    found = known.get(name) or next((each for each in known.values() if each.name.lower() == name.lower()), None)
    if found is None:
        raise Refused(Refusal("tables.no_such_class", NO_SUCH_CLASS, None, name=name, classes=", ".join(known)))
    return found


def _class_of(sheet: Sheet, name: str, options: TableOptions) -> tuple[DocumentClass, headings.Matching]:
    known = document_classes()
    asked = options.of or _type_said(sheet)
    if asked is not None:
        of = document_class(asked)
        return of, _match(sheet, of, options)
    tried = [(known[each], _match(sheet, known[each], options)) for each in _TRIED]
    scores = [_score(of, matching) for of, matching in tried]
    of, best = tried[scores.index(max(scores))]
    if max(scores) == 0 or scores.count(max(scores)) > 1:
        raise Refused(Refusal("tables.which_class", WHICH_CLASS, None, name=name, classes=", ".join(_TRIED)))
    return of, best


def _score(of: DocumentClass, matching: headings.Matching) -> int:
    """Return how well a class fits: an event without action and a resource without kind are none."""
    needed = {EconomicEvent: "action", EconomicResource: "conforms_to"}.get(of.model)
    if needed is not None and needed not in matching.names:
        return 0
    # What has an action is an event, however many of its columns the others know too.
    return len(matching.names) + 1 if of.model is EconomicEvent else matching.matched


def _type_said(sheet: Sheet) -> str | None:
    """Return the class that a column `type` gives to all rows, as in our own exports."""
    for heading, column in zip(sheet.headings, sheet.columns, strict=True):
        if heading == "type":
            said = {text for text in column.unique().to_pylist() if text}
            models = {known.model for text in said if (known := document_classes().get(text)) is not None}
            if len(models) == 1:
                return min(said) if len(said) == 1 else next(iter(models)).vf_class
    return None


def _match(sheet: Sheet, of: DocumentClass, options: TableOptions) -> headings.Matching:
    return headings.match(sheet.headings, names_of(of.model), options.matches, of.name)


def _tidied(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the cells without spaces around them and without the mark against formulas; empty ones as nothing."""
    trimmed = pc.utf8_trim_whitespace(column)
    if pc.any(pc.starts_with(trimmed, "'")).as_py():
        trimmed = pc.replace_substring_regex(trimmed, _FORMULA_MARK, r"\1")
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def _apart(columns: Mapping[str, pa.ChunkedArray], options: TableOptions) -> dict[str, pa.ChunkedArray]:
    """Return amount and unit apart, of the columns that hold both in one cell and have no column for the unit."""
    apart: dict[str, pa.ChunkedArray] = {}
    for name, column in columns.items():
        unit = name.removesuffix(_VALUE) + _UNIT
        if not name.endswith(_VALUE) or unit in columns or unit in options.constants:
            continue
        both = pc.extract_regex(column, _AMOUNT)
        if both.null_count < len(both):
            value = pc.struct_field(both, "value")
            apart |= {name: pc.if_else(pc.is_null(both), column, value), unit: pc.struct_field(both, "unit")}
    return apart


def _amount_of(unit: str) -> str:
    """Return the name of the column of amounts that a column of units belongs to."""
    return unit.removesuffix(_UNIT) + _VALUE


def _kind(model: type[Record], name: str) -> Kind | None:
    if name.endswith(_VALUE) and property_of(model, name) is None:
        return Kind.NUMBER
    each = property_of(model, name)
    return None if each is None else each.kind


def _read_numbers(
    model: type[Record],
    columns: Mapping[str, pa.ChunkedArray],
    named: Mapping[str, str],
    options: TableOptions,
    *,
    is_typed: bool,
) -> dict[str, pa.ChunkedArray]:
    """Return the columns of numbers with a point before the decimals and nothing between the thousands."""
    wanted = [name for name in columns if _kind(model, name) is Kind.NUMBER]
    shown = {name: numerals.decimals_of(_shapes(columns[name])) for name in wanted}
    everywhere = {sign for signs, _ in shown.values() for sign in signs}
    read = {}
    for name in wanted:
        signs, is_open = shown[name]
        refuse_if(_refuse_mixed(signs, named[name]))
        # Our own exports and workbooks write points; their headings are the words of the standard.
        is_ours = is_typed or named[name] == camel(name)
        decimals = _decimals(options, signs, everywhere, is_open=is_open and not is_ours)
        if decimals is None:
            raise Refused(_refuse_ambiguous(named[name], columns[name].unique().to_pylist()))
        if decimals is Decimals.COMMA or _has(columns[name], r"[^0-9.+\-]"):
            read[name] = mapped(columns[name], partial(numerals.plain, decimals=decimals))
    return read


def _shapes(column: pa.ChunkedArray) -> list[str]:
    """Return the different shapes of the numbers in a column, such as `9.909,99`: few, however many numbers."""
    shapes = pc.replace_substring_regex(column, "[1-9]", "9").unique().to_pylist()
    return [shape for shape in shapes if shape is not None]


def _has(column: pa.ChunkedArray, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(column, pattern)).as_py())


def _decimals(
    options: TableOptions, signs: set[Decimals], everywhere: set[Decimals], *, is_open: bool
) -> Decimals | None:
    if options.decimals is not None:
        return Decimals(options.decimals)
    for found in (signs, everywhere if is_open else set()):
        if len(found) == 1:
            return next(iter(found))
    return None if is_open else Decimals.POINT


def _refuse_mixed(signs: set[Decimals], heading: str) -> list[Refusal]:
    return [Refusal("tables.mixed_numbers", MIXED, heading, heading=heading)] if len(signs) > 1 else []


def _refuse_ambiguous(heading: str, texts: Iterable[str]) -> Refusal:
    example = next(text for text in texts if text and numerals.shown_by(text) is numerals.Shown.EITHER)
    return Refusal("tables.ambiguous_number", AMBIGUOUS, heading, heading=heading, example=example)


def _remarks(sheet: Sheet, of: DocumentClass, matching: headings.Matching) -> Iterator[Refusal]:
    # What follows from events need not be read: it will follow again.
    derived = {"", *(each.term for each in properties_of(of.model) if not each.is_settable)}
    unread = [heading for heading, name in zip(sheet.headings, matching.names, strict=True) if name is None]
    left = [heading for heading in unread if heading not in derived]
    if left:
        yield Refusal("tables.not_read", NOT_READ, None, headings=", ".join(left))
    for remark in sheet.remarks:
        yield Refusal("tables.encoding", gettext_noop("The file was {remark}."), None, remark=remark)
