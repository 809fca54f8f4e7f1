"""The people of the tables: what they are to the group A, which is a part of P and has nothing to do with B."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from oce.apps.members.commands import make_membership
from oce.apps.members.models import COORDINATOR, MEMBER, OBSERVER
from oce.apps.members.queries import standard_role
from oce.kit.access import acting
from oce.kit.actor import STRANGER, Actor, Power
from oce.kit.testing import factories as make
from oce.kit.testing.actors import actor_of

ROLES = {
    "observer of A": ("A", OBSERVER),
    "member of A": ("A", MEMBER),
    "coordinator of A": ("A", COORDINATOR),
    "coordinator of P": ("P", COORDINATOR),
    "member of B": ("B", MEMBER),
    "coordinator of B": ("B", COORDINATOR),
}
PEOPLE = ("stranger", "visitor", *ROLES, "reading token of A's member", "administrator")


@dataclass(frozen=True, slots=True)
class World:
    """The groups by their letters, and the actors by what they are to A."""

    groups: dict[str, Any]
    actors: dict[str, Actor]


def world() -> World:
    """Return the groups and the people of the tables."""
    groups = {letter: make.organization(f"Group {letter}") for letter in "PAB"}
    make.relate(groups["A"], "part_of", groups["P"])
    persons = {who: make.person(who) for who in PEOPLE}
    for who, (letter, role) in ROLES.items():
        values = {"member": persons[who], "group": groups[letter], "role": standard_role(role)}
        make_membership(make.ACTOR, values)
    actors = {who: actor_of(persons[who]) for who in ("visitor", *ROLES)}
    member = persons["member of A"]
    return World(
        groups,
        {
            "stranger": STRANGER,
            **actors,
            "reading token of A's member": acting(member.pk, "token", scopes=(Power.READ,), powers=(Power.READ,)),
            "administrator": actor_of(persons["administrator"], is_administrator=True),
        },
    )
