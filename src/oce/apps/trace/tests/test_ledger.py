"""Trace over the database: what the walk is given, how it is kept up, and what it says to people."""

from __future__ import annotations

import pytest

from oce.apps.events import snapshot
from oce.apps.events.commands import record_event, record_events, undo_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.resources.models import EconomicResource
from oce.apps.trace import ledger, queries
from oce.apps.trace.rules import archive
from oce.kit.actor import STRANGER, SYSTEM
from oce.kit.testing import factories
from oce.vf.measures import measure

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh_graph(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(ledger, "_kept", None)
    settings.OCE_HOME = tmp_path


def brought_in(name, agent, kind, *, lot=None, amount="10 kilogram", action="raise"):
    draft = EventDraft(
        action=action,
        provider=agent,
        receiver=agent,
        resource_conforms_to=kind,
        resource_quantity=measure(amount),
        new_resource=ResourceDraft({"name": name}, lot_code=lot),
    )
    return record_event(SYSTEM, draft).resource_inventoried_as


def baked(agent, flour, kind, name="Bread"):
    process = factories.process(name)
    events = record_events(
        SYSTEM,
        [
            EventDraft("consume", agent, agent, flour, resource_quantity=measure("4 kilogram"), input_of=process),
            EventDraft(
                "work", agent, agent, resource_conforms_to=kind, effort_quantity=measure("2 hour"), input_of=process
            ),
            EventDraft(
                "produce",
                agent,
                agent,
                resource_conforms_to=kind,
                resource_quantity=measure("5 kilogram"),
                output_of=process,
                new_resource=ResourceDraft({"name": name}, lot_code=f"lot of {name}"),
            ),
        ],
    )
    return events[2].resource_inventoried_as


def names(walk):
    return {str(record) for record in walk.records}


@pytest.fixture
def bakery():
    return factories.organization("Bakery")


@pytest.fixture
def shop():
    return factories.organization("Shop")


@pytest.fixture
def wheat():
    return factories.kind("wheat")


def test_bread_is_traced_to_its_flour_and_the_flour_tracked_into_the_bread(bakery, wheat) -> None:
    flour = brought_in("Flour", bakery, wheat)
    bread = baked(bakery, flour, wheat)
    back, forth = queries.trace(SYSTEM, [bread]), queries.track(SYSTEM, [flour])
    assert {"Flour", "Bread", "consume 4 kg", "work 2 h", "produce 5 kg", "raise 10 kg"} <= names(back)
    assert {"Flour", "consume 4 kg", "produce 5 kg", "Bread"} <= names(forth)
    assert back.steps[0].depth == 0
    assert back.steps[1].parent == bread


def test_what_is_recorded_later_is_found_by_the_graph_that_is_there(bakery, wheat) -> None:
    flour = brought_in("Flour", bakery, wheat)
    assert names(queries.track(SYSTEM, [flour])) == {"Flour"}
    bread = baked(bakery, flour, wheat)
    assert "Bread" in names(queries.track(SYSTEM, [flour]))
    assert "Flour" in names(queries.trace(SYSTEM, [bread]))


def test_what_was_undone_carries_no_trace(bakery, wheat) -> None:
    flour = brought_in("Flour", bakery, wheat)
    process = factories.process("Baking")
    taken = record_event(
        SYSTEM, EventDraft("consume", bakery, bakery, flour, resource_quantity=measure("1 kilogram"), input_of=process)
    )
    assert "Baking" in names(queries.track(SYSTEM, [flour]))
    undo_event(SYSTEM, taken)
    assert "Baking" not in names(queries.track(SYSTEM, [flour]))


def test_a_production_without_a_process_is_where_a_thing_came_from(bakery, wheat) -> None:
    loaves = brought_in("Loaves", bakery, wheat, action="produce")
    assert names(queries.trace(SYSTEM, [loaves])) == {"Loaves", "produce 10 kg"}
    assert names(queries.track(SYSTEM, [loaves])) == {"Loaves"}


def test_the_receivers_only_resource_is_reached_from_the_event_that_filled_it(bakery, shop, wheat) -> None:
    stock = brought_in("Stock", shop, wheat)
    draft = EventDraft("transfer", bakery, shop, stock, resource_quantity=measure("3 kilogram"))
    event = record_event(SYSTEM, draft)
    stock.refresh_from_db()
    assert str(stock.onhand_quantity) == "13 kilogram"
    assert queries.previous(SYSTEM, stock)[0] == event
    assert event not in queries.next_of(SYSTEM, stock)


def test_a_lot_is_recalled_across_agents(bakery, shop, wheat) -> None:
    flour = brought_in("Flour", bakery, wheat, lot="F-1")
    brought_in("Flour of the shop", shop, wheat, lot="F-1")
    baked(bakery, flour, wheat)
    found = names(queries.recall(SYSTEM, "F-1"))
    assert {"Flour", "Flour of the shop", "Bread"} <= found
    told = queries.provenance(SYSTEM, [EconomicResource.objects.get(name="Bread")])
    assert [lot.batch_lot_code for lot in told.lots] == ["lot of Bread", "F-1"]
    assert [agent.name for agent in told.agents] == ["Bakery"]


def test_who_may_see_nothing_is_told_how_much_is_hidden(bakery, wheat) -> None:
    bread = baked(bakery, brought_in("Flour", bakery, wheat), wheat)
    walk = queries.trace(STRANGER, [bread])
    assert walk.records == []
    assert walk.hidden == len(queries.trace(SYSTEM, [bread]).records)


def test_what_lies_beyond_the_bounds_is_counted(bakery, wheat) -> None:
    bread = baked(bakery, brought_in("Flour", bakery, wheat), wheat)
    whole = len(queries.trace(SYSTEM, [bread]).records)
    cut = queries.trace(SYSTEM, [bread], limit=2)
    assert (len(cut.records), cut.more) == (2, whole - 2)
    near = queries.trace(SYSTEM, [bread], depth=1)
    assert names(near) == {"Bread", "produce 5 kg"}
    assert near.more == whole - 2


def test_a_large_ledger_is_put_away_and_read_again_by_the_next_process(bakery, wheat, monkeypatch) -> None:
    monkeypatch.setattr(ledger, "PUT_AWAY_MIN", 1)
    bread = baked(bakery, brought_in("Flour", bakery, wheat), wheat)
    found = names(queries.trace(SYSTEM, [bread]))
    [folder] = snapshot.folder().glob("graph-*")
    monkeypatch.setattr(ledger, "_kept", None)
    assert ledger._put_away() is not None
    assert names(queries.trace(SYSTEM, [bread])) == found
    baked(bakery, bread, wheat, name="Toast")
    assert "Flour" in names(queries.trace(SYSTEM, [EconomicResource.objects.get(name="Toast")]))
    (folder / "ledger.json").write_text('{"format": 0}', "utf-8")
    assert ledger._put_away() is None


@pytest.mark.parametrize("harm", [b"", b"{}", b'{"format": 1'])
def test_a_damaged_graph_is_built_anew(bakery, wheat, monkeypatch, harm) -> None:
    monkeypatch.setattr(ledger, "PUT_AWAY_MIN", 1)
    flour = brought_in("Flour", bakery, wheat)
    ledger.adjacency()
    [folder] = snapshot.folder().glob("graph-*")
    for file in folder.iterdir():
        file.write_bytes(harm)
    monkeypatch.setattr(ledger, "_kept", None)
    assert names(queries.trace(SYSTEM, [flour])) == {"Flour", "raise 10 kg"}
    monkeypatch.setattr(ledger, "_kept", None)
    assert ledger._put_away() is not None


def test_a_graph_that_is_replaced_while_it_is_read_is_looked_for_again(bakery, wheat, monkeypatch) -> None:
    monkeypatch.setattr(ledger, "PUT_AWAY_MIN", 1)
    brought_in("Flour", bakery, wheat)
    ledger.adjacency()
    load, folders = archive.load, []

    def vanishing(folder):
        if not folders:
            folder.rename(folder.with_name("elsewhere"))
        folders.append(folder)
        try:
            return load(folder)
        finally:
            if len(folders) == 1:
                folder.with_name("elsewhere").rename(folder)

    monkeypatch.setattr(archive, "load", vanishing)
    assert ledger._put_away() is not None
    assert len(folders) == 2


def test_a_damaged_column_file_does_not_stop_a_trace(bakery, wheat) -> None:
    flour = brought_in("Flour", bakery, wheat)
    snapshot.refresh()
    [file] = snapshot.folder().glob("*.parquet")
    file.write_bytes(file.read_bytes()[:-20])
    assert names(queries.trace(SYSTEM, [flour])) == {"Flour", "raise 10 kg"}


def test_the_graph_of_another_ledger_is_not_taken(bakery, wheat, monkeypatch) -> None:
    flour = brought_in("Flour", bakery, wheat)
    kept = ledger.adjacency()
    monkeypatch.setattr(ledger, "_kept", ledger._Kept(1, "another-event", kept, 1))
    assert names(queries.trace(SYSTEM, [flour])) == {"Flour", "raise 10 kg"}
    assert ledger._kept.uid != "another-event"
