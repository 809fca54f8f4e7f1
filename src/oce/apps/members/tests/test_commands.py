"""Roles and memberships are written down, and say in the vocabulary's words that somebody is a member."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from oce.apps.agents.models import AgentRelationship
from oce.apps.members.commands import (
    change_membership,
    change_role,
    delete_membership,
    delete_role,
    make_membership,
    make_role,
)
from oce.apps.members.models import COORDINATOR, MEMBER, Membership, Role
from oce.apps.members.queries import standard_role
from oce.kit.testing.factories import ACTOR, organization, person, relate
from oce.vf.refusals import Refused

SPRING = datetime(2026, 3, 1, tzinfo=UTC)
AUTUMN = datetime(2026, 9, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def _take_in(member: Any, group: Any, role: Any = None, **values: Any) -> Membership:
    ends = {"member": member, "group": group, "role": role or standard_role(MEMBER)}
    return make_membership(ACTOR, ends | values)


def _refused(wish: Any, *args: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        wish(*args)
    return [refusal.code for refusal in refused.value.refusals]


def test_a_membership_says_in_the_words_of_the_vocabulary_that_somebody_is_a_member() -> None:
    ana, bakery = person("Ana"), organization("Bakery")
    membership = _take_in(ana, bakery, has_beginning=SPRING)
    said = AgentRelationship.every().get()
    assert (said.subject, said.object, said.has_beginning) == (ana, bakery, SPRING)
    assert said.relationship.kind_of_role == "member"
    assert membership.relationship == said
    assert str(membership) == "Ana, Member of Bakery"


def test_what_was_said_before_is_not_said_twice() -> None:
    ana, bakery = person("Ana"), organization("Bakery")
    said = relate(ana, "member", bakery)
    assert _take_in(ana, bakery).relationship == said
    assert AgentRelationship.every().count() == 1


def test_the_end_of_a_membership_ends_what_the_vocabulary_says() -> None:
    membership = _take_in(person(), organization(), has_beginning=SPRING)
    changed = change_membership(
        ACTOR, membership, membership.revision_id, {"role": standard_role(COORDINATOR), "has_end": AUTUMN}
    )
    assert changed.role.name == "Coordinator"
    assert AgentRelationship.every().get().has_end == AUTUMN


def test_a_deleted_membership_was_never_said() -> None:
    membership = _take_in(person(), organization())
    delete_membership(ACTOR, membership, membership.revision_id)
    assert not Membership.every().exists()
    assert not AgentRelationship.every().exists()


def test_nobody_has_two_roles_in_a_group_at_a_time() -> None:
    ana, bakery = person("Ana"), organization("Bakery")
    _take_in(ana, bakery, has_end=AUTUMN)
    assert _refused(_take_in, ana, bakery, standard_role(COORDINATOR)) == ["members.already_a_member"]
    assert _take_in(ana, bakery, standard_role(COORDINATOR), has_beginning=AUTUMN).pk


def test_a_role_of_one_group_is_for_its_parts_and_for_no_other_group() -> None:
    bakery, oven, mill = organization("Bakery"), organization("Oven"), organization("Mill")
    relate(oven, "part_of", bakery)
    night = make_role(ACTOR, {"name": "Night shift", "group": bakery, "may_record": True})
    assert _refused(_take_in, person(), mill, night) == ["members.role_of_another_group"]
    assert _take_in(person(), oven, night).role == night


def test_the_roles_that_every_house_has_stay_as_they_are() -> None:
    member = standard_role(MEMBER)
    assert _refused(change_role, ACTOR, member, None, {"may_coordinate": True}) == ["members.standard_role"]
    assert _refused(delete_role, ACTOR, member, None) == ["members.standard_role"]


def test_a_role_of_ones_own_changes_and_goes() -> None:
    night = make_role(ACTOR, {"name": "Night shift"})
    changed = change_role(ACTOR, night, night.revision_id, {"may_record": True})
    assert changed.may_record
    delete_role(ACTOR, changed, changed.revision_id)
    assert not Role.every().filter(name="Night shift").exists()


def test_a_role_is_made_for_a_group_and_not_for_a_person() -> None:
    assert _refused(make_role, ACTOR, {"name": "Night shift", "group": person()}) == ["members.role_of_a_person"]
