"""Receiving, counting and moving together: what stands in the ledger afterwards."""

from __future__ import annotations

import pytest

from oce.apps.events.commands import undo_event
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.things.commands import Receipt, count_thing, move_things, receive_thing
from oce.apps.things.tests.yard import Yard, fresh
from oce.kit.actor import STRANGER, Actor, Power
from oce.kit.testing.factories import organization, place
from oce.kit.testing.notation import moment, quantity, refused

pytestmark = pytest.mark.django_db


def test_a_name_and_a_keeper_are_enough_to_receive_a_thing(actor):
    kitchen = organization("Kitchen")
    event = receive_thing(actor, Receipt("Cordless drill", kitchen))
    drill = event.resource_inventoried_as
    assert (drill.name, str(drill.conforms_to), drill.primary_accountable) == (
        "Cordless drill",
        "Cordless drill",
        kitchen,
    )
    assert drill.onhand_quantity == quantity("1 one")
    receive_thing(actor, Receipt("cordless DRILL", kitchen))
    assert ResourceSpecification.objects.count() == 1


def test_all_that_is_said_of_what_comes_in_is_kept(actor):
    kitchen, farm, cellar = organization("Kitchen"), organization("Farm"), place("Cellar")
    told = Receipt(
        "Plums",
        kitchen,
        quantity("20 kg"),
        lot_code="P-1",
        use_by=moment("2026-12-24"),
        place=cellar,
        giver=farm,
        note="sweet",
    )
    event = receive_thing(actor, told)
    plums = fresh(event.to_resource_inventoried_as)
    assert (event.action, event.provider, event.receiver) == ("transfer", farm, kitchen)
    assert (plums.current_location, plums.onhand_quantity) == (cellar, quantity("20 kg"))
    assert (plums.of_batch_lot.batch_lot_code, plums.of_batch_lot.expiration_date) == ("P-1", moment("2026-12-24"))


def test_what_was_always_here_is_put_at_its_place_as_well(actor):
    cellar = place("Cellar")
    event = receive_thing(actor, Receipt("Jam", organization("Kitchen"), quantity("3 one"), place=cellar))
    jam = fresh(event.resource_inventoried_as)
    assert (jam.current_location, jam.onhand_quantity) == (cellar, quantity("3 one"))


def test_a_wish_with_a_key_receives_once(actor):
    told = Receipt("Jam", organization("Kitchen"))
    assert receive_thing(actor, told, key="k") == receive_thing(actor, told, key="k")
    assert EconomicEvent.objects.count() == 1


def test_what_has_no_name_or_no_amount_is_not_received(actor):
    kitchen = organization("Kitchen")
    with refused("things.no_name"):
        receive_thing(actor, Receipt(" ", kitchen))
    with refused("things.no_amount"):
        receive_thing(actor, Receipt("Jam", kitchen, quantity("0 one")))
    assert not EconomicEvent.objects.exists()
    assert not ResourceSpecification.objects.exists()


def test_a_count_writes_the_difference_and_overwrites_nothing(actor):
    jam = Yard().jam
    less = count_thing(actor, jam, quantity("38 one"), note="two were broken")
    assert (less.event.action, less.event.resource_quantity, less.known) == (
        "lower",
        quantity("2 one"),
        quantity("40 one"),
    )
    assert fresh(jam).onhand_quantity == quantity("38 one")
    more = count_thing(actor, jam, quantity("39 one"))
    assert (more.event.action, more.event.resource_quantity) == ("raise", quantity("1 one"))
    assert count_thing(actor, jam, quantity("39 one")).event is None
    undo_event(actor, more.event)
    assert fresh(jam).onhand_quantity == quantity("38 one")


def test_a_count_below_nothing_or_in_another_unit_is_refused(actor):
    jam = Yard().jam
    with refused("things.below_nothing"):
        count_thing(actor, jam, quantity("-1 one"))
    with refused("things.other_unit"):
        count_thing(actor, jam, quantity("1 kg"))


def test_several_things_are_moved_together_or_not_at_all(actor):
    yard = Yard()
    other = yard.stocked("Juice", yard.jam_kind, "5 one")
    events = move_things(actor, [yard.jam, other], yard.shelf)
    assert [fresh(each).current_location for each in (yard.jam, other)] == [yard.shelf, yard.shelf]
    assert [event.action for event in events] == ["move", "move"]
    with refused("things.nothing_chosen"):
        move_things(actor, [], yard.shelf)
    with refused("things.too_many"):
        move_things(actor, [yard.jam] * 101, yard.shelf)


def test_who_may_not_add_kinds_chooses_one_that_is_there():
    yard = Yard()
    rights = {power: frozenset({yard.kitchen.pk}) for power in (Power.READ, Power.RECORD)}
    member = Actor("Ana", yard.ana.pk, frozenset({Power.READ}), rights)
    with refused("things.new_kind"):
        receive_thing(member, Receipt("Lathe", yard.kitchen))
    assert (
        receive_thing(member, Receipt("Lathe", yard.kitchen, kind=yard.jam_kind)).resource_inventoried_as.name
        == "Lathe"
    )
    with refused("kit.not_entitled_alone"):
        receive_thing(member, Receipt("Jam", yard.shop))


def test_strangers_receive_count_and_move_nothing():
    yard = Yard()
    for wish in (
        lambda: receive_thing(STRANGER, Receipt("Jam", yard.kitchen)),
        lambda: count_thing(STRANGER, yard.jam, quantity("1 one")),
        lambda: move_things(STRANGER, [yard.jam], yard.shelf),
    ):
        with refused("kit.not_allowed"):
            wish()
