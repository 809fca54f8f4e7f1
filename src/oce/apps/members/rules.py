"""What is forbidden about roles and memberships."""

from __future__ import annotations

from collections.abc import Collection

from oce.vf.refusals import Refusal, gettext_noop


def refuse_second_membership(member: object, group: object, *, is_known: bool) -> list[Refusal]:
    """Somebody has one role at a time in a group."""
    if not is_known:
        return []
    known = gettext_noop("{member} already has a role in {group} at that time. Change that membership instead.")
    return [Refusal("members.already_a_member", known, "member", member=str(member), group=str(group))]


def refuse_foreign_role(
    role: object, made_for: object | None, group: object, wholes: Collection[object]
) -> list[Refusal]:
    """A role that one group made is for that group and its parts, not for others."""
    if made_for is None or made_for == group or made_for in wholes:
        return []
    foreign = gettext_noop("The role “{role}” belongs to {owner}. Choose one of {group}, or one that every group has.")
    return [
        Refusal("members.role_of_another_group", foreign, "role", role=str(role), owner=str(made_for), group=str(group))
    ]


def refuse_changed_standard(role: object, *, is_standard: bool) -> list[Refusal]:
    """The three roles that every house has mean the same everywhere."""
    if not is_standard:
        return []
    standard = gettext_noop("“{role}” is a role that every house has, and stays as it is. Add a role of your own.")
    return [Refusal("members.standard_role", standard, "name", role=str(role))]


def refuse_role_of_a_person(group: object, agent_class: str) -> list[Refusal]:
    """Roles are made for groups."""
    if agent_class != "Person":
        return []
    person = gettext_noop(
        "{group} is a person, and roles are made for groups. Choose a group, or none for every group."
    )
    return [Refusal("members.role_of_a_person", person, "group", group=str(group))]
