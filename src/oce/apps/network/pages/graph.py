"""The picture of the network: who belongs to whom, and what flows between them in the period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from oce.apps.agents.models import Agent, AgentClass, AgentRelationship
from oce.apps.network import queries
from oce.apps.network.rules import Strand, Sum, strands
from oce.kit import clock
from oce.kit.numerals import in_digits
from oce.kit.pages.navigation import record_url
from oce.kit.pages.pictures import MARKS_MAX, Named, Picture, with_others
from oce.kit.pages.requests import Asked

if TYPE_CHECKING:
    from oce.kit.pages.pictures import Cell

FLOWS = "flows"
ALONE_SHOWN = 60


@require_safe
def network(request: Asked) -> HttpResponse:
    """Show who is connected with whom: by what they are to each other, or by what flowed between them."""
    is_flows = request.GET.get("show") == FLOWS
    scope, now = request.scope.agents, clock.now()
    ties, leaves_people_out = queries.ties_drawn(request.actor, now, scope)
    found = queries.summed(
        request.actor,
        queries.about(scope) if scope else queries.EVERYBODY,
        request.period.begin,
        request.period.end,
        most=queries.DRAWN_MAX,
    )
    ends = {key for each in found.sums for key in (each.provider, each.receiver)}
    homes = queries.homes_of(request.actor, ends, now) if leaves_people_out else _homes(ties)
    # Of people who count as their group, only the group is named.
    wanted = {homes.get(key, key) for key in ends} if leaves_people_out else ends
    wanted |= {key for tie in ties for key in (tie.subject_id, tie.object_id)}
    agents = queries.seen(request.actor, Agent, wanted)
    alone = [] if scope or leaves_people_out else queries.unconnected(request.actor, agents.keys(), ALONE_SHOWN)
    hidden = len(wanted - agents.keys())
    is_by_group = leaves_people_out or len(agents) > MARKS_MAX
    drawn = Drawing(agents, ties, found.sums, homes, hidden=hidden, is_by_group=is_by_group)
    shown = {
        "picture": drawn.flows() if is_flows else drawn.relations(alone),
        "is_flows": is_flows,
        "is_by_group": is_by_group,
        "is_cut": found.is_cut,
        "summed_max": queries.DRAWN_MAX,
        "alone": alone if is_flows else [],
    }
    return render(request, "network/network.html", shown)


class Drawing:
    """What the picture shows of some agents; of more than anybody tells apart, people count as their group."""

    def __init__(
        self,
        agents: Mapping[int, Agent],
        ties: Iterable[AgentRelationship],
        sums: Iterable[Sum],
        home: Mapping[int, int],
        *,
        hidden: int = 0,
        is_by_group: bool = False,
    ) -> None:
        """Keep what is known.

        Args:
            agents: those whom the one who asks may see; what ties them to others is left out.
            ties: what they are to each other.
            sums: what flowed between them.
            home: the group that each person lies in, by their keys.
            hidden: how many others there are.
            is_by_group: whether people count as their groups.
        """
        self.agents = agents
        self.ties = [each for each in ties if each.subject_id in agents and each.object_id in agents]
        self.hidden = hidden
        self.home = home
        self.is_by_group = is_by_group
        between = strands(sums, home if is_by_group else {})
        self.strands = {ends: each for ends, each in between.items() if agents.keys() >= set(ends)}

    def relations(self, alone: Iterable[Agent]) -> Picture:
        """Return who is what to whom, as wide as what flowed between them in the period."""
        rows: list[list[Cell]] = []
        for each in self.ties:
            if self.is_by_group and AgentClass.PERSON in {each.subject.agent_class, each.object.agent_class}:
                continue
            is_home = self.home.get(each.subject_id) == each.object_id
            other = None if is_home and not self.is_by_group else self._node(each.object)
            words = str(each) if other is None else _(each.relationship.role_label)
            rows.append([self._node(each.subject), other, words, self._between(each.subject_id, each.object_id)])
        nodes = len({key for each in self.ties for key in (each.subject_id, each.object_id)})
        rows += [[self._node(each), None, _("not connected with anybody"), 0] for each in alone]
        said = ngettext("{count} tie among {agents} agents.", "{count} ties among {agents} agents.", len(self.ties))
        return Picture(
            "graph",
            _("Who is what to whom"),
            self._with_hidden(said.format(count=len(self.ties), agents=nodes)),
            [_("Who"), _("To whom"), _("What they are to each other"), _("Events between them")],
            rows,
            unit=_("events"),
            key="network",
            empty=_("Nobody is connected with anybody yet. Write down a group and who belongs to it."),
        )

    def flows(self) -> Picture:
        """Return between whom something flowed in the period."""
        rows: list[list[Cell]] = [
            [self._node(self.agents[giver]), self._node(self.agents[taker]), _words(each), each.count]
            for (giver, taker), each in sorted(self.strands.items(), key=lambda item: -item[1].count)
        ]
        total = sum(each.count for each in self.strands.values())
        said = ngettext(
            "{count} event went from one to another, along {ways} ways.",
            "{count} events went from one to another, along {ways} ways.",
            total,
        )
        picture = Picture(
            "graph",
            _("What flowed between whom"),
            self._with_hidden(said.format(count=total, ways=len(rows))),
            [_("From"), _("To"), _("What"), _("Events")],
            rows,
            unit=_("events"),
            key="network",
            empty=_("Nothing went from one to another in this period."),
        )
        return with_others(picture)

    def _between(self, one: int, other: int) -> int:
        there, back = (self.strands.get(ends) for ends in ((one, other), (other, one)))
        return (there.count if there else 0) + (back.count if back else 0)

    def _with_hidden(self, said: str) -> str:
        """Return the sentence of the picture, followed by how many are not in it."""
        if not self.hidden:
            return said
        more = ngettext("{count} more is not shared with you.", "{count} more are not shared with you.", self.hidden)
        return f"{said} {more.format(count=self.hidden)}"

    def _node(self, agent: Agent) -> Named:
        is_person = agent.agent_class == AgentClass.PERSON
        group = self.agents.get(self.home.get(agent.pk, 0)) if is_person and not self.is_by_group else None
        return Named(str(agent), record_url(agent), "person" if is_person else "group", str(group) if group else "")


def _homes(ties: Iterable[AgentRelationship]) -> dict[int, int]:
    """Return the group that each person lies in: the one it has belonged to for longest."""
    found: dict[int, int] = {}
    for each in ties:
        if each.subject.agent_class == AgentClass.PERSON and queries.is_grouping(each):
            found.setdefault(each.subject_id, each.object_id)
    return found


def _words(strand: Strand) -> str:
    if not strand.hours:
        return ""
    return _("{hours} hours of work").format(hours=in_digits(strand.hours))
