"""Questions about roles and memberships: who may do what, for whom, at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext

from oce.apps.agents import queries as agents
from oce.apps.agents.models import Agent, AgentRelationship
from oce.apps.members.accounts import Account, House
from oce.apps.members.joining import Joining, Style
from oce.apps.members.models import Membership, Role
from oce.apps.members.rules import refuse_without_account
from oce.kit import clock
from oce.kit.actor import Actor
from oce.kit.kept import Kept
from oce.kit.synonyms import in_use
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from django.db.models import QuerySet

# The end of the addresses of the people of a demo, at which nobody can receive anything.
DEMO_ADDRESSES = "@demo.example"


def standard_role(address: str) -> Role:
    """Return one of the three roles that every house has, by its address."""
    return Role.objects.get(iri=address)


def roles_everywhere() -> QuerySet[Role]:
    """Return the roles that every group may use, what most people get first."""
    return in_use(Role.every()).filter(group=None).order_by("may_coordinate", "-may_record", "name")


def roles_for(group: Agent) -> QuerySet[Role]:
    """Return the roles that a group may use: those of every group, its own, and those of groups it is a part of."""
    now = clock.now()
    wholes = agents.wholes_of(group, agents.Lasting(now, now)).values("pk")
    owned = Q(group=None) | Q(group=group) | Q(group__in=wholes)
    return in_use(Role.every()).filter(owned).order_by("may_coordinate", "-may_record", "name")


def memberships_during(
    member: Agent, group: Agent, during: agents.Lasting, but: int | None = None
) -> QuerySet[Membership]:
    """Return the memberships of somebody in a group, but the one of a key, that last at some time of a stretch."""
    others = Membership.every() if but is None else Membership.every().exclude(pk=but)
    return others.filter(agents.lasting(during), member=member, group=group)


def unkept_relationship(member: Agent, group: Agent, during: agents.Lasting) -> AgentRelationship | None:
    """Return the relationship saying that somebody is a member during a stretch, which no membership keeps yet, or None."""
    said = AgentRelationship.every().filter(
        agents.lasting(during),
        subject=member,
        object=group,
        relationship__kind_of_role="member",
        membership=None,
    )
    return said.first()


def account_at(email: str) -> Account | None:
    """Return the account of an e-mail address, or None."""
    return Account.objects.filter(email=email.lower()).first()


def account_of(actor: Actor) -> Account:
    """Return the account of the one who asks.

    Raises:
        Refused: `members.no_account`.
    """
    found = Account.objects.select_related("person").filter(person=actor.agent, is_active=True).first()
    if actor.agent is None or found is None:
        raise Refused(*refuse_without_account())
    return found


def is_last_administrator(account: Account) -> bool:
    """Return whether nobody else looks after the whole house."""
    others = Account.objects.filter(is_administrator=True, is_active=True).exclude(pk=account.pk)
    return account.is_administrator and not others.exists()


def has_accounts() -> bool:
    """Return whether anybody has an account yet."""
    return Account.objects.exists()


def house() -> House:
    """Return what was said of this house; an empty answer where nobody said anything."""
    return House.objects.filter(pk=House.ONE).first() or House()


# It stands at the head of every page.
kept_name: Kept[str] = Kept(lambda: house().name)


def house_name() -> str:
    """Return what the network is called."""
    return kept_name() or gettext("Open Cooperative Ecosystem")


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody of a demo whom a visitor may try to be."""

    account: Account
    name: str
    roles: tuple[str, ...]


def people_of_demo() -> list[Card]:
    """Return those whose addresses say that they belong to the demo, in the order of their accounts, with what they are."""
    accounts = Account.objects.select_related("person").filter(email__endswith=DEMO_ADDRESSES, is_active=True)
    found = list(accounts.order_by("id"))
    roles: dict[int, list[str]] = {}
    memberships = Membership.every().filter(member__in=[account.person_id for account in found])
    for each in memberships.select_related("role", "group"):
        words = gettext("{role} of {group}").format(role=each.role, group=each.group)
        roles.setdefault(each.member_id, []).append(words)
    return [Card(account, str(account.person), tuple(roles.get(account.person_id, ()))) for account in found]


def takes_people_in() -> bool:
    """Return whether some group lets strangers join or ask."""
    return Joining.objects.exclude(style=Style.INVITATION).exists()
