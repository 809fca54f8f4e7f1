"""A walk ends, says where each step hangs, and counts what it leaves out."""

from __future__ import annotations

import pytest

from oce.apps.trace.tests.told import told

CHAIN = told("""
    raise a
    consume a in p
    produce b out p
    consume b in q
    produce c out q
""")

# The short way to the salt is one process, the long way three.
TWO_WAYS = told("""
    raise salt
    consume salt in p
    produce x out p
    consume x in q
    produce y out q
    consume salt in r
    consume y in r
    produce soup out r
""")


def test_each_step_knows_what_it_was_found_from_and_how_deep_it_hangs():
    steps = [(CHAIN.name(step.node), step.parent and CHAIN.name(step.parent), step.depth) for step in CHAIN.traced("c")]
    assert steps[:4] == [("c", None, 0), ("5", "c", 1), ("q", "5", 2), ("4", "q", 3)]
    assert steps[-1] == ("1", "a", 9)


@pytest.mark.parametrize(
    ("nodes_max", "passed", "more"), [(0, "", 10), (1, "c", 9), (4, "c 5 q 4", 6), (10, "c 5 q 4 b 3 p 2 a 1", 0)]
)
def test_a_listing_is_cut_after_so_many_nodes_and_counts_the_rest(nodes_max, passed, more):
    assert CHAIN.trace("c", nodes_max=nodes_max) == passed
    assert CHAIN.traced("c", nodes_max=nodes_max).more == more


@pytest.mark.parametrize(
    ("depth_max", "passed", "more"), [(0, "c", 9), (3, "c 5 q 4", 6), (99, "c 5 q 4 b 3 p 2 a 1", 0)]
)
def test_a_walk_ends_so_many_steps_away_and_counts_the_rest(depth_max, passed, more):
    assert CHAIN.trace("c", depth_max=depth_max) == passed
    assert CHAIN.traced("c", depth_max=depth_max).more == more


def test_nothing_near_is_missed_because_a_long_way_leads_there_first():
    assert TWO_WAYS.trace("soup") == "soup 8 r 7 y 5 q 4 x 3 p 2 salt 1 6"
    assert TWO_WAYS.trace("soup", depth_max=4) == "soup 8 r 7 6 y salt"
    assert TWO_WAYS.traced("soup", depth_max=4).depth.tolist() == [0, 1, 2, 3, 3, 4, 4]


def test_both_bounds_hold_at_once():
    assert TWO_WAYS.trace("soup", depth_max=4, nodes_max=3) == "soup 8 r"
    assert TWO_WAYS.traced("soup", depth_max=4, nodes_max=3).more == 12


def test_a_circle_is_walked_once():
    ledger = told("""
        raise can
        consume can in filling
        produce tin out filling
        consume tin in melting
        produce can out melting
        consume can in filling
    """)
    assert ledger.trace("tin") == "tin 3 filling 6 can 5 melting 4 1 2"
    assert ledger.track("can") == "can 2 filling 3 tin 4 melting 5 6"


def test_several_starts_are_walked_in_turn_and_what_they_share_is_listed_once():
    assert CHAIN.trace("b", "c") == "b 3 p 2 a 1 c 5 q 4"
    assert CHAIN.trace("c", "b") == "c 5 q 4 b 3 p 2 a 1"
    assert CHAIN.trace("b", "b") == "b 3 p 2 a 1"


def test_several_starts_are_all_at_the_centre_of_the_rings():
    assert CHAIN.trace("c", "b", depth_max=1) == "c b 5 3"


def test_no_start_gives_no_steps():
    assert CHAIN.trace() == CHAIN.track() == ""


def test_a_start_the_ledger_does_not_know_is_listed_alone():
    for unknown in (("resource", 77), ("process", 77), ("event", 77)):
        CHAIN.names["unknown"] = unknown
        assert CHAIN.trace("unknown") == CHAIN.track("unknown") == "unknown"
        assert CHAIN.trace("unknown", "b", depth_max=1) == "unknown b 3"
        assert CHAIN.previous("unknown") == CHAIN.next("unknown") == ""


def test_an_empty_ledger_can_be_asked():
    empty = told("raise a")
    empty.columns = empty.columns.since(1)
    assert (empty.trace("a"), empty.track("a"), empty.previous("1")) == ("a", "a", "")
