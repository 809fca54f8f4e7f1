"""Wishes about invitations: making a link that takes people in, taking it back, and accepting it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F

from oce.apps.agents import queries as agents
from oce.apps.members import joining_queries, rules
from oce.apps.members.acting import fingerprint
from oce.apps.members.joining import Invitation
from oce.apps.members.joining_commands import taken_in
from oce.kit import clock
from oce.kit.access import refuse_unentitled
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, tell
from oce.vf.refusals import Refusal, gettext_noop, refuse_if

if TYPE_CHECKING:
    from oce.apps.agents.models import Agent
    from oce.apps.members.models import Membership, Role


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation with its code, which is known at this moment only."""

    invitation: Invitation
    code: str


@command(says=gettext_noop("invited {uses} people to {group} as {role}"), needs=Power.COORDINATE)
def invite(actor: Actor, group: Agent, role: Role, *, days: int = 14, uses: int = 1, note: str = "") -> Invited:
    """Make a link that takes so many people into a group within so many days."""
    during = agents.Lasting(clock.now(), None)
    refuse_if(
        refuse_unentitled(actor, Power.COORDINATE, [group.pk]),
        rules.refuse_role_of_a_person(group, group.agent_class),
        rules.refuse_foreign_role(role, role.group, group, agents.wholes_of(group, during)),
        rules.refuse_days(days),
        rules.refuse_uses(uses),
    )
    code, now = secrets.token_urlsafe(24), clock.now()
    invitation = Invitation.objects.create(
        group=group,
        role=role,
        note=note.strip()[:200],
        digest=fingerprint(code),
        made_by=actor.name,
        made=now,
        expires=now + timedelta(days=days),
        uses_max=uses,
    )
    tell(group.address, group=str(group), role=str(role), uses=uses)
    return Invited(invitation, code)


@command(says=gettext_noop("took an invitation to {group} back"), needs=Power.COORDINATE)
def revoke_invitation(actor: Actor, invitation: Invitation) -> Invitation:
    """Let a link take nobody in any more."""
    refuse_if(refuse_unentitled(actor, Power.COORDINATE, [invitation.group_id]))
    invitation.revoked = clock.now()
    invitation.save(update_fields=["revoked"])
    tell(invitation.group.address, group=str(invitation.group))
    return invitation


@command(says=gettext_noop("came into {group} by invitation"), needs=Power.READ)
def accept_invitation(actor: Actor, code: str) -> Membership:
    """Become a member of the group that a code invites to, in the role it was made for."""
    person = joining_queries.person_of(actor)
    invitation = found(code)
    group = invitation.group
    refuse_if(rules.refuse_member_already(person, group, is_member=joining_queries.is_member(person, group)))
    # Of two who come with the last use at the same moment, one is let in.
    used = Invitation.objects.filter(pk=invitation.pk, uses__lt=F("uses_max")).update(uses=F("uses") + 1)
    refuse_if(rules.refuse_invitation(is_known=True, is_over=False, is_used_up=not used))
    tell(group.address, group=str(group))
    return taken_in(person, group, invitation.role)


def found(code: str) -> Invitation:
    """Return the invitation of a code that can be used now.

    Raises:
        Refused: `members.unknown_invitation`, `members.invitation_over` or `members.invitation_used`.
    """
    invitation = Invitation.objects.select_related("group", "role").filter(digest=fingerprint(code)).first()
    if invitation is None:
        refuse_if(refuse_unusable(None))
    refuse_if(refuse_unusable(invitation))
    return invitation  # type: ignore[return-value]  # refused above where there is none


def refuse_unusable(invitation: Invitation | None) -> list[Refusal]:
    """Return why an invitation takes nobody in; nothing where it does."""
    if invitation is None:
        return rules.refuse_invitation(is_known=False, is_over=False, is_used_up=False)
    is_over = invitation.revoked is not None or invitation.expires <= clock.now()
    return rules.refuse_invitation(is_known=True, is_over=is_over, is_used_up=invitation.uses >= invitation.uses_max)
