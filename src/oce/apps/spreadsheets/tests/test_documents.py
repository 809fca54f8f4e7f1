"""Documents arrive whole or not at all, once, through the rules that hold for everything."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest

from oce.apps.agents.models import Agent
from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.openings import OpeningDraft, open_resources
from oce.apps.resources.models import EconomicResource
from oce.apps.spreadsheets import uploads
from oce.apps.spreadsheets.commands import import_document
from oce.kit.addresses import house_address
from oce.kit.journal import JournalLine
from oce.kit.jsonld.context import OURS
from oce.kit.jsonld.texts import Source
from oce.kit.records import record_model, record_models
from oce.kit.testing import factories
from oce.kit.testing.actors import actor_with
from oce.kit.testing.notation import quantity, refused
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db

ANA, SHOP, MILL = "https://ana.example/", "https://shop.example/", "https://mill.example/"


def amount(number, unit="kilogram"):
    return {"hasNumericalValue": number, "hasUnit": unit}


def event(identity, action="raise", **values):
    agents = {"provider": ANA, "receiver": ANA}
    return {"@id": f"https://x.example/{identity}", "@type": "EconomicEvent", "action": action, **agents, **values}


def resource(**values):
    return {
        "@id": "https://x.example/flour",
        "@type": "EconomicResource",
        "conformsTo": "https://x.example/kind",
        **values,
    }


FLOUR = "https://x.example/flour"


@pytest.fixture
def take_in(actor):
    def take(*nodes, skip_unknown=False, name="doc.json"):
        return import_document(actor, Source(name, json.dumps({"@graph": nodes}).encode()), skip_unknown=skip_unknown)

    return take


def nothing_was_written():
    """Return whether nothing is known of elsewhere but the roles that every house has."""
    foreign = (model.every().exclude(iri=None).exclude(iri__startswith=OURS) for model in record_models())
    return not any(found.exists() for found in foreign)


def test_a_document_is_one_wish_with_one_line_in_the_journal(take_in):
    made = event("e1", resourceConformsTo="https://x.example/k", resourceQuantity=amount(1))
    report = take_in({"@id": ANA, "@type": "Person", "name": "Ana"}, made)
    assert report.summary == "1 person or group, 1 entry"
    assert [line.command for line in JournalLine.objects.all()] == ["spreadsheets.import_document"]
    assert "doc.json" in JournalLine.objects.get().sentence


def test_records_keep_the_addresses_they_were_born_with(take_in):
    take_in({"@id": ANA, "@type": "Person", "name": "Ana"})
    ana = Agent.objects.get(iri=ANA)
    assert (ana.address, ana.name, ana.vf_type) == (ANA, "Ana", "Person")


def test_an_address_of_this_house_gives_the_identifier(take_in):
    uid = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"
    take_in({"@id": f"{house_address()}/agent/{uid}", "@type": "Person", "name": "Ana"})
    assert str(Agent.objects.get(name="Ana").uid) == uid


def test_what_is_only_referred_to_is_known_by_its_address_until_it_is_described(take_in):
    take_in(event("e1", resourceQuantity=amount(3), resourceConformsTo="https://x.example/k"))
    ana = Agent.objects.get(iri=ANA)
    assert not ana.is_described
    take_in({"@id": ANA, "@type": "Organization", "name": "Ana's"})
    ana.refresh_from_db()
    assert (ana.is_described, ana.name, ana.vf_type) == (True, "Ana's", "Organization")
    assert EconomicEvent.objects.get().provider == ana


def test_a_resource_opens_with_what_is_said_of_it_before_its_events(take_in):
    report = take_in(
        resource(accountingQuantity=amount(10), primaryAccountable=ANA),
        event("e1", "consume", resourceInventoriedAs=FLOUR, resourceQuantity=amount("2.5")),
        resource(accountingQuantity=amount("7.5")),
    )
    flour = EconomicResource.objects.get()
    assert flour.accounting_quantity == quantity("7.5 kilogram")
    assert flour.onhand_quantity == quantity("7.5 kilogram")
    assert flour.primary_accountable.iri == ANA
    assert EconomicEvent.objects.get().previous_event is None
    assert report.remarks == []


def test_a_snapshot_that_the_events_do_not_give_is_remarked_upon(take_in):
    report = take_in(
        resource(accountingQuantity=amount(10)),
        event("e1", "consume", resourceInventoriedAs=FLOUR, resourceQuantity=amount(2)),
        resource(accountingQuantity=amount(9)),
    )
    assert [(remark.code, remark.field) for remark in report.remarks] == [
        ("documents.snapshot_differs", "accountingQuantity")
    ]
    assert EconomicResource.objects.get().accounting_quantity == quantity("8 kilogram")


def test_a_resource_described_after_the_event_that_can_make_it_is_made_by_it(take_in):
    take_in(
        event("e1", "produce", resourceInventoriedAs=FLOUR, resourceQuantity=amount(4)),
        resource(accountingQuantity=amount(4), name="Flour"),
    )
    flour = EconomicResource.objects.get()
    assert (flour.name, flour.accounting_quantity, hasattr(flour, "opening")) == (
        "Flour",
        quantity("4 kilogram"),
        False,
    )
    assert flour.primary_accountable.iri == ANA


def test_anonymous_nodes_become_records_of_this_house(take_in):
    take_in({"@id": ANA, "@type": "Person", "name": "Ana", "primaryLocation": {"mappableAddress": "Mill Lane 1"}})
    place = Agent.objects.get(iri=ANA).primary_location
    assert (place.mappable_address, place.iri) == ("Mill Lane 1", None)


def test_events_may_correct_events_of_the_same_document(take_in):
    made = event("e1", "raise", resourceConformsTo="https://x.example/k", resourceQuantity=amount(5))
    take_in(made, event("e2", "raise", corrects="https://x.example/e1", resourceQuantity=amount(-2)))
    assert EconomicEvent.objects.get(iri="https://x.example/e2").corrects.iri == "https://x.example/e1"


def test_the_same_document_is_taken_in_once_and_says_so(take_in):
    nodes = [
        {"@id": ANA, "@type": "Person", "name": "Ana"},
        event("e1", resourceConformsTo="https://x.example/k", resourceQuantity=amount(1)),
    ]
    take_in(*nodes)
    again = take_in(*nodes)
    assert again.is_repeat
    assert [remark.code for remark in again.remarks] == ["documents.repeated"]
    more = take_in(*nodes, event("e2", resourceConformsTo="https://x.example/k", resourceQuantity=amount(1)))
    assert dict(more.written) == {"EconomicEvent": 1}
    assert EconomicEvent.objects.count() == 2


def test_a_script_in_a_note_stays_text(take_in):
    note = "<script>alert('x')</script>"
    take_in({"@id": ANA, "@type": "Person", "name": "Ana", "note": note})
    assert Agent.objects.get(iri=ANA).note == note


@pytest.mark.parametrize(
    ("nodes", "code"),
    [
        (
            [{"@id": ANA, "@type": "Person", "name": "Ana"}, {"@id": ANA, "@type": "Person", "name": "Eve"}],
            "jsonld.two_descriptions",
        ),
        ([event("e1", "eat")], "actions.unknown"),
        ([{"@id": "https://x.example/e1", "@type": "EconomicEvent"}], "documents.no_action"),
        ([event("e1", resourceQuantity=amount(1, "liter"))], "units.unknown"),
        ([event("e1", inputOf=ANA), {"@id": ANA, "@type": "Person", "name": "Ana"}], "documents.wrong_class"),
        ([event("e1", provider="0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b")], "kit.unknown_record"),
        ([event("e1", resourceQuantity=amount(-1), resourceConformsTo="https://x.example/k")], "flows.negative"),
        ([event("e1", resourceConformsTo="https://x.example/k")], "flows.no_quantity"),
        ([resource(accountingQuantity=amount(1), onhandQuantity=amount(1, "gram"))], "documents.units_differ"),
        ([{"@id": ANA, "@type": "Proposal"}], "jsonld.not_built"),
        ([resource(containedIn=["https://x.example/1", "https://x.example/2"])], "documents.several_containers"),
        (
            [event("e1", resourceConformsTo="https://x.example/k", resourceQuantity=amount(1), note="x" * 30_000)],
            "kit.too_long",
        ),
        (
            [
                {
                    "@id": "https://x.example/1",
                    "@type": "SpatialThing",
                    "name": "1",
                    "https://w3id.org/oce/ns#within": {"@id": "https://x.example/2"},
                },
                {
                    "@id": "https://x.example/2",
                    "@type": "SpatialThing",
                    "name": "2",
                    "https://w3id.org/oce/ns#within": {"@id": "https://x.example/1"},
                },
            ],
            "documents.circle",
        ),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_of_the_document_is_written(take_in, nodes, code):
    good = {"@id": SHOP, "@type": "Organization", "name": "Shop"}
    with pytest.raises(Refused) as found:
        take_in(good, *nodes)
    assert code in {refusal.code for refusal in found.value.refusals}
    assert nothing_was_written()


def test_a_refusal_names_the_event_by_its_identifier(take_in):
    good = [
        event(f"e{number}", resourceConformsTo="https://x.example/k", resourceQuantity=amount(1)) for number in range(3)
    ]
    with pytest.raises(Refused) as found:
        take_in(*good, event("bad", resourceConformsTo="https://x.example/k"))
    assert all(refusal.field.startswith("https://x.example/bad") for refusal in found.value.refusals)


def test_another_description_of_what_is_known_is_refused(take_in):
    take_in({"@id": ANA, "@type": "Person", "name": "Ana"})
    with refused("documents.differs"):
        take_in({"@id": ANA, "@type": "Person", "name": "Eve"})


def test_a_document_learns_nothing_of_what_its_teller_may_not_see(take_in):
    take_in(
        {"@id": MILL, "@type": "Organization", "name": "Mill"},
        resource(accountingQuantity=amount(7), primaryAccountable=MILL),
    )
    Agent.objects.update(visibility="group")
    EconomicResource.objects.update(visibility="group")
    member = actor_with(factories.person("Eve"), record=factories.organization("Shop"))

    def tell(*nodes):
        return import_document(member, Source("again.json", json.dumps({"@graph": nodes}).encode()))

    for node in (
        {"@id": MILL, "@type": "Organization", "name": "Other"},
        resource(accountingQuantity=amount(9)),
        {"@id": "https://x.example/a", "@type": "Agreement", "name": "Ours", "parties": [MILL]},
    ):
        with refused("kit.unknown_record"):
            tell(node)


def test_a_document_may_leave_out_what_is_known(take_in):
    take_in({"@id": ANA, "@type": "Person", "name": "Ana", "note": "baker"})
    assert take_in({"@id": ANA, "@type": "Person", "name": "Ana"}).known["Person"] == 1


def test_a_resource_without_a_kind_is_taken_with_a_remark(take_in):
    report = take_in({"@id": FLOUR, "@type": "EconomicResource", "name": "Flour"})
    assert [remark.code for remark in report.remarks] == ["documents.no_kind"]


def test_a_resource_with_a_history_cannot_be_opened_again(actor):
    mill, flour = factories.organization("Mill"), factories.kind("flour")
    stock = EconomicResource.objects.create(conforms_to=flour)
    record_event(actor, EventDraft("raise", mill, mill, stock, resource_quantity=quantity("1 kilogram")))
    stock.refresh_from_db()
    with refused("events.already_open"):
        open_resources(actor, [(stock, OpeningDraft(accounting=Decimal(1), onhand=Decimal(1), unit="kilogram"))])


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, settings, monkeypatch):
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024 + 1)

    def read(_path):
        raise AssertionError

    monkeypatch.setattr(type(path), "read_bytes", read)
    with pytest.raises(Refused, match=r"large\.json has 101 MB; at most 100 MB"):
        uploads.source_at(path)


def test_a_stream_is_read_no_further_than_the_bound(settings):
    settings.OCE_UPLOAD_BYTES_MAX = 1000

    class Endless(io.BytesIO):
        given = 0

        def read(self, size=-1):
            self.given += size or 0
            return b"x" * (size or 0)

    endless = Endless()
    with pytest.raises(Refused, match="endless has more than 0 MB"):
        uploads.source_of("endless", endless)
    assert endless.given <= 1001


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with refused("files.not_there"):
        uploads.source_at(tmp_path / "nothing.json")


def test_a_folder_is_refused_as_such(tmp_path):
    with refused("files.folder"):
        uploads.source_at(tmp_path)


def test_a_document_is_taken_in_once_more_only_on_purpose(actor):
    source = Source("doc.json", json.dumps({"@type": "Person", "name": "Ana"}).encode())
    import_document(actor, source)
    with refused("files.taken_before"):
        import_document(actor, source, skip_unknown=True)
    assert Agent.objects.count() == 1
    assert not import_document(actor, source, skip_unknown=True, again=True).is_repeat
    assert Agent.objects.count() == 2
    # What was done last is what is known.
    assert import_document(actor, source, skip_unknown=True).is_repeat


def test_a_stranger_imports_nothing(stranger):
    with refused("kit.not_allowed"):
        import_document(stranger, Source("doc.json", b"[]"))


def test_an_import_with_a_key_is_answered_once(actor):
    kindless = {"@id": FLOUR, "@type": "EconomicResource", "name": "Flour"}
    source = Source("doc.json", json.dumps({"@graph": [kindless]}).encode())
    first = import_document(actor, source, key="once")
    again = import_document(actor, source, key="once")
    assert (again.summary, again.is_repeat) == (first.summary, False)
    assert [remark.message for remark in again.remarks] == [remark.message for remark in first.remarks] != []
    with refused("kit.key_reused"):
        import_document(actor, Source("doc.json", b"[]"), key="once")


def test_a_typed_reference_names_a_record_of_that_class(take_in):
    shop = {"@id": SHOP, "@type": "Organization"}
    made = event(
        "e1", provider=shop, receiver=shop, resourceConformsTo="https://x.example/k", resourceQuantity=amount(1)
    )
    take_in(made)
    known = Agent.objects.get(iri=SHOP)
    assert (known.vf_type, known.is_described) == ("Organization", False)
    take_in({**shop, "name": "Shop"})
    known.refresh_from_db()
    assert (known.name, known.is_described) == ("Shop", True)


def test_a_class_alone_describes_what_needs_no_more(take_in):
    take_in({"@id": "https://x.example/p", "@type": "Process"})
    assert record_model("process").objects.get(iri="https://x.example/p").is_described
