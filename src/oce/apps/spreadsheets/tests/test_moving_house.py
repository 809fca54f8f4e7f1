"""A whole house, with all that makes reading hard, goes out as one document and comes in again to the last sign."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from oce.apps.agents.models import SpatialThing
from oce.apps.events.commands import correct_event, record_event, undo_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.replaying import differences
from oce.apps.resources.models import EconomicResource
from oce.apps.spreadsheets.commands import import_document
from oce.apps.spreadsheets.exports import linked_data
from oce.apps.spreadsheets.exports.selection import everything
from oce.apps.spreadsheets.models import ImportedFile
from oce.kit.identifiers import new_uid
from oce.kit.jsonld.texts import Source
from oce.kit.records import record_models
from oce.kit.testing import factories
from oce.kit.testing.notation import quantity
from oce.vf.measures import Measure

pytestmark = pytest.mark.django_db

NEW_YEAR = datetime(2025, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)


def resource(name, kind, **values):
    return ResourceDraft(values={"name": name, "conforms_to": kind, **values})


@pytest.fixture
def house(actor):
    """A mill with places, tags, own units, lots, stages, containers, corrections and an undone event."""
    barn = factories.place(
        "Barn", within=factories.place("Farm"), lat=Decimal("47.123456789012345678"), long=Decimal(8)
    )
    mill = factories.organization("Mill", primary_location=barn, classified_as=["https://x.example/mill", "mühle"])
    ana = factories.person("Ana", note="<script>\n=1+1")
    factories.relate(ana, "member", mill)
    factories.unit("sack")
    flour = factories.kind("flour", image_list=["https://a.example/1.png", "https://a.example/2.png"])
    sacks, work = factories.kind("sacks", unit="sack"), factories.kind("milling", unit="one", substitutable=False)
    plan = factories.plan("Saturday")
    milling = factories.process(
        "Mill", factories.stage("Milling"), planned_within=plan, in_scope_of=mill, finished=True
    )

    def record(action, amount, provider, receiver, *, unit="kilogram", **told):
        measure = Measure(Decimal(amount), unit)
        return record_event(actor, EventDraft(action, provider, receiver, resource_quantity=measure, **told))

    lot = factories.lot("L-7", expiration_date=NEW_YEAR)
    made = resource("Flour", flour, of_batch_lot=lot, image_list=["https://a.example/3.png"])
    record(
        "produce", 100, mill, mill, output_of=milling, new_resource=made, to_location=barn, has_point_in_time=NEW_YEAR
    )
    record("raise", 1, mill, mill, unit="one", new_resource=resource("Box", factories.kind("box", unit="one")))
    stock, box = EconomicResource.objects.get(name="Flour"), EconomicResource.objects.get(name="Box")
    told = {"resource_inventoried_as": stock, "realization_of": factories.agreement("Deal")}
    sale = record("transfer", "30.5", mill, ana, new_resource=resource("Ana's flour", flour), **told)
    correct_event(actor, sale, resource_quantity=quantity("-5.25 kilogram"), note="weighed again")
    told = {"resource_inventoried_as": stock, "to_resource_inventoried_as": box, "input_of": factories.process("Pack")}
    record("combine", 10, mill, mill, **told)
    undo_event(actor, record("raise", 3, ana, ana, unit="sack", new_resource=resource("Sacks", sacks)))
    hours = Measure(Decimal("2.5"), "hour")
    record_event(
        actor, EventDraft("work", ana, mill, input_of=milling, effort_quantity=hours, resource_conforms_to=work)
    )
    record(
        "move",
        "25.25",
        ana,
        ana,
        resource_inventoried_as=EconomicResource.objects.get(name="Ana's flour"),
        state="fresh",
    )


def written(actor) -> bytes:
    file = io.BytesIO()
    linked_data.write(everything(actor), file)
    return file.getvalue()


def emptied() -> None:
    """Remove everything, the ledger included, as if in another house."""
    ImportedFile.objects.all().delete()
    EconomicEvent.objects.all()._raw_delete("default")
    EconomicResource.contained_in.through.objects.all().delete()
    SpatialThing.objects.update(within=None)
    for model in reversed(list(record_models())):
        if model is not EconomicEvent:
            model.every().delete()


def test_a_house_moves_byte_for_byte(actor, house):
    before = written(actor)
    emptied()
    report = import_document(actor, Source("house.jsonld", before))
    assert report.remarks == []
    assert written(actor) == before
    assert list(differences()) == []


def test_resources_stand_in_the_order_of_their_addresses_whatever_the_order_of_their_arrival(actor):
    mill, flour = factories.organization("Mill"), factories.kind("flour")
    uids = [new_uid(), new_uid()]
    for uid in reversed(uids):
        EconomicResource.objects.create(uid=uid, conforms_to=flour, primary_accountable=mill)
    written_ids = [node["@id"] for node in json.loads(written(actor))["@graph"]]
    assert [address for address in written_ids if "economic-resource" in address] == [
        EconomicResource.objects.get(uid=uid).address for uid in uids
    ]
