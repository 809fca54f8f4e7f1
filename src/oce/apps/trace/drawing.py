"""The trace as a picture: a river from the sources to the recipients, with the table that says the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oce.apps.trace.rules.widths import widths
from oce.kit.measures import unit_in_words
from oce.kit.pages.navigation import record_url
from oce.kit.pages.pictures import Named, Picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oce.apps.trace.explorer import Explored
    from oce.apps.trace.rules.flows import Knot
    from oce.apps.trace.rules.river import Ribbon
    from oce.kit.pages.pictures import Cell

SHAPES = {"resource": "thing", "process": "process", "giver": "person", "taker": "person"}


def picture_of(found: Explored, *, has_links: bool = True) -> Picture:
    """Return the picture of a trace; its names lead to the pages of what they name unless that is not wished."""
    ribbons = (*found.river.ribbons, *found.river.returns)
    returning = {(each.source, each.target) for each in found.river.returns}
    labels = _labels(found)
    wide, is_amount = widths(ribbons)
    rows: list[list[Cell]] = []
    for ribbon, width in zip(ribbons, wide, strict=True):
        source = _named(found, labels, ribbon.source, has_links=has_links)
        target = _named(found, labels, ribbon.target, has_links=has_links)
        if (ribbon.source, ribbon.target) in returning:
            target = Named(_("returns to {name}").format(name=target.text), target.url, target.shape)
        rows.append([source, target, width] if is_amount else [source, target, width, _amounts(found, ribbon)])
    columns = (_("From"), _("To"), _("How much")) if is_amount else (_("From"), _("To"), _("Width"), _("How much"))
    unit = next((each.unit for ribbon in ribbons for each in ribbon.amounts), "") if is_amount else ""
    return Picture(
        "sankey",
        title=_("The way of {name}").format(name=found.title),
        description=_description(found, is_amount=is_amount),
        columns=columns,
        rows=rows,
        unit=unit_in_words(unit) if unit else "",
        key="trace",
        empty=_("Nothing of what is asked for is recorded here."),
    )


def _description(found: Explored, *, is_amount: bool) -> str:
    count = len(found.river.ribbons) + len(found.river.returns)
    if is_amount:
        return ngettext(
            "Sources on the left, destinations on the right: {count} ribbon, as wide as the amount.",
            "Sources on the left, destinations on the right: {count} ribbons, as wide as the amounts.",
            count,
        ).format(count=count)
    return ngettext(
        "Sources on the left, destinations on the right: {count} ribbon.",
        "Sources on the left, destinations on the right: {count} ribbons; those of the same unit can be compared.",
        count,
    ).format(count=count)


def _amounts(found: Explored, ribbon: Ribbon) -> str:
    key = next((key for kind, key in (ribbon.source, ribbon.target) if kind == "resource"), None)
    return ", ".join(found.names.amount(each, key) for each in ribbon.amounts)


def _labels(found: Explored) -> Mapping[Knot, str]:
    """Return a name for each knot that no other has, since the picture tells them apart by it.

    Things of one name are told apart by who has them, and what is still alike by a number.
    """
    ribbons = (*found.river.ribbons, *found.river.returns)
    knots = list(dict.fromkeys(knot for ribbon in ribbons for knot in (ribbon.source, ribbon.target)))
    alike = Counter(_name(found, knot) for knot in knots)
    told: Counter[str] = Counter()
    labels: dict[Knot, str] = {}
    for knot in knots:
        name = _name(found, knot)
        if alike[name] > 1 and knot[0] == "resource":
            name = _("{name}, {agent}").format(name=name, agent=_holder(found, knot[1]))
        told[name] += 1
        labels[knot] = name if told[name] == 1 else f"{name} ({told[name]})"
    return labels


def _holder(found: Explored, key: int) -> str:
    resource = found.seen.resources.get(key)
    return found.names.agent(resource.primary_accountable_id if resource is not None else None)


def _name(found: Explored, knot: Knot) -> str:
    name = found.names.knot(knot)
    if knot[0] == "giver":
        return _("from {agent}").format(agent=name)
    return _("to {agent}").format(agent=name) if knot[0] == "taker" else name


def _named(found: Explored, labels: Mapping[Knot, str], knot: Knot, *, has_links: bool) -> Named:
    kind, key = knot
    record = (
        found.seen.resources.get(key)
        if kind == "resource"
        else found.seen.processes.get(key)
        if kind == "process"
        else found.seen.agents.get(key)
        if kind in {"giver", "taker"}
        else None
    )
    url = record_url(record) if has_links and record is not None else ""
    return Named(labels[knot], url, SHAPES.get(kind, ""))
