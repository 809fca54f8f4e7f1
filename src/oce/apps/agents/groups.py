"""The groups somebody can look at, each with the groups within it, as the switch at the head of every page offers them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from oce.apps.agents.models import Agent, AgentClass, AgentRelationship, RoleKind
from oce.apps.agents.queries import Lasting, lasting
from oce.kit import clock
from oce.kit.actor import seen_by
from oce.kit.pages.scopes import Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import QuerySet

    from oce.kit.actor import Actor

# A list of more is no switch; whoever belongs to more groups finds them by the search.
GROUPS_MAX = 200


def groups(actor: Actor) -> Iterator[Group]:
    """Yield the groups the actor belongs to (all, for who belongs to none), each before those that are part of it."""
    organisations = seen_by(actor, Agent.every()).filter(agent_class=AgentClass.ORGANIZATION)
    own = _memberships(actor)
    found = {
        each.pk: each for each in organisations.filter(pk__in=own) or organisations.order_by("name", "pk")[:GROUPS_MAX]
    }
    parts = _parts()
    below = {part for whole in found for part in _within(whole, parts) if part != whole}
    if own:
        found |= {each.pk: each for each in organisations.filter(pk__in=below)[:GROUPS_MAX]}
    tops = sorted((key for key in found if key not in below), key=lambda key: found[key].name.casefold())
    yielded: set[int] = set()
    # Groups that are part of each other have no top; whatever is left begins its own tree.
    for top in (*tops, *sorted(found)):
        yield from _tree(top, 0, found, parts, yielded)


def _memberships(actor: Actor) -> list[int]:
    """Return the keys of the groups the actor's agent is a member of today."""
    if actor.agent is None:
        return []
    return list(_today(RoleKind.MEMBER).filter(subject=actor.agent).values_list("object", flat=True)[:GROUPS_MAX])


def _parts() -> Mapping[int, list[int]]:
    """Return the keys of the parts of each whole."""
    found: dict[int, list[int]] = defaultdict(list)
    for part, whole in _today(RoleKind.PART_OF).order_by("pk").values_list("subject", "object"):
        found[whole].append(part)
    return found


def _today(kind: RoleKind) -> QuerySet[AgentRelationship]:
    now = clock.now()
    return AgentRelationship.every().filter(lasting(Lasting(now, now)), relationship__kind_of_role=kind)


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
