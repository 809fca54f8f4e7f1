"""Sums as the pages show them: a heading, the amounts by unit and by kind, and the way to the events they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from oce.apps.events.models import EconomicEvent
from oce.apps.network.rules import Amount, Figures, by_unit
from oce.kit.measures import PIECES, in_words
from oce.kit.pages.navigation import list_url, record_url

if TYPE_CHECKING:
    from oce.apps.agents.models import Agent
    from oce.apps.knowledge.models import ResourceSpecification
    from oce.kit.pages.periods import Period

KINDS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Line:
    """An amount of one kind: in words, with the address of the kind."""

    amount: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of a period: what it is, how much by unit, how much by kind, and where the events are."""

    title: str
    icon: str
    totals: Sequence[str]
    lines: Sequence[Line]
    more: int
    why: str


def tiles(
    found: Figures, kinds: Mapping[int, ResourceSpecification], agent: Agent, period: Period, *, is_person: bool
) -> list[Tile]:
    """Return the figures that are not empty."""
    doer = "provider" if is_person else "receiver"
    said: list[tuple[str, str, Sequence[Amount], dict[str, str]]] = [
        (_("Worked"), "clock", found.worked, {"action": "work", doer: str(agent.uid)}),
        (_("Made"), "package-plus", found.made, {"action": "produce", doer: str(agent.uid)}),
        (_("Used"), "recycle", found.used, {"provider": str(agent.uid)}),
        (_("Given"), "arrow-up-right", found.given, {"provider": str(agent.uid)}),
        (_("Received"), "inbox", found.received, {"receiver": str(agent.uid)}),
    ]
    return [
        Tile(
            title=title,
            icon=icon,
            totals=_totals(own),
            lines=list(_lines(own, kinds))[:KINDS_SHOWN],
            more=max(0, len([each for each in own if each.kind]) - KINDS_SHOWN),
            why=f"{list_url(EconomicEvent)}?{urlencode(asked | _days(period))}",
        )
        for title, icon, own, asked in said
        if own
    ]


def _totals(own: Sequence[Amount]) -> list[str]:
    """Return the sums by unit; of pieces only where all are of one kind, since jars and euros are no sum."""
    is_one_kind = len({each.kind for each in own if each.measure.unit == PIECES}) == 1
    return [
        in_words(each, _("pieces")) for each in by_unit(own) if each.unit != PIECES or (is_one_kind and len(own) == 1)
    ]


def _lines(own: Iterable[Amount], kinds: Mapping[int, ResourceSpecification]) -> Iterable[Line]:
    for each in own:
        if each.kind is not None:
            kind = kinds.get(each.kind)
            name, url = (str(kind), record_url(kind)) if kind else (_("something not shared with you"), "")
            yield Line(in_words(each.measure), name, url)


def _days(period: Period) -> dict[str, str]:
    """Return the filter of the ledger that shows the same days."""
    if period.first is None or period.last is None:
        return {}
    return {"occurredAt.from": period.first.isoformat(), "occurredAt.until": period.last.isoformat()}
