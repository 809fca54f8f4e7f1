"""What somebody may see and do follows from their roles, in the group and all its parts, for as long as they have them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from oce.apps.agents.commands import change_agent, relate_agents
from oce.apps.agents.models import AgentRelationshipRole
from oce.apps.members.commands import make_membership
from oce.apps.members.models import COORDINATOR, MEMBER, OBSERVER
from oce.apps.members.queries import standard_role
from oce.kit.access import is_led, refuse_unentitled
from oce.kit.actor import Actor, Power
from oce.kit.clock import now
from oce.kit.testing.actors import actor_of
from oce.kit.testing.factories import ACTOR, organization, person, relate
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db


def _in_role(role: str, group: Any, name: str = "Ana", **dates: Any) -> Any:
    somebody = person(name)
    make_membership(ACTOR, {"member": somebody, "group": group, "role": standard_role(role), **dates})
    return somebody


def _powers(actor: Actor, *agents: Any) -> set[Power]:
    return {power for power in Power if actor.may(power, *(each.pk for each in agents))}


def test_a_coordinator_a_member_and_an_observer_may_ever_less() -> None:
    bakery = organization("Bakery")
    assert _powers(actor_of(_in_role(COORDINATOR, bakery)), bakery) == {Power.READ, Power.RECORD, Power.COORDINATE}
    assert _powers(actor_of(_in_role(MEMBER, bakery, "Ben")), bakery) == {Power.READ, Power.RECORD}
    observer = actor_of(_in_role(OBSERVER, bakery, "Cleo"))
    assert _powers(observer, bakery) == {Power.READ}
    assert bakery.pk in observer.sees


def test_who_records_for_a_group_records_for_themselves_and_a_guest_for_nobody() -> None:
    ana, guest = _in_role(MEMBER, organization("Bakery")), person("Guest")
    assert actor_of(ana).may(Power.RECORD, ana.pk)
    assert not actor_of(guest).may(Power.RECORD)
    assert actor_of(guest).sees == {guest.pk}


def test_rights_hold_for_the_parts_of_a_group_and_not_for_the_whole() -> None:
    network, bakery, oven = organization("Network"), organization("Bakery"), organization("Oven")
    relate(bakery, "part_of", network)
    relate(oven, "part_of", bakery)
    lead = actor_of(_in_role(COORDINATOR, bakery))
    assert lead.may(Power.COORDINATE, oven.pk)
    assert not lead.may(Power.COORDINATE, network.pk)
    assert actor_of(_in_role(OBSERVER, network, "Ben")).sees >= {network.pk, bakery.pk, oven.pk}


def test_who_is_said_to_be_a_member_has_the_role_of_a_member() -> None:
    bakery, ana = organization("Bakery"), person("Ana")
    relate(ana, "member", bakery)
    assert _powers(actor_of(ana), bakery) == {Power.READ, Power.RECORD}


def test_an_observer_is_no_member_although_the_vocabulary_says_so() -> None:
    bakery = organization("Bakery")
    assert not actor_of(_in_role(OBSERVER, bakery)).may(Power.RECORD)


def test_rights_begin_and_end_with_the_membership() -> None:
    bakery, day = organization("Bakery"), timedelta(days=1)
    over = _in_role(MEMBER, bakery, "Over", has_beginning=now() - 2 * day, has_end=now() - day)
    to_come = _in_role(MEMBER, bakery, "To come", has_beginning=now() + day)
    for somebody in (over, to_come):
        assert _powers(actor_of(somebody), bakery) == {Power.READ}  # of what is shared with the network
        assert bakery.pk not in actor_of(somebody).sees


def test_all_rights_of_a_person_are_read_by_one_query(django_assert_num_queries: Any) -> None:
    network = organization("Network")
    for number in range(5):
        relate(organization(f"Part {number}"), "part_of", network)
    ana = _in_role(COORDINATOR, network)
    with django_assert_num_queries(1):
        assert len(actor_of(ana).rights[Power.COORDINATE]) == 6


def test_a_refusal_names_who_coordinates_the_group_or_what_it_is_part_of() -> None:
    network, bakery = organization("Network"), organization("Bakery")
    relate(bakery, "part_of", network)
    _in_role(COORDINATOR, network, "Cleo")
    [refusal] = refuse_unentitled(actor_of(person("Ana")), Power.RECORD, [bakery.pk])
    assert refusal.code == "kit.not_entitled"
    assert "Bakery" in str(refusal)
    assert "Cleo" in str(refusal)
    assert is_led(bakery.pk)
    assert not is_led(organization("Mill").pk)


def test_nobody_takes_over_a_group_by_calling_it_a_part_of_theirs() -> None:
    bakery, mill, shop = organization("Bakery"), organization("Mill"), organization("Shop")
    miller = actor_of(_in_role(COORDINATOR, mill, "Miller"))
    relate(shop, "part_of", mill)  # nobody leads it
    _in_role(COORDINATOR, bakery, "Baker")
    with pytest.raises(Refused) as refused:
        _relate_as(miller, bakery, mill)
    assert [each.code for each in refused.value.refusals] == ["kit.not_entitled"]
    assert not actor_of(person("Ana")).may(Power.COORDINATE)
    garden = organization("Garden")
    _relate_as(miller, garden, mill)


def _relate_as(actor: Actor, part: Any, whole: Any) -> None:
    role = AgentRelationshipRole.every().get(kind_of_role="part_of")
    relate_agents(actor, {"subject": part, "relationship": role, "object": whole})


def test_somebody_describes_themselves_and_not_others() -> None:
    ana, ben = person("Ana"), person("Ben")
    assert change_agent(actor_of(ana), ana, None, {"note": "bakes"}).note == "bakes"
    with pytest.raises(Refused) as refused:
        change_agent(actor_of(ana), ben, None, {"note": "bakes not"})
    assert [each.code for each in refused.value.refusals] == ["kit.belongs_to_nobody"]
