"""The groups somebody can look at, each with the groups within it, as the switch at the head of every page offers them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q

from oce.apps.agents.models import Agent, AgentClass, AgentRelationship, RoleKind
from oce.apps.agents.queries import Lasting, lasting
from oce.kit import clock
from oce.kit.actor import seen_by
from oce.kit.pages.scopes import Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from oce.kit.actor import Actor

# A list of more is no switch; whoever belongs to more groups finds them by the search.
GROUPS_MAX = 200


def groups(actor: Actor) -> Iterator[Group]:
    """Yield the groups the actor belongs to (all, for who belongs to none), each before those that are part of it."""
    own, parts = _ties(actor)
    organisations = seen_by(actor, Agent.every()).filter(agent_class=AgentClass.ORGANIZATION).order_by("name", "pk")
    reached = {part for whole in own for part in _within(whole, parts)}
    found = {each.pk: each for each in organisations.filter(pk__in=reached)[:GROUPS_MAX]} if own else {}
    found = found or {each.pk: each for each in organisations[:GROUPS_MAX]}
    below = {part for whole in found for part in _within(whole, parts) if part != whole}
    tops = sorted((key for key in found if key not in below), key=lambda key: found[key].name.casefold())
    yielded: set[int] = set()
    # Groups that are part of each other have no top; whatever is left begins its own tree.
    for top in (*tops, *sorted(found)):
        yield from _tree(top, 0, found, parts, yielded)


def _ties(actor: Actor) -> tuple[set[int], Mapping[int, list[int]]]:
    """Return the keys of the groups the actor's agent is a member of today, and those of the parts of each whole."""
    own: set[int] = set()
    parts: dict[int, list[int]] = defaultdict(list)
    now = clock.now()
    wanted = Q(relationship__kind_of_role=RoleKind.PART_OF)
    if actor.agent is not None:
        wanted |= Q(relationship__kind_of_role=RoleKind.MEMBER, subject=actor.agent)
    ties = AgentRelationship.every().filter(wanted, lasting(Lasting(now, now))).order_by("pk")
    for subject, other, kind in ties.values_list("subject", "object", "relationship__kind_of_role"):
        if kind == RoleKind.MEMBER:
            own.add(other)
        else:
            parts[other].append(subject)
    return own, parts


def _within(whole: int, parts: Mapping[int, list[int]]) -> frozenset[int]:
    """Return the keys of a group and of all that is part of it, at any depth; circles end."""
    reached: set[int] = set()
    waiting = [whole]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting.extend(parts.get(key, ()))
    return frozenset(reached)


def _tree(
    key: int, depth: int, found: Mapping[int, Agent], parts: Mapping[int, list[int]], yielded: set[int]
) -> Iterator[Group]:
    if key in yielded or key not in found:
        return
    yielded.add(key)
    yield Group(key, str(found[key].uid), found[key].name, depth, _within(key, parts))
    for part in sorted(parts.get(key, ()), key=lambda part: found[part].name.casefold() if part in found else ""):
        yield from _tree(part, depth + 1, found, parts, yielded)
