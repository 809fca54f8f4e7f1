"""What trace and track follow, and what they leave alone: the standard with its corrections F1 to F6."""

from __future__ import annotations

import pytest

from oce.apps.trace.tests.told import told

BREAD = told("""
    raise flour
    consume flour in baking
    work in baking
    use oven in baking
    cite recipe in baking
    produce bread out baking
    transfer bread to shop_bread
    consume shop_bread in lunch
""")


def test_a_trace_goes_through_outputs_inputs_and_hand_overs_to_the_beginning():
    assert BREAD.trace("shop_bread") == "shop_bread 7 bread 6 baking 5 recipe 4 oven 3 2 flour 1"


def test_a_track_goes_through_inputs_outputs_and_hand_overs_to_the_end():
    assert BREAD.track("flour") == "flour 2 baking 6 bread 7 shop_bread 8 lunch"


@pytest.mark.parametrize(
    ("node", "back", "forth"),
    [
        ("flour", "1", "2"),
        ("1", "", ""),
        ("2", "flour", "baking"),
        ("3", "", "baking"),
        ("baking", "5 4 3 2", "6"),
        ("6", "baking", "bread"),
        ("bread", "6", "7"),
        ("7", "bread", "shop_bread"),
        ("shop_bread", "7", "8"),
    ],
)
def test_one_step_back_and_one_step_on(node, back, forth):
    assert (BREAD.previous(node), BREAD.next(node)) == (back, forth)


@pytest.mark.parametrize(
    ("start", "back", "forth"),
    [
        ("6", "6 baking 5 recipe 4 oven 3 2 flour 1", "6 bread 7 shop_bread 8 lunch"),
        ("baking", "baking 5 recipe 4 oven 3 2 flour 1", "baking 6 bread 7 shop_bread 8 lunch"),
        ("7", "7 bread 6 baking 5 recipe 4 oven 3 2 flour 1", "7 shop_bread 8 lunch"),
    ],
)
def test_a_walk_may_start_at_an_event_or_a_process(start, back, forth):
    assert (BREAD.trace(start), BREAD.track(start)) == (back, forth)


def test_a_thing_is_followed_through_pickup_and_dropoff_when_it_changes_its_identifier():  # F1
    ledger = told("""
        raise apples
        pickup apples to load in first_trip
        dropoff load out first_trip
        pickup load in second_trip
        dropoff load to bobs_apples out second_trip
    """)
    assert ledger.trace("bobs_apples") == "bobs_apples 5 second_trip 4 load 3 first_trip 2 apples 1"
    assert ledger.track("apples") == "apples 2 first_trip 3 load 4 second_trip 5 bobs_apples"


def test_a_track_follows_an_output_to_the_receiver():  # F2
    ledger = told("""
        consume flour in baking
        produce bread to shop_bread out baking
        consume bread in other_use
    """)
    assert ledger.track("flour") == "flour 1 baking 2 shop_bread"


LORRY = """
    raise apples
    raise pears
    pickup apples in trip
    pickup pears in trip
    consume fuel in trip
    dropoff apples out trip
    dropoff pears out trip
    deliverService out trip
"""


def test_things_that_share_a_lorry_are_not_taken_for_each_other():  # F3
    ledger = told(LORRY)
    assert ledger.trace("apples") == "apples 6 trip 5 fuel 3 1"
    assert ledger.track("pears") == "pears 4 trip 7 8"


def test_what_is_used_up_on_a_trip_went_into_everything_carried():  # F3
    assert told(LORRY).track("fuel") == "fuel 5 trip 6 apples 7 pears 8"


def test_a_part_is_tracked_into_the_thing_it_is_built_into():  # F3
    ledger = told("""
        accept machine in assembly
        consume filter in assembly
        modify machine out assembly
        accept machine in testing
        modify machine out testing
    """)
    assert ledger.track("filter") == "filter 2 assembly 3 machine 4 testing 5"
    assert ledger.trace("machine") == "machine 5 testing 4 3 assembly 2 filter 1"


def test_a_repaired_thing_that_got_a_new_identifier_is_not_lost():
    ledger = told("""
        raise old
        accept old in repair
        modify new out repair
    """)
    assert ledger.trace("new") == "new 3 repair 2 old 1"
    assert ledger.track("old") == "old 2 repair 3 new"


PACKING = """
    produce gown out sewing
    produce coat out sewing
    combine gown in packing
    combine coat in packing
    consume foil in packing
    produce parcel out packing
    consume parcel in unpacking
    separate gown out unpacking
    separate coat out unpacking
"""


def test_what_lay_in_the_same_parcel_is_not_part_of_each_other():  # F4
    ledger = told(PACKING)
    assert ledger.trace("8") == "8 unpacking 7 parcel 6 packing 5 foil 3 gown 1 sewing"
    assert ledger.track("3") == "3 packing 6 parcel 7 unpacking 8 gown"


def test_a_parcel_consists_of_all_that_lies_in_it():  # F4
    ledger = told(PACKING)
    assert ledger.trace("parcel") == "parcel 6 packing 5 foil 4 coat 2 sewing 3 gown 1"
    assert ledger.track("parcel") == "parcel 7 unpacking 8 gown 9 coat"


def test_the_crate_a_thing_lay_in_is_followed_with_the_thing():  # F4
    ledger = told("""
        raise crate
        accept crate in packing
        combine pear in packing
        combine apple in packing
        modify crate out packing
        accept crate in unpacking
        separate pear out unpacking
        separate apple out unpacking
        modify crate out unpacking
    """)
    assert ledger.trace("7") == "7 unpacking 6 crate 5 packing 3 pear 2 1"
    assert ledger.track("3") == "3 packing 5 crate 6 unpacking 9 7 pear"
    assert ledger.trace("crate") == "crate 9 unpacking 6 5 packing 4 apple 3 pear 2 1"


