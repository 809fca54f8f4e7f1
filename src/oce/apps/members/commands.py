"""Wishes about roles and memberships. A membership keeps what the vocabulary says of it: that somebody is a member."""

from __future__ import annotations

from typing import Any

from oce.apps.agents import queries as agents
from oce.apps.agents import rules as agents_rules
from oce.apps.agents.commands import RELATIONSHIPS_LOCK, change_relationship, delete_relationship, relate_agents
from oce.apps.agents.models import AgentRelationship, AgentRelationshipRole
from oce.apps.members import queries, rules
from oce.apps.members.models import STANDARD_ROLES, Membership, Role
from oce.kit import locks, writing
from oce.kit.actor import SYSTEM, Actor
from oce.kit.commands import command, tell
from oce.kit.synonyms import in_use
from oce.kit.writing import Values
from oce.vf.refusals import Refusal, gettext_noop, refuse_if


@command(creates=Role, says=gettext_noop("added the role “{subject}”"))
def make_role(_actor: Actor, values: Values) -> Role:
    """Add a role, for one group or for all."""
    return writing.create(Role, values, _refuse_owner)


@command(changes=Role, says=gettext_noop("changed the role “{subject}”"))
def change_role(_actor: Actor, role: Role, revision_id: str | None, values: Values) -> Role:
    """Change a role of this house; everybody who has it may do from now on what it says."""
    said = (role.name, role.note, role.group, role.may_record, role.may_coordinate)

    def refuse(after: Values) -> list[Refusal]:
        is_same = said == tuple(after[name] for name in ("name", "note", "group", "may_record", "may_coordinate"))
        return [] if is_same else rules.refuse_changed_standard(role, is_standard=_is_standard(role))

    return writing.change(role, revision_id, values, _refuse_owner, refuse)


@command(deletes=Role, says=gettext_noop("deleted the role “{subject}”"))
def delete_role(_actor: Actor, role: Role, revision_id: str | None) -> None:
    """Delete a role that nobody has."""
    refuse_if(rules.refuse_changed_standard(role, is_standard=_is_standard(role)))
    writing.delete(role, revision_id)


@command(creates=Membership, says=gettext_noop("took in {subject}"))
def make_membership(_actor: Actor, values: Values) -> Membership:
    """Give somebody a role in a group; that they are a member of it becomes true for the same time."""
    locks.alone(RELATIONSHIPS_LOCK)
    membership = writing.create(Membership, values, _refuse_membership)
    membership.relationship = _said(membership)
    membership.save(update_fields=["relationship"])
    tell(subject=str(membership))
    return membership


@command(changes=Membership, says=gettext_noop("changed the membership {subject}"))
def change_membership(_actor: Actor, membership: Membership, revision_id: str | None, values: Values) -> Membership:
    """Change the role, or since when and until when somebody has it."""

    def refuse(after: Values) -> list[Refusal]:
        return _refuse_membership(after, but=membership.pk)

    locks.alone(RELATIONSHIPS_LOCK)
    changed = writing.change(membership, revision_id, values, refuse)
    if changed.relationship is not None:
        change_relationship(SYSTEM, changed.relationship, None, _time(changed))
        tell(subject=str(changed))
    return changed


@command(deletes=Membership, says=gettext_noop("deleted the membership {subject}"))
def delete_membership(_actor: Actor, membership: Membership, revision_id: str | None) -> None:
    """Delete a membership that should never have been written down; one that is over is ended instead."""
    relationship, subject = membership.relationship, str(membership)
    writing.delete(membership, revision_id)
    if relationship is not None:
        delete_relationship(SYSTEM, relationship, None)
        tell(subject=subject)


def _is_standard(role: Role) -> bool:
    return role.address.startswith(STANDARD_ROLES)


def _said(membership: Membership) -> AgentRelationship:
    """Return the relationship that says the same in the words of the vocabulary, written down where it was not yet."""
    said = queries.unkept_relationship(membership.member, membership.group, _during(_time(membership)))
    if said is not None:
        return change_relationship(SYSTEM, said, None, _time(membership))
    role = in_use(AgentRelationshipRole.every()).filter(kind_of_role="member").first()
    ends: dict[str, Any] = {"subject": membership.member, "relationship": role, "object": membership.group}
    # The membership was allowed or will be refused: what follows from it is the house's own doing.
    return relate_agents(SYSTEM, ends | _time(membership))


def _time(membership: Membership) -> dict[str, Any]:
    return {"has_beginning": membership.has_beginning, "has_end": membership.has_end}


def _during(values: Values) -> agents.Lasting:
    return agents.Lasting(values.get("has_beginning"), values.get("has_end"))


def _refuse_owner(values: Values) -> list[Refusal]:
    group = values.get("group")
    return [] if group is None else rules.refuse_role_of_a_person(group, group.agent_class)


def _refuse_membership(values: Values, but: int | None = None) -> list[Refusal]:
    """Return what the rules say to a membership; where an end or the role is missing, that was refused before."""
    member, group, role = (values.get(name) for name in ("member", "group", "role"))
    refusals = agents_rules.refuse_backwards(values.get("has_beginning"), values.get("has_end"))
    if member is None or group is None or role is None or refusals:
        return refusals
    refusals = agents_rules.refuse_oneself(member, group)
    refusals += agents_rules.refuse_person_as_group("member", member.agent_class, group.agent_class)
    during = _during(values)
    others = queries.memberships_during(member, group, during, but)
    refusals += rules.refuse_second_membership(member, group, is_known=others.exists())
    return refusals + rules.refuse_foreign_role(role, role.group, group, agents.wholes_of(group, during))
