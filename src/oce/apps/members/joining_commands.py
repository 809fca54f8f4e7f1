"""Wishes about joining: how a group takes people in, and joining one that is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from oce.apps.members import joining_queries, rules
from oce.apps.members.commands import make_membership
from oce.apps.members.joining import Joining, Style
from oce.apps.members.models import MEMBER, Membership
from oce.apps.members.queries import standard_role
from oce.kit import clock
from oce.kit.access import refuse_unentitled
from oce.kit.actor import SYSTEM, Actor, Power
from oce.kit.commands import command, tell
from oce.vf.refusals import gettext_noop, refuse_if

if TYPE_CHECKING:
    from oce.apps.agents.models import Agent
    from oce.apps.members.models import Role


@command(says=gettext_noop("decided how people join {group}"), needs=Power.COORDINATE)
def decide_joining(actor: Actor, group: Agent, style: str, questions: Sequence[str] = (), welcome: str = "") -> Joining:
    """Let a group take people in at once, by request with questions of its own, or by invitation only."""
    asked = [question.strip() for question in questions if question.strip()]
    refuse_if(
        refuse_unentitled(actor, Power.COORDINATE, [group.pk]),
        rules.refuse_role_of_a_person(group, group.agent_class),
        rules.refuse_unknown_style(style, Style.values),
        rules.refuse_questions(asked),
    )
    said = {"style": style, "questions": asked, "welcome": welcome.strip()}
    joining, _ = Joining.objects.update_or_create(group=group, defaults=said)
    tell(group.address, group=str(group))
    return joining


@command(says=gettext_noop("joined {group}"), needs=Power.READ)
def join(actor: Actor, group: Agent) -> Membership:
    """Become a member of a group that everybody may join."""
    person = joining_queries.person_of(actor)
    refuse_if(joining_queries.refuse_unseen(actor, group))
    refuse_if(rules.refuse_style(group, joining_queries.joining_of(group).style, Style.OPEN))
    refuse_if(rules.refuse_member_already(person, group, is_member=joining_queries.is_member(person, group)))
    tell(group.address, group=str(group))
    return taken_in(person, group, standard_role(MEMBER))


def taken_in(person: Agent, group: Agent, role: Role) -> Membership:
    """Return the new membership of a person, from now on; whoever calls this has asked whether it may be."""
    values = {"member": person, "group": group, "role": role, "has_beginning": clock.now()}
    return make_membership(SYSTEM, values)
