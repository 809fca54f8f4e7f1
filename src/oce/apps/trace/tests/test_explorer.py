"""What the explorer says of a thing: the answer, the picture, the balances, what is missing, and what is not shown."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet

from oce.apps.events.commands import correct_event, undo_event
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.trace import sights
from oce.apps.trace.drawing import picture_of
from oce.apps.trace.explorer import Question, explored
from oce.apps.trace.rules.flows import Sort
from oce.apps.trace.sights import look
from oce.kit.actor import STRANGER, SYSTEM, Actor, Power, looking_as
from oce.kit.sharing import Visibility
from oce.vf.measures import measure

pytestmark = pytest.mark.django_db(transaction=True)


def told(*starts, who=SYSTEM, levels=5, as_roles=False, **asked):
    return explored(look(who, starts, levels=levels), Question(levels, **asked), as_roles=as_roles)


def drawn(found):
    return {(found.names.knot(each.source), found.names.knot(each.target)) for each in found.river.ribbons}


def test_the_answer_counts_sources_and_recipients_exactly(orchard) -> None:
    orchard.sold()
    assert told(orchard.jam).answer == (
        "It was made from 2 things at the very beginning.",
        "2 people or groups provided that.",
        "Handed on: 24 jar of jam, to 1 recipient.",
        "Further on it reached 1 more person or group.",
        "Still there: 16 jar of jam.",
    )


def test_what_became_of_a_thing_is_counted_too(orchard) -> None:
    assert told(orchard.plums).answer == (
        "Nothing recorded here says what it was made of.",
        "Handed on: 20 kg, to 1 recipient.",
        "1 other thing was made of it.",
    )


def test_of_what_nobody_knows_anything_that_is_said(orchard) -> None:
    honey = orchard.born("raise", "Honey", "1 kilogram", orchard.farm, orchard.plum)
    found = told(honey)
    assert found.answer == (
        "Nothing recorded here says what it was made of.",
        "Nothing recorded here says that any of it went on.",
        "Still there: 1 kg.",
    )
    assert found.breaks == ("Honey was counted in: nobody recorded where it came from.",)


def test_the_picture_leads_from_the_sources_to_the_recipients(orchard) -> None:
    orchard.sold()
    assert drawn(told(orchard.jam)) == {
        ("Plums, lot P-1", "Plums in the kitchen, lot P-1"),
        ("Plums in the kitchen, lot P-1", "Cook jam"),
        ("Sugar", "Cook jam"),
        ("Ana", "Cook jam"),
        ("Cook jam", "Plum jam, lot J-7"),
        ("Plum jam, lot J-7", "Jam in the shop, lot J-7"),
        ("Jam in the shop, lot J-7", "Ana"),
    }


def test_what_only_changed_hands_is_drawn_once_where_that_is_wished(orchard) -> None:
    orchard.sold()
    found = drawn(told(orchard.jam, is_collapsed=True))
    assert ("Plum jam, lot J-7", "Ana") in found
    assert not any("Jam in the shop, lot J-7" in each for each in found)


def test_only_entries_of_a_sort_are_shown_where_that_is_wished(orchard) -> None:
    assert drawn(told(orchard.jam, sort=Sort.WORK)) == {("Ana", "Cook jam")}
    assert [line.what for line in told(orchard.jam, sort=Sort.WORK).lines] == ["work"]


def test_a_line_says_who_what_how_much_and_in_which_step(orchard) -> None:
    found = told(orchard.jam)
    assert [(line.level, line.what, line.thing, line.giver, line.amount, line.step) for line in found.lines] == [
        (-2, "produce", "Plums, lot P-1", "Farm", "20 kg", ""),
        (-2, "raise", "Sugar", "Kitchen", "5 kg", ""),
        (-2, "transfer", "Plums, lot P-1", "Farm", "20 kg", ""),
        (-1, "consume", "Plums in the kitchen, lot P-1", "Kitchen", "20 kg", "Cook jam"),
        (-1, "consume", "Sugar", "Kitchen", "1.2 kg", "Cook jam"),
        (-1, "work", "", "Ana", "3 h", "Cook jam"),
        (-1, "produce", "Plum jam, lot J-7", "Kitchen", "40 jar of jam", "Cook jam"),
    ]


def test_fewer_levels_show_less_and_say_how_much_is_left_out(orchard) -> None:
    near = told(orchard.jam, levels=1)
    assert {line.level for line in near.lines} == {-1}
    assert near.more == 4
    assert told(orchard.jam, levels=None).more == 0


def test_the_balance_of_a_step_says_what_went_in_and_came_out(orchard) -> None:
    [cooking] = told(orchard.jam).steps
    assert [(each.went_in, each.came_out) for each in cooking.sums] == [("21.2 kg", ""), ("", "40 jar of jam")]
    weighed = orchard.step("Dry plums")
    orchard.happened("consume", "2 kilogram", orchard.kitchen, orchard.kitchen, orchard.sugar, input_of=weighed)
    orchard.born("produce", "Dried", "1.5 kilogram", orchard.kitchen, orchard.plum, output_of=weighed)
    [step] = told(weighed, levels=1).steps
    assert [(each.went_in, each.came_out, each.verdict) for each in step.sums] == [
        ("2 kg", "1.5 kg", "0.5 kg less came out than went in.")
    ]
    assert not step.has_gap


def test_more_out_than_in_is_a_gap_and_as_much_is_none(orchard) -> None:
    step = orchard.step("Mix")
    orchard.happened("consume", "1 kilogram", orchard.kitchen, orchard.kitchen, orchard.sugar, input_of=step)
    orchard.born("produce", "Mix", "1 kilogram", orchard.kitchen, orchard.plum, output_of=step)
    assert [each.verdict for each in told(step).steps[0].sums] == ["As much came out as went in."]
    orchard.born("produce", "More", "1 kilogram", orchard.kitchen, orchard.plum, output_of=step)
    assert told(step).steps[0].sums[0].verdict == (
        "1 kg more came out than went in: it grew, or something that went in is not recorded."
    )
    assert told(step).steps[0].has_gap


def test_a_step_of_which_one_side_is_missing_says_so(orchard) -> None:
    empty, open_ended = orchard.step("Nothing in"), orchard.step("Nothing out")
    orchard.born("produce", "From nothing", "1 kilogram", orchard.kitchen, orchard.plum, output_of=empty)
    orchard.happened("consume", "1 kilogram", orchard.kitchen, orchard.kitchen, orchard.sugar, input_of=open_ended)
    assert told(empty).steps[0].remarks == ("Nothing says what went in.",)
    assert told(open_ended).steps[0].remarks == ("Nothing came out of it so far.",)


def test_of_more_entries_than_can_be_added_up_no_sum_is_shown(orchard, monkeypatch) -> None:
    monkeypatch.setattr(sights, "BALANCED_MAX", -1)
    [cooking] = told(orchard.jam).steps
    assert (cooking.sums, cooking.remarks) == ((), ("There are too many entries to add up here.",))


def test_corrections_count_and_what_was_undone_is_not_shown(orchard) -> None:
    consumed = EconomicEvent.objects.get(action="consume", resource_inventoried_as=orchard.sugar)
    correct_event(SYSTEM, consumed, resource_quantity=measure("-0.2 kilogram"))
    [cooking] = told(orchard.jam).steps
    assert cooking.sums[0].went_in == "21 kg"
    assert "1 kg" in {line.amount for line in told(orchard.jam).lines}
    undo_event(SYSTEM, consumed)
    assert "Sugar" not in {line.thing for line in told(orchard.jam).lines}
    assert told(orchard.jam).steps[0].sums[0].went_in == "20 kg"


def test_where_the_flow_leaves_or_enters_what_is_recorded_is_told(orchard) -> None:
    orchard.sold()
    assert told(orchard.jam).breaks == (
        "2 jar of jam of Jam in the shop, lot J-7 leaves our records with Ana. Ask there what became of it.",
        "Sugar was counted in: nobody recorded where it came from.",
    )


def test_what_belongs_to_another_house_names_that_house(orchard) -> None:
    EconomicResource.objects.filter(pk=orchard.plums.pk).update(iri="https://farm.example/resource/7")
    assert told(orchard.jam).breaks[-1] == (
        "Plums, lot P-1 belongs to farm.example, which keeps its own records. Ask there for the rest of the way."
    )


def test_a_jar_that_comes_back_is_drawn_once_as_returning(orchard) -> None:
    jars = orchard.born("raise", "Jars", "50 one", orchard.kitchen, orchard.jar)
    filling, washing = orchard.step("Fill"), orchard.step("Wash")
    orchard.happened("consume", "40 one", orchard.kitchen, orchard.kitchen, jars, input_of=filling)
    full = orchard.born("produce", "Full jars", "40 one", orchard.kitchen, orchard.jar, output_of=filling)
    orchard.happened("consume", "10 one", orchard.kitchen, orchard.kitchen, full, input_of=washing)
    orchard.happened("produce", "10 one", orchard.kitchen, orchard.kitchen, jars, output_of=washing)
    found = told(jars)
    assert found.returns == ("Wash returns to Jars.",)
    assert ("Full jars", "Wash") in drawn(found)
    assert ("Wash", "Jars") not in drawn(found)


def test_only_a_stretch_of_time_is_shown_where_that_is_wished(orchard) -> None:
    begun = EconomicEvent.objects.get(action="consume", resource_inventoried_as=orchard.sugar).occurred_at
    late, early = told(orchard.jam, since=begun), told(orchard.jam, until=begun)
    assert len(late.lines) + len(early.lines) == len(told(orchard.jam).lines)
    assert (late.outside, early.outside) == (len(early.lines), len(late.lines))
    assert early.outside > 0


def test_who_sees_nothing_is_told_only_how_much_there_is(orchard) -> None:
    found = told(orchard.jam, who=STRANGER)
    assert (found.lines, found.steps, found.river.ribbons) == ([], (), ())
    assert found.hidden == len(look(SYSTEM, [orchard.jam]).sight.distance)
    assert found.title == "something not shown to you"


def test_what_is_hidden_is_counted_and_never_named(orchard) -> None:
    sugar = EconomicEvent.objects.get(action="consume", resource_inventoried_as=orchard.sugar)
    for record in (orchard.farm, orchard.plums, orchard.delivered, sugar):
        QuerySet(type(record)).filter(pk=record.pk).update(visibility=Visibility.GROUP)
    guest = Actor("guest", powers=frozenset({Power.READ}))
    with looking_as(guest):
        found = told(orchard.jam, who=guest)
        said = repr([found.answer, found.lines, found.breaks, drawn(found), [each.remarks for each in found.steps]])
    assert "Farm" not in said
    assert "lot P-1" not in said
    assert "somebody not shown to you" in said
    assert "something not shown to you" in said
    assert found.hidden == 3
    assert found.steps[0].remarks == ("1 entry of this step is not shown to you, so its sums are not whole.",)


def test_as_roles_nobody_and_nothing_is_called_by_a_name_of_its_own(orchard) -> None:
    orchard.sold()
    found = told(orchard.jam, as_roles=True)
    said = repr([found.title, found.answer, found.lines, found.breaks, drawn(found)])
    for name in ("Ana", "Farm", "Shop", "Plum jam", "Cook jam", "Sugar"):
        assert name not in said
    assert found.title == "jar of jam, lot J-7"
    assert "person 1" in said


def test_as_roles_an_entry_is_called_by_what_happened(orchard) -> None:
    assert told(orchard.worked, as_roles=True).title == "work 3 h"
    assert "Ana" in told(orchard.worked).title


def test_packing_and_unpacking_lack_nothing(orchard) -> None:
    packing, unpacking = orchard.step("Pack"), orchard.step("Unpack")
    box = orchard.born("raise", "Box", "1 one", orchard.kitchen, orchard.jar)
    orchard.happened("combine", "40 one", orchard.kitchen, orchard.kitchen, orchard.jam, input_of=packing)
    orchard.happened("accept", "1 one", orchard.kitchen, orchard.kitchen, box, input_of=packing)
    orchard.happened("modify", "1 one", orchard.kitchen, orchard.kitchen, box, output_of=packing)
    orchard.happened("separate", "40 one", orchard.kitchen, orchard.kitchen, orchard.jam, output_of=unpacking)
    assert told(packing, levels=1).steps[0].remarks == ()
    assert told(unpacking, levels=1).steps[0].remarks == ()


def test_things_of_one_name_are_told_apart_by_who_has_them(orchard) -> None:
    first = orchard.born("raise", "Flour", "5 kilogram", orchard.farm, orchard.plum)
    second = orchard.happened("transfer", "5 kilogram", orchard.farm, orchard.kitchen, first, new="Flour")
    third = orchard.happened(
        "transfer", "5 kilogram", orchard.kitchen, orchard.shop, second.to_resource_inventoried_as, new="Flour"
    )
    again = orchard.happened(
        "transfer", "5 kilogram", orchard.shop, orchard.kitchen, third.to_resource_inventoried_as, new="Flour"
    )
    rows = picture_of(told(again.to_resource_inventoried_as)).rows
    assert [(str(row[0]), str(row[1])) for row in rows] == [
        ("Flour, Farm", "Flour, Kitchen"),
        ("Flour, Kitchen", "Flour, Shop"),
        ("Flour, Shop", "Flour, Kitchen (2)"),
    ]
