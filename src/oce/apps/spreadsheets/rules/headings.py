"""Which property each column of a table holds, by its heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oce.vf.refusals import Refusal, gettext_noop

TWICE = gettext_noop("The columns {headings} would all be read as {name}. Match one of them and leave the others out.")
NO_SUCH_COLUMN = gettext_noop("The table has no column {heading}. It has: {headings}.")
NO_SUCH_PROPERTY = gettext_noop("{kind} has no {name} that a table could give. Choose one of: {names}.")

# How people head their columns, by what the column holds. Headings are compared without case, spaces and signs.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "identifier", "address", "iri", "uid", "url"),
    "type": ("type", "class", "kindofagent"),
    "action": ("action", "verb", "whathappened"),
    "provider": ("provider", "from", "giver", "seller", "worker", "by", "who"),
    "receiver": ("receiver", "to", "recipient", "buyer", "customer"),
    "resource_inventoried_as": ("resourceinventoriedas", "resource", "item", "stockitem"),
    "to_resource_inventoried_as": ("toresourceinventoriedas", "toresource", "toitem"),
    "resource_conforms_to": ("resourceconformsto", "kind", "product", "specification", "article", "kindofresource"),
    "conforms_to": ("conformsto", "kind", "product", "specification", "article", "kindofresource"),
    "resource_quantity_value": ("resourcequantity", "resourcequantityvalue", "quantity", "qty", "amount", "howmuch"),
    "resource_quantity_unit": ("resourcequantityunit", "unit", "uom", "unitofmeasure"),
    "effort_quantity_value": ("effortquantity", "effortquantityvalue", "effort", "duration", "howlong"),
    "effort_quantity_unit": ("effortquantityunit", "effortunit", "unitofeffort"),
    "accounting_quantity_value": ("accountingquantity", "accountingquantityvalue", "owned"),
    "accounting_quantity_unit": ("accountingquantityunit",),
    "onhand_quantity_value": ("onhandquantity", "onhandquantityvalue", "onhand", "quantity", "qty", "stock", "balance"),
    "onhand_quantity_unit": ("onhandquantityunit", "unit", "uom", "unitofmeasure"),
    "has_point_in_time": ("haspointintime", "date", "day", "time", "when", "datetime", "timestamp"),
    "has_beginning": ("hasbeginning", "begin", "beginning", "start", "began"),
    "has_end": ("hasend", "end", "finish", "ended"),
    "input_of": ("inputof", "intoprocess", "input"),
    "output_of": ("outputof", "outofprocess", "output"),
    "note": ("note", "notes", "comment", "remark", "description", "memo"),
    "name": ("name", "title"),
    "to_location": ("tolocation", "toplace"),
    "current_location": ("currentlocation", "location", "place", "warehouse"),
    "primary_accountable": ("primaryaccountable", "accountable", "owner", "holder"),
    "primary_location": ("primarylocation", "location", "place"),
    "tracking_identifier": ("trackingidentifier", "serial", "serialnumber"),
    "of_batch_lot": ("ofbatchlot", "lot", "batch", "lotcode", "batchcode"),
    "classified_as": ("classifiedas", "tags", "tag", "categories"),
    "resource_classified_as": ("resourceclassifiedas", "tags", "tag", "categories"),
    "default_unit_of_resource": ("defaultunitofresource", "unit", "uom", "defaultunit"),
    "default_unit_of_effort": ("defaultunitofeffort",),
    "realization_of": ("realizationof", "agreement", "order"),
}


@dataclass(frozen=True, slots=True)
class Matching:
    """What each column was matched with, by its position; None for a column that is not read."""

    names: tuple[str | None, ...]
    refusals: tuple[Refusal, ...] = ()

    @property
    def matched(self) -> int:
        """How many columns were matched."""
        return sum(name is not None for name in self.names)


def match(headings: Sequence[str], names: Iterable[str], chosen: Mapping[str, str], kind: str) -> Matching:
    """Return which of `names` each heading means; what somebody chose comes before what the heading says.

    Args:
        headings: the first row of the table.
        names: the properties that the class of the table takes, by Python name.
        chosen: properties by heading, as somebody matched them; an empty property leaves the column out.
        kind: what to call the class in a refusal.
    """
    known = list(names)
    by_spelling: dict[str, str] = {}
    for name in known:
        for spelling in (_plain(name), *SYNONYMS.get(name, ())):
            by_spelling.setdefault(spelling, name)
    found = [chosen[heading] or None if heading in chosen else by_spelling.get(_plain(heading)) for heading in headings]
    return Matching(tuple(found), tuple(_refuse(headings, found, known, chosen, kind)))


def refuse_unknown(chosen: Iterable[str], known: Sequence[str], kind: str) -> list[Refusal]:
    """What somebody says of a table is said of properties that its class takes."""
    names = ", ".join(known)
    return [
        Refusal("tables.no_such_property", NO_SUCH_PROPERTY, None, kind=kind, name=name, names=names)
        for name in chosen
        if name not in known
    ]


def _refuse(
    headings: Sequence[str], found: Sequence[str | None], known: list[str], chosen: Mapping[str, str], kind: str
) -> Iterable[Refusal]:
    for heading in chosen:
        if heading not in headings:
            listed = ", ".join(headings)
            yield Refusal("tables.no_such_column", NO_SUCH_COLUMN, None, heading=heading, headings=listed)
    yield from refuse_unknown(filter(None, chosen.values()), known, kind)
    for name in dict.fromkeys(each for each in found if each is not None):
        same = [heading for heading, each in zip(headings, found, strict=True) if each == name]
        if len(same) > 1:
            yield Refusal("tables.matched_twice", TWICE, None, headings=", ".join(same), name=name)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
