"""The page of a group, with what it is for, who belongs to it and what it does; and the page of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oce.apps.agents.models import Agent, AgentClass, AgentRelationship
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.network import queries
from oce.apps.network.pages import drawings
from oce.apps.network.pages.figures import tiles
from oce.apps.network.rules import figures_of_group, figures_of_person, flows, units_of, weeks_until
from oce.apps.resources.models import EconomicResource
from oce.kit import clock
from oce.kit.actor import Power
from oce.kit.measures import in_words
from oce.kit.onlooking import open_where_public
from oce.kit.pages.navigation import list_url, record_url
from oce.kit.pages.panels import panels_of
from oce.kit.pages.pictures import with_others
from oce.kit.pages.portraits import portraits_of
from oce.kit.pages.records import shown_of
from oce.kit.pages.requests import Asked
from oce.kit.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from oce.kit.pages.periods import Period

WEEKS = {"month": 13, "quarter": 13, "year": 53}
WEEKS_MAX = 53
EVENTS_SHOWN = 8
KINDS_SHOWN = 8
AGREEMENTS_SHOWN = 6
MEMBERS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Tie:
    """An agent with the words that tie it to the one whose page it is."""

    agent: Agent
    words: str


@dataclass(frozen=True, slots=True)
class Care:
    """What is in care of one kind."""

    kind: ResourceSpecification
    there: str
    count: int


def agent(request: Asked, record: Record) -> HttpResponse:
    """Show the page of a group or of a person."""
    assert isinstance(record, Agent)  # noqa: S101 (plugged to this class alone)
    is_person = record.agent_class == AgentClass.PERSON
    ties = queries.ties(request.actor, clock.now(), record)
    inside = frozenset({record.pk}) if is_person else queries.parts_of(ties, record.pk)
    weeks = _weeks(request.period)
    found = queries.summed(
        request.actor, queries.about(inside), request.period.begin, request.period.end, work_since=_midnight(weeks[0])
    )
    sums = [each for each in found.sums if each.is_in_period]
    own_ties = [each for each in ties if record.pk in {each.subject_id, each.object_id}]
    ends = {key for each in own_ties for key in (each.subject_id, each.object_id)}
    ends |= {key for each in found.sums for key in (each.provider, each.receiver)}
    agents = queries.seen(request.actor, Agent, ends)
    kinds = queries.seen(request.actor, ResourceSpecification, {each.kind for each in sums})
    counted = figures_of_person(sums, record.pk) if is_person else figures_of_group(sums, inside)
    belonging = _belonging([each for each in own_ties if {each.subject_id, each.object_id} <= agents.keys()], record)
    beside = [tie.agent for tie in (*belonging["members"][:MEMBERS_SHOWN], *belonging["parts"])]
    shown = {
        **shown_of(request, record),
        **belonging,
        "portraits": portraits_of([record, *beside]),
        "is_person": is_person,
        "tiles": tiles(counted, kinds, record, request.period, is_person=is_person),
        "is_cut": found.is_cut,
        "summed_max": queries.SUMMED_MAX,
        "heat": drawings.contributions(found.sums, weeks, drawings.named(agents), of_person=is_person),
        "around_url": f"{record_url(record)}/around",
        "more_url": f"{record_url(record)}/more",
        "steps": [] if is_person or found.sums else list(_steps(record, request, ties)),
        **_river(request, record, flows(sums, inside), inside, agents, kinds),
    }
    return render(request, "network/agent.html", shown)


@open_where_public
@require_safe
def around(request: Asked, record: Record) -> HttpResponse:
    """Show what is around a group or a person: things in care, agreements, what happened last, and what apps add."""
    assert isinstance(record, Agent)  # noqa: S101 (plugged to this class alone)
    is_person = record.agent_class == AgentClass.PERSON
    ties = [] if is_person else queries.ties(request.actor, clock.now(), record)
    inside = queries.parts_of(ties, record.pk)
    care = queries.in_care(request.actor, inside, KINDS_SHOWN)
    kinds = queries.seen(request.actor, ResourceSpecification, {each.kind for each in care})
    shown = {
        "record": record,
        "model": Agent,
        "newest": queries.newest(request.actor, queries.about(inside), EVENTS_SHOWN),
        "newest_url": f"{list_url(EconomicEvent)}?{'provider' if is_person else 'receiver'}={record.uid}",
        "groups": queries.all_groups_of(request.actor, record, clock.now()) if is_person else [],
        "care": _care(care, kinds),
        "care_url": f"{list_url(EconomicResource)}?primaryAccountable={record.uid}",
        "agreements": queries.agreements_between(request.actor, inside, AGREEMENTS_SHOWN),
    }
    return render(request, "network/around.html", shown)


@open_where_public
@require_safe
def more(request: Asked, record: Record) -> HttpResponse:
    """Show what other apps add to the page of a group or a person."""
    shown = {"record": record, "model": Agent, "panels": list(panels_of(request, record))}
    return render(request, "network/more.html", shown)


def _weeks(period: Period) -> list[date]:
    """Return the weeks of the heat-map: those before the end of the period, or before today where that is earlier."""
    today = queries.day_of(clock.now())
    last = min(period.last or today, today)
    return weeks_until(max(last, period.first or last), WEEKS.get(period.length, WEEKS_MAX))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())


def _belonging(ties: Sequence[AgentRelationship], own: Agent) -> dict[str, list[Tie]]:
    """Return who belongs to the agent and to whom it belongs, each with the words of the tie."""
    people: list[Tie] = []
    groups: list[Tie] = []
    wholes: list[Tie] = []
    others: list[Tie] = []
    for each in ties:
        if each.object_id == own.pk and queries.is_grouping(each):
            is_person = each.subject.agent_class == AgentClass.PERSON
            (people if is_person else groups).append(Tie(each.subject, each.relationship.inverse_role_label))
        elif each.subject_id == own.pk and queries.is_grouping(each):
            wholes.append(Tie(each.object, each.relationship.role_label))
        elif each.object_id == own.pk:
            others.append(Tie(each.subject, each.relationship.inverse_role_label or each.relationship.role_label))
        elif each.subject_id == own.pk:
            others.append(Tie(each.object, each.relationship.role_label))
    by_name = {"members": people, "parts": groups, "wholes": wholes, "ties": others}
    return {name: sorted(found, key=lambda tie: str(tie.agent).casefold()) for name, found in by_name.items()}


def _care(found: Iterable[queries.Held], kinds: Mapping[int, ResourceSpecification]) -> list[Care]:
    return [
        Care(kinds[each.kind], in_words(each.there) if each.there else "", each.count)
        for each in found
        if each.kind in kinds
    ]


def _river(
    request: Asked,
    own: Agent,
    flowing: list[Any],
    inside: frozenset[int],
    agents: Mapping[int, Agent],
    kinds: Mapping[int, ResourceSpecification],
) -> dict[str, Any]:
    """Return the picture of what comes in and goes out, in the unit that was chosen or else in the most used."""
    offered = units_of(flowing)
    if not offered:
        return {"river": None, "units": []}
    asked = request.GET.get("unit", "")
    unit = asked if asked in offered else offered[0]
    drawn = drawings.river(flowing, unit, inside, agents, kinds, str(own))
    return {"river": with_others(drawn), "units": drawings.units(offered), "unit": unit}


def _steps(own: Agent, request: Asked, ties: Sequence[AgentRelationship]) -> Iterator[tuple[str, str, bool]]:
    """Yield what founders do first: in words, where, and whether it is done."""
    if not request.actor.may(Power.RECORD):
        return
    members = [each for each in ties if each.object_id == own.pk and queries.is_grouping(each)]
    yield _("Say what the group is for"), f"{record_url(own)}/edit", bool(own.note)
    yield _("Say where it is"), f"{record_url(own)}/edit", own.primary_location_id is not None
    yield _("Bring in the first two members"), f"/agent-relationship/new?object={own.uid}", len(members) > 1
    yield _("Write down what you agreed"), f"/agreement/new?parties={own.uid}", False
    yield _("Log the first thing you did"), f"/events/record?receiver={own.uid}", False