def test_a_box_in_a_crate_is_followed_out_of_both():  # F4
    ledger = told("""
        raise pear
        combine pear in boxing
        combine apple in boxing
        produce box out boxing
        combine box in crating
        combine other_box in crating
        produce crate out crating
        consume crate in uncrating
        separate box out uncrating
        consume box in unboxing
        separate pear out unboxing
    """)
    assert ledger.trace("11") == "11 unboxing 10 box 9 uncrating 8 crate 7 crating 5 4 boxing 2 pear 1"
    assert ledger.track("2") == "2 boxing 4 box 5 crating 7 crate 8 uncrating 9 10 unboxing 11 pear"


def test_a_gown_that_is_packed_again_and_again_is_unwound_in_order():
    ledger = told("""
        raise gown
        combine gown in pack_1
        produce parcel_1 out pack_1
        consume parcel_1 in unpack_1
        separate gown out unpack_1
        combine gown in pack_2
        produce parcel_2 out pack_2
        consume parcel_2 in unpack_2
        separate gown out unpack_2
    """)
    assert ledger.trace("gown") == "gown 9 unpack_2 8 parcel_2 7 pack_2 6 5 unpack_1 4 parcel_1 3 pack_1 2 1"
    assert ledger.track("gown") == "gown 2 pack_1 3 parcel_1 4 unpack_1 5 6 pack_2 7 parcel_2 8 unpack_2 9"


def test_what_made_a_resource_is_no_way_on_from_it():  # F5
    ledger = told("""
        raise flour
        produce flour out milling
        transfer other_flour to flour
        consume flour in baking
    """)
    assert ledger.track("flour") == "flour 4 baking"


STOCK = told("""
    produce flour out milling_1
    consume flour in baking_1
    produce bread out baking_1
    produce flour out milling_2
    consume flour in baking_2
    produce cake out baking_2
""")


def test_what_came_into_a_stock_later_did_not_go_into_what_was_made_before():  # F6
    assert STOCK.trace("bread") == "bread 3 baking_1 2 flour 1 milling_1"
    assert STOCK.trace("cake") == "cake 6 baking_2 5 flour 4 milling_2 1 milling_1"


def test_what_left_a_stock_before_does_not_contain_what_came_later():  # F6
    assert STOCK.track("4") == "4 flour 5 baking_2 6 cake"
    assert STOCK.track("1") == "1 flour 2 baking_1 3 bread 5 baking_2 6 cake"


def test_breadcrumbs_tell_the_order_where_the_ledger_does_not():  # F6, T7
    # The milling reached us late: its crumb and the crumb of the baking say that it came first.
    ledger = told("""
        consume flour in baking after 3
        produce bread out baking
        produce flour out milling after 0
    """)
    assert ledger.trace("bread") == "bread 2 baking 1 flour 3 milling"


def test_breadcrumbs_in_a_circle_are_cut_and_not_followed_for_ever():
    ledger = told("""
        raise flour after 2
        consume flour in baking after 1
        produce bread out baking
    """)
    assert ledger.trace("bread") == "bread 3 baking 2 flour"


def test_a_hand_over_under_one_identifier_is_passed_once():  # T2
    ledger = told("""
        produce drill out making
        transferCustody drill to drill
        use drill in building
    """)
    assert ledger.trace("drill") == "drill 2 1 making"
    assert ledger.track("drill") == "drill 2 3 building"


def test_a_service_given_to_a_process_leads_from_one_process_to_the_other():
    ledger = told("""
        work in cleaning
        deliverService in baking out cleaning
        produce bread out baking
    """)
    assert ledger.trace("bread") == "bread 3 baking 2 cleaning 1"
    assert ledger.track("1") == "1 cleaning 2 baking 3 bread"


def test_a_later_raise_or_lower_leads_back_to_the_stock_and_an_opening_one_ends_there():
    ledger = told("""
        raise flour
        lower flour
        consume flour in baking
    """)
    assert ledger.trace("flour") == "flour 2 1"
    assert (ledger.previous("1"), ledger.previous("2")) == ("", "flour")
    assert ledger.track("flour") == "flour 2 3 baking"


def test_an_event_that_was_backed_out_carries_nothing_nor_does_its_correction():
    ledger = told("""
        raise flour
        raise sand
        consume sand in baking gone
        consume flour in baking
        consume sand in baking corrects 3
        produce bread out baking
    """)
    assert ledger.trace("bread") == "bread 6 baking 4 flour 1"
    assert ledger.track("sand") == "sand"
    assert (ledger.trace("3"), ledger.trace("5")) == ("3", "5")


def test_a_correction_by_difference_leads_to_what_it_corrects():
    ledger = told("""
        raise flour
        consume flour in baking
        consume flour in baking corrects 2
        produce bread out baking
    """)
    assert ledger.trace("bread") == "bread 4 baking 2 flour 1"
    assert ledger.trace("3") == "3 2 flour 1"
    assert ledger.track("3") == "3 2 baking 4 bread"


def test_a_verb_of_our_own_is_followed_like_any_flow():
    ledger = told("""
        raise wool
        felt wool in felting
        conjure hat out felting
    """)
    assert ledger.trace("hat") == "hat 3 felting 2 wool 1"
