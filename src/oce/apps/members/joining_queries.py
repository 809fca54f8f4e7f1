"""Questions about joining: how a group takes people in, who asked, and who may see that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.apps.agents.models import Agent
from oce.apps.agents.queries import Lasting
from oce.apps.agents.queries import lasting as lasting_during
from oce.apps.members.joining import Invitation, Joining, JoinRequest, State, Style
from oce.apps.members.models import Membership
from oce.apps.members.queries import account_of, memberships_during
from oce.kit import clock
from oce.kit.actor import Actor, Power, is_seen_by, seen_by
from oce.kit.writing import refuse_unknown
from oce.vf.refusals import Refusal

if TYPE_CHECKING:
    from django.db.models import QuerySet

OPEN = (State.NEW, State.TALKING)
GROUPS_SHOWN_MAX = 100


def person_of(actor: Actor) -> Agent:
    """Return the person of the one who asks.

    Raises:
        Refused: `members.no_account`.
    """
    return account_of(actor).person


def joining_of(group: Agent) -> Joining:
    """Return how a group takes people in; where it never said so, by invitation."""
    return Joining.objects.filter(group=group).first() or Joining(group=group)


def refuse_unseen(actor: Actor, group: Agent) -> list[Refusal]:
    """A group that one may not see is as one that does not exist."""
    is_group = group.agent_class != "Person" and is_seen_by(actor, group)
    return [] if is_group else [refuse_unknown(Agent, str(group.uid), "group")]


def is_member(person: Agent, group: Agent) -> bool:
    """Return whether somebody has a role in a group now."""
    now = clock.now()
    return memberships_during(person, group, Lasting(now, now)).exists()


def is_member_by_key(person: int, group: Agent) -> bool:
    """Return whether the person of a key has a role in a group now."""
    now = clock.now()
    return Membership.every().filter(lasting_during(Lasting(now, now)), member=person, group=group).exists()


def member_count(group: Agent) -> int:
    """Return how many have a role in a group now."""
    now = clock.now()
    return Membership.every().filter(lasting_during(Lasting(now, now)), group=group).count()


def groups_taking_in(actor: Actor) -> list[tuple[Agent, Joining]]:
    """Return the groups that the actor sees, is no member of, and that take people in, by name, each with how."""
    open_ones = {each.group_id: each for each in Joining.objects.exclude(style=Style.INVITATION)}
    now = clock.now()
    mine = Membership.every().filter(lasting_during(Lasting(now, now)), member=actor.agent).values("group")
    groups = seen_by(actor, Agent.every().filter(pk__in=open_ones)).exclude(pk__in=mine).order_by("name", "id")
    return [(group, open_ones[group.pk]) for group in groups[:GROUPS_SHOWN_MAX]]


def has_asked(person: Agent, group: Agent) -> bool:
    """Return whether a request of somebody to a group waits for its answer."""
    return JoinRequest.objects.filter(applicant=person, group=group, state__in=OPEN).exists()


def coordinated_by(actor: Actor) -> QuerySet[Agent]:
    """Return the groups for which the actor may take people in, by name."""
    groups = Agent.every().exclude(agent_class="Person")
    if not (actor.sees_everything or Power.COORDINATE in actor.powers):
        groups = groups.filter(pk__in=actor.rights.get(Power.COORDINATE, frozenset()))
    return groups.order_by("name", "id")


def requests_at_desk(actor: Actor) -> QuerySet[JoinRequest]:
    """Return the requests to the groups that the actor coordinates, newest first."""
    return _told(JoinRequest.objects.filter(group__in=coordinated_by(actor).order_by().values("pk")))


def requests_of(actor: Actor) -> QuerySet[JoinRequest]:
    """Return the requests that the actor has made, newest first."""
    if actor.agent is None:
        return JoinRequest.objects.none()
    return _told(JoinRequest.objects.filter(applicant=actor.agent))


def is_for_coordinators(actor: Actor, request: JoinRequest) -> bool:
    """Return whether the actor may answer a request."""
    return actor.may(Power.COORDINATE, request.group_id)


def invitations_by(actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations to the groups that the actor coordinates, newest first."""
    groups = coordinated_by(actor).order_by().values("pk")
    return Invitation.objects.filter(group__in=groups).select_related("group", "role").order_by("-id")


def groups_alone_coordinated_by(person: Agent) -> list[Agent]:
    """Return the groups in which somebody is the only one now who may coordinate, and that have other members."""
    now = clock.now()
    lasting = Membership.every().filter(lasting_during(Lasting(now, now)))
    mine = set(lasting.filter(member=person, role__may_coordinate=True).values_list("group", flat=True))
    others = lasting.exclude(member=person).filter(group__in=mine)
    led = set(others.filter(role__may_coordinate=True).values_list("group", flat=True))
    peopled = set(others.values_list("group", flat=True))
    return list(Agent.every().filter(pk__in=(mine - led) & peopled).order_by("name"))


def _told(requests: QuerySet[JoinRequest]) -> QuerySet[JoinRequest]:
    return requests.select_related("group", "applicant", "taken_by").order_by("-id")
