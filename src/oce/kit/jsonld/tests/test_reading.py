"""Documents of any form tell the same; what cannot be read is named."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from oce.kit.jsonld.descriptions import Ref, descriptions
from oce.kit.jsonld.expansion import expanded
from oce.kit.jsonld.reading import read
from oce.kit.jsonld.texts import Source, read_text
from oce.kit.testing.notation import refused
from oce.vf.measures import Measure
from oce.vf.namespaces import VF_INSECURE
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db

HTTP = {"@vocab": VF_INSECURE, "x": "https://x.example/"}


def told(*nodes, context=HTTP, skip_unknown=False, zone=UTC):
    """Return what a document of these nodes tells, by identifier."""
    document = {"@graph": list(nodes)} if context is None else {"@context": context, "@graph": list(nodes)}
    source = Source("doc.json", json.dumps(document).encode())
    reading = read(descriptions(expanded(source, read_text(source))), zone=zone, skip_unknown=skip_unknown)
    told.remarks = [remark.code for remark in reading.remarks]
    return reading.told


def event(identity="x:e1", **values):
    return {
        "@id": identity,
        "@type": "EconomicEvent",
        "action": "produce",
        "provider": "https://ana.example/",
        "receiver": "https://ana.example/",
        "resourceQuantity": {"hasNumericalValue": 3, "hasUnit": "kilogram"},
        **values,
    }


def test_the_old_namespace_is_the_new_one():
    found = told(event())["https://x.example/e1"]
    assert found.of.name == "EconomicEvent"
    assert found.values["resource_quantity"] == Measure(Decimal(3), "kilogram")
    assert found.values["provider"] == Ref("https://ana.example/")


@pytest.mark.parametrize(
    "context",
    [
        None,
        "https://w3id.org/valueflows/ont/vf#",
        "http://w3id.org/valueflows/ont/vf#",
        "http://localhost:8000/context.jsonld",
        ["https://w3id.org/valueflows/ont/vf", {"x": "https://x.example/"}],
    ],
)
def test_a_document_may_name_the_contexts_that_are_known_or_none(context):
    assert [each.values["action"] for each in told(event("https://x.example/e1"), context=context).values()] == [
        "produce"
    ]


@pytest.mark.parametrize(
    "context",
    [
        "https://evil.example/context.jsonld",
        [HTTP, "https://evil.example/context.jsonld"],
        {"@vocab": VF_INSECURE, "action": {"@id": "action", "@context": "https://evil.example/c"}},
        {"@import": "https://evil.example/context.jsonld"},
        "file:///etc/passwd",
    ],
)
def test_a_remote_context_is_never_fetched(context, monkeypatch):
    def fetch(*_args, **_options):
        raise AssertionError

    monkeypatch.setattr("socket.socket.connect", fetch)
    monkeypatch.setattr(
        "pyld.jsonld.load_document", lambda url, options, *_a, **_k: options["documentLoader"](url, options)
    )
    with refused("jsonld.remote_context"):
        told(event(), context=context)


def test_nested_nodes_become_events_of_their_process_in_document_order():
    process = {
        "@id": "x:p",
        "@type": "Process",
        "name": "Bake",
        "hasInput": [event("x:e2", action="consume"), event("x:e1", action="use")],
        "hasOutput": event("x:e3"),
    }
    found = told(process)
    assert list(found) == [f"https://x.example/{name}" for name in ("p", "e2", "e1", "e3")]
    assert found["https://x.example/e1"].values["input_of"] == Ref("https://x.example/p")
    assert found["https://x.example/e3"].values["output_of"] == Ref("https://x.example/p")
    assert "has_input" not in found["https://x.example/p"].values


def test_an_inverse_property_may_only_name_the_event():
    found = told({"@id": "x:p", "@type": "Process", "hasInput": "x:e1"}, event(action="consume"))
    assert found["https://x.example/e1"].values["input_of"] == Ref("https://x.example/p")


def test_a_reverse_property_of_json_ld_is_the_property():
    document = {"@id": "x:a", "@type": "Agreement", "@reverse": {"realizationOf": event()}}
    assert told(document)["https://x.example/e1"].values["realization_of"] == Ref("https://x.example/a")


def test_flattened_and_nested_documents_tell_the_same():
    nested = told({"@id": "x:p", "@type": "Process", "name": "Bake", "hasInput": [event(action="consume")]})
    flat = told({"@id": "x:p", "@type": "Process", "name": "Bake"}, event(action="consume", inputOf="x:p"))
    assert {key: each.values for key, each in nested.items()} == {key: each.values for key, each in flat.items()}


def test_a_node_without_a_class_is_what_its_property_leads_to():
    place = {"lat": "47.123456789012345678", "long": 8}
    found = list(told({"@id": "x:a", "@type": "Person", "name": "Ana", "primaryLocation": place}).values())
    assert [each.of.name for each in found] == ["Person", "SpatialThing"]
    assert found[1].values["lat"] == Decimal("47.123456789012345678")
    assert found[0].values["primary_location"] == Ref(found[1].id)


def test_a_description_without_a_class_is_refused():
    with refused("jsonld.no_class"):
        told({"@id": "x:a", "name": "Ana"})


def test_moments_are_read_in_their_own_zone_or_in_that_of_the_house():
    east = timezone(timedelta(hours=2))
    found = told(event(hasBeginning="2019-04-18T8:00:00-5:00", hasEnd="2019-04-18"), zone=east)["https://x.example/e1"]
    assert found.values["has_beginning"] == datetime(2019, 4, 18, 13, tzinfo=UTC)
    assert found.values["has_end"] == datetime(2019, 4, 17, 22, tzinfo=UTC)


def test_pictures_stand_in_a_list_or_between_commas():
    spec = {"@type": "ResourceSpecification", "name": "Bread"}
    one, two = "https://a.example/1.png", "https://a.example/2.png"
    found = told({**spec, "@id": "x:1", "imageList": f"{one}, {two}"}, {**spec, "@id": "x:2", "imageList": [one, two]})
    assert [each.values["image_list"] for each in found.values()] == [[one, two], [one, two]]


def test_units_are_read_by_name_by_address_and_in_the_older_spelling():
    om2 = "http://www.ontology-of-units-of-measure.org/resource/om-2/"
    spellings = [
        {"hasNumericalValue": 3, "hasUnit": "kilogram"},
        {"hasNumericalValue": "3", "hasUnit": {"@id": om2 + "kilogram"}},
        {"om2:hasNumericalValue": 3, "om2:hasUnit": "om2:kilogram"},
    ]
    found = told(*(event(f"x:e{n}", resourceQuantity=each) for n, each in enumerate(spellings)))
    assert {each.values["resource_quantity"] for each in found.values()} == {Measure(Decimal(3), "kilogram")}


def test_a_unit_that_the_document_describes_may_count():
    unit = {"@id": "x:loaf", "@type": "Unit", "label": "loaf", "https://w3id.org/oce/ns#identifier": "loaf"}
    amount = {"hasNumericalValue": 20, "hasUnit": {"@id": "x:loaf"}}
    assert told(unit, event(resourceQuantity=amount))["https://x.example/e1"].values["resource_quantity"] == Measure(
        Decimal(20), "loaf"
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"resourceQuantity": {"hasNumericalValue": 3, "hasUnit": "liter"}}, "units.unknown"),
        ({"resourceQuantity": {"hasNumericalValue": 3}}, "jsonld.half_measure"),
        ({"resourceQuantity": {"hasNumericalValue": "three", "hasUnit": "litre"}}, "jsonld.wrong_kind"),
        ({"resourceQuantity": "3 kg"}, "jsonld.wrong_kind"),
        ({"action": "eat"}, "actions.unknown"),
        ({"action": ["produce", "consume"]}, "jsonld.one_value"),
        ({"hasPointInTime": "tomorrow"}, "moments.unreadable"),
        ({"provider": "Ana"}, "jsonld.relative"),
        ({"colour": "blue"}, "jsonld.unknown_term"),
        ({"lat": 3}, "jsonld.misplaced"),
        ({"hasInput": event("x:e2", action="use")}, "jsonld.misplaced"),
        ({"note": {"@id": "x:n", "@type": "Proposal"}}, "jsonld.not_built"),
    ],
)
def test_what_cannot_be_read_is_named(changes, code):
    with pytest.raises(Refused) as found:
        told(event(**changes))
    assert code in {refusal.code for refusal in found.value.refusals}


def test_a_unit_that_nobody_knows_is_refused_with_the_nearest():
    with pytest.raises(Refused, match="litre"):
        told(event(resourceQuantity={"hasNumericalValue": 3, "hasUnit": "liter"}))


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(Refused) as found:
        told(event(action="eat", colour="blue"), {"@id": "x:c", "@type": "Proposal"}, {"@id": "x:z", "@type": "Zebra"})
    message = str(found.value)
    assert all(word in message for word in ("eat", "colour", "Proposal", "Zebra"))


def test_what_is_unknown_can_be_left_out_and_is_named():
    found = told(event(colour="blue"), {"@id": "x:c", "@type": "Proposal"}, skip_unknown=True)
    assert list(found) == ["https://x.example/e1"]
    assert told.remarks == ["jsonld.left_out"]


def test_words_on_the_wrong_class_are_read_where_their_sense_is_sure():
    found = told(
        {"@id": "x:r", "@type": "EconomicResource", "resourceConformsTo": "x:k"},
        event(trackingIdentifier="L1", stage="x:s"),
    )
    assert found["https://x.example/r"].values["conforms_to"] == Ref("https://x.example/k")
    assert sorted(told.remarks) == ["jsonld.ignored", "jsonld.ignored", "jsonld.read_as"]


def test_an_inverse_link_on_the_wrong_class_is_left_out_by_choice():
    found = told(event(hasInput=event("x:e2", action="use")), skip_unknown=True)
    assert "input_of" not in found["https://x.example/e2"].values
    assert told.remarks == ["jsonld.misplaced"]


def test_an_inverse_link_to_what_is_not_described_is_remarked_upon():
    told({"@id": "x:p", "@type": "Process", "hasInput": ["x:elsewhere"]})
    assert told.remarks == ["jsonld.not_described"]


def test_the_same_description_twice_counts_once():
    assert len(told(event(), event())) == 1


@pytest.mark.parametrize("changes", [{"note": "other"}, {"action": "raise"}, {"@type": "Agreement"}])
def test_two_descriptions_under_one_identifier_are_refused(changes):
    with pytest.raises(Refused) as found:
        told(event(), event() | changes, skip_unknown=True)
    assert "jsonld.two_descriptions" in {refusal.code for refusal in found.value.refusals}


def test_a_resource_may_be_described_again_with_other_quantities():
    def resource(number):
        amount = {"hasNumericalValue": number, "hasUnit": "one"}
        return {"@id": "x:r", "@type": "EconomicResource", "conformsTo": "x:k", "accountingQuantity": amount}

    found = told(resource(8), event(resourceInventoriedAs="x:r"), resource(9))["https://x.example/r"]
    assert [each.values["accounting_quantity"].value for each in found.snapshots] == [8, 9]


def test_a_page_of_a_collection_tells_of_its_members():
    page = {"@id": "x:list", "@type": "hydra:Collection", "hydra:member": [event()]}
    assert list(told(page, context={**HTTP, "hydra": "http://www.w3.org/ns/hydra/core#"})) == ["https://x.example/e1"]


def test_a_unit_of_the_vocabulary_needs_no_word_of_ours():
    kilo = {"@id": "x:kg", "@type": "Unit", "label": "Kilo", "omUnitIdentifier": "om2:kilogram"}
    loaf = {"@id": "x:loaf", "@type": "Unit", "label": "loaf"}
    amounts = [{"hasNumericalValue": 2, "hasUnit": {"@id": each}} for each in ("x:kg", "x:loaf")]
    found = told(kilo, loaf, *(event(f"x:e{n}", resourceQuantity=each) for n, each in enumerate(amounts)))
    assert [found[f"https://x.example/e{n}"].values["resource_quantity"].unit for n in range(2)] == ["kilogram", "loaf"]
    assert found["https://x.example/loaf"].values["identifier"] == "loaf"


def test_an_identifier_has_a_bounded_length():
    with refused("jsonld.long_identifier"):
        told(event("https://x.example/" + "x" * 3000))


def test_places_are_read_in_the_older_spelling():
    geo = "http://www.w3.org/2003/01/geo/wgs84_pos#"
    found = told({"@id": "x:p", "@type": "SpatialThing", geo + "lat": "47.1", geo + "long": "8.5"})
    assert found["https://x.example/p"].values == {"lat": Decimal("47.1"), "long": Decimal("8.5")}


def test_a_number_out_of_bounds_is_refused():
    with refused("measures.out_of_bounds"):
        told(event(resourceQuantity={"hasNumericalValue": "9" * 50, "hasUnit": "kilogram"}))


def test_a_reference_may_say_what_it_leads_to():
    ana = {"@id": "https://ana.example/", "@type": "Person"}
    found = told(event(provider=ana), {**ana, "name": "Ana"})
    assert found["https://ana.example/"].values == {"name": "Ana"}
    assert told({**ana, "name": "Ana"}, event(provider=ana))["https://ana.example/"].values == {"name": "Ana"}
    with refused("jsonld.two_descriptions"):
        told({**ana, "name": "Ana"}, event(provider={**ana, "@type": "Organization"}))
