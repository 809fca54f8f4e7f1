"""The pictures of groups and people: who worked when, and what came in and went out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from oce.apps.network.rules import Flow, Sum, hours_by_week
from oce.kit.measures import unit_in_words
from oce.kit.numerals import in_digits
from oce.kit.pages.navigation import record_url
from oce.kit.pages.pictures import Named, Picture
from oce.vf.decimals import EXACT

if TYPE_CHECKING:
    from oce.apps.agents.models import Agent
    from oce.apps.knowledge.models import ResourceSpecification
    from oce.kit.pages.pictures import Cell

ROWS_MAX = 12
"""So many rows of a heat-map are read at a glance; the others are added up."""


def contributions(
    found: Iterable[Sum], weeks: Sequence[date], names: Mapping[int, Named], *, of_person: bool
) -> Picture:
    """Return the hours of each week: a row for each person, or of one person for each group."""
    by_key = hours_by_week(found, frozenset(weeks), of_person=of_person)
    cells = [(names[key], _cells(own, weeks)) for key, own in by_key.items() if key in names]
    hidden = [_cells(own, weeks) for key, own in by_key.items() if key not in names]
    if hidden:
        words = ngettext("{count} not shared with you", "{count} not shared with you", len(hidden))
        cells.append((Named(words.format(count=len(hidden))), _added(hidden)))
    rows: list[list[Cell]] = [[name, *(time or None for time in times)] for name, times in _few(cells)]
    total = sum((time for own in by_key.values() for time in own.values()), Decimal())
    of_people = _("{hours} hours of {count} people in {weeks} weeks.")
    words = _("{hours} hours for {count} groups in {weeks} weeks.") if of_person else of_people
    return Picture(
        "heat",
        _("Who worked when") if not of_person else _("Work by week"),
        words.format(hours=in_digits(total), count=len(by_key), weeks=len(weeks)),
        [_("Group") if of_person else _("Person"), *(_week(each) for each in weeks)],
        rows,
        unit=_("hours"),
        key="contributions",
        empty=_("Nobody logged work in these weeks."),
    )


def _cells(own: Mapping[date, Decimal], weeks: Sequence[date]) -> list[Decimal]:
    return [own.get(week, Decimal()) for week in weeks]


def _few(rows: list[tuple[Named, list[Decimal]]]) -> list[tuple[Named, list[Decimal]]]:
    """Return the first rows and, added up, the others."""
    if len(rows) <= ROWS_MAX:
        return rows
    others = [times for _name, times in rows[ROWS_MAX - 1 :]]
    words = Named(_("{count} others").format(count=len(others)))
    return [*rows[: ROWS_MAX - 1], (words, _added(others))]


def _added(rows: Iterable[Iterable[Decimal]]) -> list[Decimal]:
    return [sum(column, Decimal()) for column in zip(*rows, strict=True)]


def _week(monday: date) -> str:
    return date_format(monday, pgettext("format of a day", "j M"))


def river(
    found: Sequence[Flow],
    unit: str,
    inside: frozenset[int],
    agents: Mapping[int, Agent],
    kinds: Mapping[int, ResourceSpecification],
    name: str,
) -> Picture:
    """Return what came in and went out, counted in one unit: from partners through kinds into the group, and out again."""
    rows: dict[tuple[Named, Named], Decimal] = defaultdict(Decimal)
    came = went = Decimal()
    for each in found:
        if each.measure.unit != unit:
            continue
        kind, much = _kind(each.kind, kinds), each.measure.value
        if each.receiver in inside:
            came = EXACT.add(came, much)
            way = (_partner(_("from {name}"), each.provider, agents), _in(kind), Named(name))
        else:
            went = EXACT.add(went, much)
            way = (Named(name), _out(kind), _partner(_("to {name}"), each.receiver, agents))
        for ends in pairwise(way):
            rows[ends] = EXACT.add(rows[ends], much)
    words = unit_in_words(unit) or _("pieces")
    said = _("{received} {unit} came in, {given} {unit} went out.")
    return Picture(
        "sankey",
        _("What comes in and goes out"),
        said.format(received=in_digits(came), given=in_digits(went), unit=words),
        [_("From"), _("To"), words],
        [[*ends, value] for ends, value in sorted(rows.items(), key=lambda item: -item[1])],
        unit=words,
        key="river",
        empty=_("Nothing came from others or went to others in this period."),
    )


def _in(kind: Named) -> Named:
    return Named(_("{kind}, received").format(kind=kind.text), kind.url, "thing")


def _out(kind: Named) -> Named:
    return Named(_("{kind}, given").format(kind=kind.text), kind.url, "thing")


def _kind(key: int | None, kinds: Mapping[int, ResourceSpecification]) -> Named:
    kind = kinds.get(key) if key is not None else None
    return Named(str(kind), record_url(kind)) if kind else Named(_("something else"))


def _partner(words: str, key: int, agents: Mapping[int, Agent]) -> Named:
    agent = agents.get(key)
    if agent is None:
        return Named(words.format(name=_("somebody not shown to you")))
    return Named(words.format(name=agent), record_url(agent), "person" if agent.agent_class == "Person" else "group")


def named(agents: Mapping[int, Agent]) -> dict[int, Named]:
    """Return the agents as cells that lead to their pages."""
    return {
        key: Named(str(agent), record_url(agent), "person" if agent.agent_class == "Person" else "group")
        for key, agent in agents.items()
    }


def units(found: Sequence[str]) -> list[tuple[str, str]]:
    """Return the units with their words."""
    return [(unit, unit_in_words(unit) or _("pieces")) for unit in found]
