"""The columns of a ledger, the order of breadcrumbs, growing, and the archive."""

from __future__ import annotations

import json

import numpy as np
import pytest

from oce.apps.trace.rules import archive
from oce.apps.trace.rules.adjacency import Adjacency
from oce.apps.trace.rules.breadcrumbs import out_of_order, unwound
from oce.apps.trace.rules.columns import Columns
from oce.apps.trace.rules.verbs import Verb, verb
from oce.apps.trace.tests.told import told


def ledger(**columns):
    return Columns.of(("produce",), **{"sequence": [1, 2], "action": [0, 0], **columns})


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"resource": [1]}, "equally long"),
        ({"sequence": [2, 1]}, "ascending sequence"),
        ({"sequence": [1, 1]}, "ascending sequence"),
        ({"action": [0, 1]}, "a place in `actions`"),
        ({"action": [-1, 0]}, "a place in `actions`"),
        ({"colour": [1, 2]}, "no column \\['colour'\\]"),
    ],
)
def test_columns_that_are_no_ledger_are_refused(columns, sentence):
    with pytest.raises(ValueError, match=sentence):
        ledger(**columns)


def test_the_parts_of_a_ledger_name_the_same_actions():
    with pytest.raises(ValueError, match="same actions"):
        ledger().then(Columns.of(("consume",), sequence=[3], action=[0]))


@pytest.mark.parametrize(
    ("crumbs", "order"),
    [
        ({}, [1, 2, 3, 4]),
        ({2: 1, 3: 2, 4: 3}, [1, 2, 3, 4]),
        ({1: 4}, [4, 1, 2, 3]),
        ({1: 3, 3: 2}, [2, 3, 1, 4]),
        ({2: 1, 3: 1}, [1, 2, 3, 4]),
        ({1: 2, 2: 1}, [2, 1, 3, 4]),
        ({1: 1}, [1, 2, 3, 4]),
    ],
)
def test_an_event_comes_after_the_one_its_crumb_names(crumbs, order):
    assert unwound([1, 2, 3, 4], crumbs) == order


@pytest.mark.parametrize(
    ("crumbs", "crooked"),
    [
        ({"previous_event": [-1, 1]}, False),
        ({"previous_event": [2, -1]}, True),
        ({"to_resource": [8, 8], "to_previous_event": [2, -1]}, True),
        ({"to_resource": [7, 7], "to_previous_event": [1, 2]}, False),
    ],
)
def test_a_crumb_that_does_not_point_back_is_noticed_unless_both_sides_are_one(crumbs, crooked):
    assert out_of_order(ledger(resource=[7, 7], **crumbs)).any() == crooked


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("produce", Verb()),
        ("accept", Verb(pair_in=1)),
        ("modify", Verb(pair_out=1)),
        ("pickup", Verb(pair_in=2)),
        ("dropoff", Verb(pair_out=2)),
        ("combine", Verb(puts_in=True)),
        ("separate", Verb(takes_out=True)),
        ("raise", Verb(is_bare=True, only_adds=True)),
        ("lower", Verb(is_bare=True)),
        ("transfer", Verb()),
        ("conjure", Verb()),
    ],
)
def test_the_table_says_how_a_verb_is_walked(action, expected):
    assert verb(action) == expected


BAKERY = told("""
    raise flour
    consume flour in baking
    produce bread out baking
""")


def test_an_extended_ledger_leaves_the_earlier_one_as_it_was():
    earlier = Adjacency.of(BAKERY.columns)
    before = earlier.track([BAKERY.node("flour")]).nodes()
    actions = BAKERY.columns.actions
    late = Columns.of(actions, sequence=[4], action=[actions.index("consume")], resource=[1], input_of=[99])
    later = earlier.extended(late, backed_out=[2])
    assert later.track([("resource", 1)]).nodes() == [("resource", 1), ("event", 4), ("process", 99)]
    assert earlier.track([("resource", 1)]).nodes() == before


def test_many_small_extensions_do_not_pile_up():
    columns = BAKERY.columns
    adjacency = Adjacency.of(columns)
    bread = BAKERY.node("bread")[1]
    for sequence in range(4, 200):
        late = Columns.of(columns.actions, sequence=[sequence], action=[0], resource=[1], input_of=[7])
        adjacency = adjacency.extended(late)
        adjacency.graph(is_back=True)
    graph = adjacency.graph(is_back=True)
    assert graph.table.used < 4 * Adjacency.of(adjacency.columns).graph(is_back=True).table.used
    assert adjacency.trace([("resource", bread)]).nodes()[-1] == ("event", 1)


def test_an_archive_is_replaced_as_a_whole(tmp_path):
    folder = tmp_path / "ledgers" / "trace"
    archive.save(Adjacency.of(BAKERY.columns.since(1)), folder)
    archive.save(Adjacency.of(BAKERY.columns), folder)
    assert [each.name for each in folder.parent.iterdir()] == ["trace"]
    assert np.array_equal(archive.load(folder).columns.sequence, [1, 2, 3])


def test_an_archive_of_another_version_is_not_misread(tmp_path):
    folder = tmp_path / "trace"
    archive.save(Adjacency.of(BAKERY.columns), folder)
    summary = json.loads((folder / "ledger.json").read_text("utf-8"))
    (folder / "ledger.json").write_text(json.dumps(summary | {"format": 0}), "utf-8")
    with pytest.raises(ValueError, match="another version"):
        archive.load(folder)


def test_a_loaded_adjacency_grows(tmp_path):
    archive.save(Adjacency.of(BAKERY.columns), tmp_path / "trace")
    late = Columns.of(BAKERY.columns.actions, sequence=[4], action=[0], resource=[3], input_of=[99])
    grown = archive.load(tmp_path / "trace").extended(late)
    assert grown.track([("resource", 3)]).nodes()[-1] == ("process", 99)
