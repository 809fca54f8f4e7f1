"""Who is what in which group, as a table for those who look after the house, and the wish that changes it for one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from oce.apps.agents.models import Agent, AgentClass, AgentRelationship
from oce.apps.agents.queries import Lasting, lasting
from oce.apps.members.accounts import Account
from oce.apps.members.commands import change_membership, make_membership
from oce.apps.members.models import Membership, Role
from oce.kit import clock
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, tell
from oce.kit.synonyms import in_use
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet

PEOPLE_SHOWN = 30
GROUPS_SHOWN = 12
NO_PERSON = gettext_noop("{name} is not a person. Only people have roles in groups.")


@dataclass(frozen=True, slots=True)
class RolePowers:
    """A role with what it lets one do, and how many people have it now."""

    role: Role
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """A person with what they are in each group of the table: the group, and the word for it."""

    person: Agent
    account: Account | None
    cells: tuple[tuple[Agent, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is in a group now: by a role, or only said to be a member."""

    group: Agent
    membership: Membership | None
    is_said: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """Of whom it was decided, and in how many groups something changed."""

    person: Agent
    count: int


def role_powers() -> list[RolePowers]:
    """Return the roles of this house, those that may most first; one statement."""
    now = clock.now()
    lasting_now = lasting_at("memberships__", Lasting(now, now))
    roles = in_use(Role.every()).select_related("group").annotate(count=Count("memberships", filter=lasting_now))
    ordered = roles.order_by("-may_coordinate", "-may_record", "name", "id")
    return [RolePowers(role, vars(role)["count"]) for role in ordered]


def lasting_at(prefix: str, during: Lasting) -> Q:
    """Return the condition that what is reached by `prefix` lasts at a moment."""
    goes_on = Q(**{f"{prefix}has_end__isnull": True}) | Q(**{f"{prefix}has_end__gt": during.since})
    has_begun = Q(**{f"{prefix}has_beginning__isnull": True}) | Q(**{f"{prefix}has_beginning__lte": during.until})
    return Q(**{f"{prefix}id__isnull": False}) & goes_on & has_begun


def people(sought: str, groups: Collection[int]) -> QuerySet[Agent]:
    """Return the people who have an account or a role, by name; those with a role in one of `groups` where any are given."""
    now = clock.now()
    having = Membership.objects.filter(lasting(Lasting(now, now)))
    has_account = Q(pk__in=Account.objects.values("person"))
    if groups:
        having, has_account = having.filter(group__in=groups), Q()
    condition = Q(pk__in=having.values("member"))
    found = Agent.every().filter(condition | has_account if has_account else condition)
    found = found.filter(agent_class=AgentClass.PERSON).order_by("name", "id")
    return found.filter(name__icontains=sought) if sought else found


def groups_shown(groups: Collection[int]) -> list[Agent]:
    """Return the groups that the table shows: those asked for, or those with most members."""
    now = clock.now()
    found = Agent.every().filter(agent_class=AgentClass.ORGANIZATION)
    found = found.filter(pk__in=groups) if groups else found
    counted = found.annotate(
        count=Count("memberships_here", filter=lasting_at("memberships_here__", Lasting(now, now)))
    )
    return list(counted.order_by("-count", "name", "id")[:GROUPS_SHOWN])


def table(persons: Sequence[Agent], groups: Sequence[Agent]) -> list[Row]:
    """Return a row for each person; three statements however many."""
    now = clock.now()
    here = lasting(Lasting(now, now))
    memberships = Membership.objects.filter(here, member__in=persons, group__in=groups).select_related("role")
    names = {(each.member_id, each.group_id): str(each.role) for each in memberships}
    said = AgentRelationship.objects.filter(
        here, subject__in=persons, object__in=groups, relationship__kind_of_role="member", membership=None
    ).select_related("relationship")
    for each in said:
        names.setdefault((each.subject_id, each.object_id), str(each.relationship))
    accounts = {each.person_id: each for each in Account.objects.filter(person__in=persons)}
    return [
        Row(person, accounts.get(person.pk), tuple((group, names.get((person.pk, group.pk), "")) for group in groups))
        for person in persons
    ]


def standings(person: Agent, groups: Sequence[Agent]) -> list[Standing]:
    """Return what a person is in each of some groups now; two statements."""
    now = clock.now()
    here = lasting(Lasting(now, now))
    held = {
        each.group_id: each
        for each in Membership.every().filter(here, member=person, group__in=groups).select_related("role")
    }
    said = set(
        AgentRelationship.objects.filter(
            here, subject=person, object__in=groups, relationship__kind_of_role="member", membership=None
        ).values_list("object_id", flat=True)
    )
    return [Standing(group, held.get(group.pk), group.pk in said) for group in groups]


@command(says=gettext_noop("decided what {subject} is in {count} groups"), needs=Power.ADMINISTER)
def set_roles(actor: Actor, person: Agent, wanted: Sequence[tuple[Agent, Role | None]]) -> Decided:
    """Give a person a role in each of some groups, or none from now on; what they were stays in their history.

    Raises:
        Refused: `node.no_person`, and all that the commands of memberships refuse.
    """
    if person.agent_class != AgentClass.PERSON:
        raise Refused(Refusal("node.no_person", NO_PERSON, "person", name=str(person)))
    now = clock.now()
    before = {each.group.pk: each.membership for each in standings(person, [group for group, _role in wanted])}
    count = 0
    for group, role in wanted:
        held = before[group.pk]
        if (held and held.role_id) == (role and role.pk):
            continue
        count += 1
        if held is not None:
            values: dict[str, Any] = {"has_end": now} if role is None else {"role": role}
            change_membership(actor, held, None, values)
        elif role is not None:
            make_membership(actor, {"member": person, "group": group, "role": role, "has_beginning": now})
    tell(person.address, subject=str(person), count=count)
    return Decided(person, count)
