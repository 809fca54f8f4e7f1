"""What events carry, and the picture made of it: ribbons that lead on, circles, and what is too far away."""

from __future__ import annotations

from decimal import Decimal

from oce.apps.trace.rules.balances import balances, total
from oce.apps.trace.rules.flows import Entry, Flow, Sort, counted_in, flows_of
from oce.apps.trace.rules.river import river
from oce.apps.trace.rules.widths import LEAST, UNTOLD, widths
from oce.vf.measures import Measure, measure

ANA, SHOP = 1, 2


def entry(key, action, amount="1 kilogram", *, to=ANA, **told):
    return Entry(key, action, ANA, to, amount=measure(amount) if amount else None, **told)


def thing(key):
    return ("resource", key)


def step(key):
    return ("process", key)


def flow(number, source, target, amount="1 kilogram", *, is_transport=False):
    return Flow(number, source, target, measure(amount) if amount else None, is_transport)


def ends(drawn):
    return [(each.source, each.target) for each in drawn.ribbons]


def test_what_goes_into_a_step_and_comes_out_of_it_is_drawn_so() -> None:
    told = [entry(1, "consume", resource=5, input_of=9), entry(2, "produce", resource=6, output_of=9)]
    assert [(each.source, each.target) for each in flows_of(told)] == [(thing(5), step(9)), (step(9), thing(6))]


def test_work_comes_from_who_did_it_and_is_of_a_sort_of_its_own() -> None:
    worked = entry(1, "work", "2 hour", input_of=9)
    cited = entry(2, "cite", resource=5, input_of=9)
    assert [each.source for each in flows_of([worked])] == [("giver", ANA)]
    assert (worked.sort, cited.sort, entry(3, "consume", resource=5, input_of=9).sort) == (
        Sort.WORK,
        Sort.TOOLS,
        Sort.THINGS,
    )


def test_a_hand_over_of_which_one_side_is_unknown_comes_from_outside_or_leaves() -> None:
    leaving = entry(1, "transfer", to=SHOP, resource=5)
    arriving = entry(2, "transfer", to=SHOP, resource=6, gains=True)
    inside = entry(3, "transfer", to=SHOP, resource=5, to_resource=6)
    drawn = flows_of([leaving, arriving, inside])
    assert [(each.source, each.target) for each in drawn] == [
        (thing(5), ("taker", SHOP)),
        (("giver", ANA), thing(6)),
        (thing(5), thing(6)),
    ]
    assert [each.is_transport for each in drawn] == [False, False, True]


def test_what_was_only_counted_in_has_no_source() -> None:
    told = [entry(1, "raise", resource=5, gains=True), entry(2, "lower", resource=5)]
    assert flows_of(told) == []
    assert counted_in(told) == {5}


def test_a_thing_that_only_passes_a_step_is_drawn_as_coming_out_where_anything_else_went_in() -> None:
    repair = [
        entry(1, "accept", resource=5, input_of=9),
        entry(2, "consume", resource=6, input_of=9),
        entry(3, "modify", resource=5, output_of=9),
    ]
    assert [(each.source, each.target) for each in flows_of(repair)] == [(thing(6), step(9)), (step(9), thing(5))]
    transport = [entry(1, "pickup", resource=5, input_of=9), entry(2, "dropoff", resource=5, output_of=9)]
    assert flows_of(transport) == []


def test_events_between_the_same_two_are_one_ribbon_with_their_sum() -> None:
    drawn = river([flow(1, thing(5), step(9), "500 gram"), flow(2, thing(5), step(9), "2 kilogram")], {})
    [ribbon] = drawn.ribbons
    assert ribbon.events == (1, 2)
    assert ribbon.amounts == (Measure(Decimal(2500), "gram"),)


def test_of_a_circle_the_last_ribbon_is_the_one_that_returns() -> None:
    circle = [
        flow(1, thing(5), step(8)),
        flow(2, step(8), thing(6)),
        flow(3, thing(6), step(9)),
        flow(4, step(9), thing(5)),
        flow(5, thing(6), ("taker", SHOP)),
    ]
    drawn = river(circle, {})
    assert [each.events for each in drawn.returns] == [(4,)]
    assert len(drawn.ribbons) == 4
    assert drawn.sources == [thing(5)]


def test_a_thing_that_changed_hands_is_drawn_once_where_that_is_wished() -> None:
    told = [
        flow(1, step(9), thing(5)),
        flow(2, thing(5), thing(6), is_transport=True),
        flow(3, thing(6), thing(7), is_transport=True),
        flow(4, thing(7), ("taker", SHOP)),
    ]
    away = {step(9): -2, thing(5): 0, thing(6): 2, thing(7): 4}
    assert ends(river(told, away, is_collapsed=True)) == [(step(9), thing(5)), (thing(5), ("taker", SHOP))]
    assert len(river(told, away).ribbons) == 4


def test_what_is_too_far_away_is_drawn_as_one_and_counted() -> None:
    chain = [flow(number, thing(number), thing(number + 1)) for number in range(300)]
    away = {thing(number): number - 150 for number in range(301)}
    drawn = river(chain, away, ribbons_max=20)
    assert len(drawn.ribbons) <= 20
    knots = {each for ends_of in ends(drawn) for each in ends_of}
    assert drawn.folded == 301 - len(knots) + 2
    assert drawn.sources == [("more", 0)]
    assert drawn.destinations == [("more", 1)]
    assert thing(150) in knots


def test_ribbons_of_one_unit_are_as_wide_as_their_amount_and_others_by_their_share() -> None:
    same = river([flow(1, thing(1), step(9), "3 kilogram"), flow(2, thing(2), step(9), "1 kilogram")], {})
    assert widths(same.ribbons) == ([Decimal(3), Decimal(1)], True)
    mixed = river(
        [
            flow(1, thing(1), step(9), "4 kilogram"),
            flow(2, thing(2), step(9), "1 kilogram"),
            flow(3, step(9), thing(3), "40 one"),
            flow(4, thing(4), step(9), None),
            flow(5, thing(5), step(9), "0.001 kilogram"),
        ],
        {},
    )
    assert widths(mixed.ribbons) == ([Decimal(1), Decimal("0.25"), Decimal(1), UNTOLD, LEAST], False)


def test_a_balance_says_how_much_less_came_out_than_went_in() -> None:
    [kilograms] = balances([measure("20 kilogram"), measure("1200 gram")], [measure("20.4 kilogram")])
    assert (kilograms.went_in, kilograms.came_out) == (Decimal("21.2"), Decimal("20.4"))
    assert kilograms.difference == measure("-0.8 kilogram")
    assert kilograms.is_comparable


def test_pieces_are_summed_but_not_held_against_each_other() -> None:
    pieces, own = balances([measure("40 one"), Measure(Decimal(2), "crate of our own")], [measure("41 one")])
    assert (pieces.came_out, pieces.is_comparable) == (Decimal(41), False)
    assert (own.unit, own.is_comparable) == ("crate of our own", False)
    assert total([measure("40 one"), measure("1 one")]) == [measure("41 one")]
