"""Who holds which power over whom: what roles in groups let people do, in the groups and in all their parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Value

from oce.apps.agents import queries as agents
from oce.apps.agents.models import Agent, AgentRelationship
from oce.apps.members.accounts import Account
from oce.apps.members.models import Membership
from oce.kit import clock
from oce.kit.actor import Power

if TYPE_CHECKING:
    from django.db.models import QuerySet


class MembersRoll:
    """The roll of this house."""

    def rights_of(self, person: int) -> dict[Power, frozenset[int]]:
        """Return the powers of a person now, each with the agents it is held over; by one query.

        Whoever may do something for a group may do it for themselves, too: log what they did, as a member does.
        """
        held: dict[Power, set[int]] = defaultdict(set)
        for agent, may_record, may_coordinate in _reached_by(person):
            held[Power.READ].add(agent)
            if may_record:
                held[Power.RECORD].update((agent, person))
            if may_coordinate:
                held[Power.COORDINATE].add(agent)
        return {power: frozenset(agents_) for power, agents_ in held.items()}

    def powers_of(self, person: int) -> frozenset[Power]:
        """Return the powers that a person with an account holds everywhere: all for who looks after the whole house."""
        accounts = Account.objects.filter(person=person, is_active=True)
        is_administrator = accounts.values_list("is_administrator", flat=True).first()
        if is_administrator is None:
            return frozenset()
        return frozenset(Power) if is_administrator else frozenset({Power.READ})

    def leaders_of(self, agents_: Collection[int], beside: Collection[int] = ()) -> list[int]:
        """Return who coordinates one of these agents now, themselves or a group that it is part of.

        Groups `beside` which they are led, with those that these are part of, are left out.
        """
        now = clock.now()
        during = agents.Lasting(now, now)
        led = _with_wholes(agents_, during) - _with_wholes(beside, during)
        leading = Membership.objects.filter(agents.lasting(during), group__in=led, role__may_coordinate=True)
        return list(leading.order_by("id").values_list("member_id", flat=True).distinct())


def _with_wholes(groups: Collection[int], during: agents.Lasting) -> set[int]:
    found = set(groups)
    for group in Agent.objects.filter(pk__in=groups):
        found.update(agents.wholes_of(group, during).values_list("pk", flat=True))
    return found


def _reached_by(person: int) -> list[tuple[int, bool, bool]]:
    """Return the groups in which a person has a role, and all their parts, each with whether one may record and coordinate.

    Who is said to be a member, without a role that says more, has the role of a member.
    """
    now = clock.now()
    lasting = agents.lasting(agents.Lasting(now, now))
    roles = Membership.objects.filter(lasting, member=person)
    said = AgentRelationship.objects.filter(
        lasting, subject=person, relationship__kind_of_role="member", membership=None
    )
    parts = AgentRelationship.objects.filter(lasting, relationship__kind_of_role="part_of")
    yes, no = Value(True), Value(False)
    granted, of_roles = _compiled(roles.values_list("group_id", "role__may_record", "role__may_coordinate"))
    member, of_said = _compiled(said.annotate(record=yes, lead=no).values_list("object_id", "record", "lead"))
    edges, of_parts = _compiled(parts.values_list("subject_id", "object_id"))
    # UNION, not UNION ALL: what was reached is not reached again, so that even a circle ends.
    statement = (
        f"WITH RECURSIVE part(part, whole) AS ({edges}), granted(agent, record, lead) AS ({granted} UNION {member}),"  # noqa: S608 (our statements, values apart)
        " reached(agent, record, lead) AS (SELECT agent, record, lead FROM granted"
        " UNION SELECT part.part, reached.record, reached.lead FROM part JOIN reached ON part.whole = reached.agent)"
        " SELECT agent, record, lead FROM reached"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*of_parts, *of_roles, *of_said])
        return [(agent, bool(record), bool(lead)) for agent, record, lead in cursor.fetchall()]


def _compiled(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    return rows.order_by().query.sql_with_params()
