"""What goes out is whole, exact, always the same, and comes in again as what it was."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from django.db import connection

from oce.apps.agents.models import Agent
from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.openings import OpeningDraft, open_resources
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.resources.models import EconomicResource
from oce.apps.spreadsheets.commands import import_document, import_table
from oce.apps.spreadsheets.exports import comma_separated, linked_data, selection
from oce.apps.spreadsheets.exports.files import Format, export_archive, export_to
from oce.apps.spreadsheets.models import ImportedFile
from oce.kit.actor import looking_as
from oce.kit.jsonld.texts import Source
from oce.kit.records import record_models
from oce.kit.testing import factories
from oce.kit.testing.actors import GUEST
from oce.kit.testing.notation import quantity
from oce.vf.measures import Measure

pytestmark = pytest.mark.django_db

EXACT = Decimal("12345678901234567890.123456789012345678")


@pytest.fixture
def bakery(actor):
    """A bakery that bakes bread out of flour which it was said to have."""
    flour = {
        "@id": "https://x.example/flour",
        "@type": "EconomicResource",
        "conformsTo": "https://x.example/kind",
        "accountingQuantity": {"hasNumericalValue": "100", "hasUnit": "kilogram"},
    }
    import_document(actor, Source("flour.json", json.dumps({"@graph": [flour]}).encode()))
    ana = factories.organization("Bakery", note="=HYPERLINK(1)")
    bake = factories.process("Bake")
    stock = EconomicResource.objects.get()
    record_event(
        actor, EventDraft("consume", ana, ana, stock, input_of=bake, resource_quantity=quantity("12.5 kilogram"))
    )
    bread = EconomicResource.objects.create(name="Bread", conforms_to=factories.kind("bread", unit="one"))
    loaves = Measure(EXACT, "one")
    record_event(actor, EventDraft("produce", ana, ana, bread, output_of=bake, resource_quantity=loaves, note="<b>\n"))
    return ana


def test_an_opening_names_nobody_who_may_not_be_seen(actor):
    mill = factories.organization("Mill", visibility="group")
    sack = EconomicResource.objects.create(conforms_to=factories.kind("flour"))
    open_resources(actor, [(sack, OpeningDraft(unit="kilogram", accountable=mill, contained_in=(sack,)))])
    with looking_as(GUEST):
        file = io.BytesIO()
        linked_data.write(selection.everything(GUEST), file)
    assert str(sack.uid).encode() in file.getvalue()
    assert str(mill.uid).encode() not in file.getvalue()


def written(actor) -> bytes:
    file = io.BytesIO()
    linked_data.write(selection.everything(actor), file)
    return file.getvalue()


def emptied():
    """Remove everything that is not there from the start."""
    ImportedFile.objects.all().delete()
    EconomicEvent.objects.all()._raw_delete("default")
    for resource in EconomicResource.objects.all():
        resource.contained_in.clear()
    for model in reversed(list(record_models())):
        if model is not EconomicEvent:
            model.every().delete()


def test_what_goes_out_comes_in_again_byte_for_byte(actor, bakery):
    before = written(actor)
    assert written(actor) == before
    emptied()
    report = import_document(actor, Source("all.jsonld", before))
    assert [remark.code for remark in report.remarks if remark.code == "documents.snapshot_differs"] == []
    assert written(actor) == before
    flour = EconomicResource.objects.get(iri="https://x.example/flour")
    assert flour.accounting_quantity == quantity("87.5 kilogram")
    assert flour.opening.accounting == Decimal(100)
    assert EconomicResource.objects.get(name="Bread").onhand_quantity.value == EXACT


def test_a_document_of_everything_needs_no_context_from_elsewhere(actor, bakery):
    document = json.loads(written(actor))
    assert isinstance(document["@context"], dict)
    assert document["@context"]["@vocab"] == "https://w3id.org/valueflows/ont/vf#"


def test_tables_hold_exact_numbers_and_no_formulas(actor, bakery, tmp_path):
    export_to(selection.everything(actor), Format.COMMA_SEPARATED, tmp_path / "out")
    events = (tmp_path / "out" / "economic-event.csv").read_text("utf-8")
    assert str(EXACT) in events
    agents = (tmp_path / "out" / "agent.csv").read_text("utf-8")
    assert ",'=HYPERLINK(1)," in agents


def test_tables_that_went_out_are_known_when_they_come_in(actor, bakery, tmp_path):
    export_to(selection.everything(actor), Format.COMMA_SEPARATED, tmp_path)
    for name in ("agent", "resource-specification", "process", "economic-resource", "economic-event"):
        report = import_table(actor, Source(name, (tmp_path / f"{name}.csv").read_bytes()))
        assert not report.written, name
        assert report.known


def test_parquet_holds_decimals_and_moments(actor, bakery, tmp_path):
    export_to(selection.everything(actor), Format.PARQUET, tmp_path)
    table = pq.read_table(tmp_path / "economic-event.parquet")
    assert table["resourceQuantityValue"].to_pylist() == [Decimal("12.5"), EXACT]
    assert str(table.schema.field("created").type) == "timestamp[us, tz=UTC]"
    assert table["provider"].to_pylist() == [bakery.address] * 2


@pytest.mark.parametrize("form", [Format.COMMA_SEPARATED, Format.PARQUET])
def test_an_archive_is_always_the_same(actor, bakery, tmp_path, form):
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    for path in (one, two):
        export_to(selection.everything(actor), form, path)
    assert one.read_bytes() == two.read_bytes()
    assert f"economic-event.{form.value}" in zipfile.ZipFile(one).namelist()


def test_a_large_table_goes_out_in_few_statements(actor, bakery, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        comma_separated.write(selection.everything(actor), EconomicEvent, io.BytesIO())


def test_what_an_agent_is_party_to_goes_out_with_what_it_refers_to(actor, bakery):
    stranger = factories.person("Stranger")
    keys = selection.of_agent(actor, bakery).keys
    assert keys is not None
    assert len(keys[EconomicEvent]) == 2
    assert stranger.pk not in keys[Agent]
    file = io.BytesIO()
    linked_data.write(selection.of_agent(actor, bakery), file)
    addresses = {node["@id"] for node in json.loads(file.getvalue())["@graph"]}
    assert "https://x.example/flour" in addresses
    assert stranger.address not in addresses


def test_a_stranger_exports_nothing(stranger, bakery):
    file = io.BytesIO()
    assert linked_data.write(selection.everything(stranger), file) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", [Format.LINKED_DATA, Format.COMMA_SEPARATED])
def test_what_is_written_meanwhile_does_not_go_out(actor, monkeypatch, form):
    if connection.vendor == "sqlite":
        pytest.skip("The test database lies in memory, where readers and writers exclude each other.")
    factories.person("Ana")
    chunks = selection.Selection.chunks

    def write() -> None:
        factories.kind("Late")
        connection.close()

    def chunks_while_somebody_writes(*arguments, **options):
        yield from chunks(*arguments, **options)
        if not ResourceSpecification.objects.exists():
            writer = threading.Thread(target=write)
            writer.start()
            writer.join(timeout=30)

    monkeypatch.setattr(selection.Selection, "chunks", chunks_while_somebody_writes)
    file = io.BytesIO()
    if form is Format.LINKED_DATA:
        linked_data.write(selection.everything(actor), file)
        told = file.getvalue()
    else:
        export_archive(selection.everything(actor), form, file)
        with zipfile.ZipFile(file) as archive:
            told = b"".join(map(archive.read, archive.namelist()))
    assert b"Ana" in told
    assert b"Late" not in told
    assert ResourceSpecification.objects.filter(name="Late").exists()
