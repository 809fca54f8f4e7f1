"""Events are recorded, corrected and undone; what is wrong is told in sentences."""

from __future__ import annotations

import pytest

from oce.apps.resources.commands import set_stock_policy
from oce.kit.testing import factories as make
from oce.kit.testing.asking import answer, ask, codes
from tests.graphql.wishes import CREATE_EVENT, kilograms, raised, record, told

pytestmark = pytest.mark.django_db

STOCK = """
query($id: ID!) {
  economicResource(id: $id) { name onhandQuantity { hasNumericalValue hasUnit { id } } primaryAccountable { name } }
}
"""
BATCH = """
mutation($events: [EconomicEventWithResourceParams!]!, $key: String) {
  createEconomicEvents(events: $events, key: $key) {
    economicEvents { id action { id } provider { name } resourceInventoriedAs { id name } }
    warnings { code field }
  }
}
"""
CORRECT = """
mutation($event: ID!, $quantity: IMeasure) {
  correctEconomicEvent(event: $event, resourceQuantity: $quantity, note: "weighed again") {
    economicEvent { id note corrects { id } resourceQuantity { hasNumericalValue } }
  }
}
"""
UNDO = (
    'mutation($event: ID!) { undoEconomicEvent(event: $event, note: "never") { economicEvent { id corrects { id } } } }'
)


@pytest.fixture
def ana():
    return make.person("Ana")


@pytest.fixture
def flour():
    return make.kind("flour")


def onhand(identifier):
    return ask(STOCK, id=identifier)["economicResource"]["onhandQuantity"]["hasNumericalValue"]


def test_an_event_makes_and_changes_a_resource(ana, flour):
    event = told("raise", ana, resourceConformsTo=str(flour.uid), resourceQuantity=kilograms("10.50"))
    answered = record(event, new={"name": "Sack", "trackingIdentifier": "S-1", "batchLotCode": "L-1"})
    resource = answered["economicResource"]
    assert resource["name"] == "Sack"
    assert answered["economicEvent"]["resourceInventoriedAs"]["id"] == resource["id"]
    assert answered["economicEvent"]["created"] is not None
    record(told("consume", ana, resourceInventoriedAs=resource["id"], resourceQuantity=kilograms("0.5")))
    assert onhand(resource["id"]) == "10"


def test_an_event_without_a_new_resource_answers_none(ana, flour):
    stock = raised(ana, flour)
    answered = record(told("consume", ana, resourceInventoriedAs=stock, resourceQuantity=kilograms(1)))
    assert answered["economicResource"] is None
    assert answered["economicEvent"]["previousEvent"] is not None


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("1.0", "1"),
        ("0.000000000000000001", "0.000000000000000001"),
        (3, "3"),
        ("1e3", "1000"),
        ("99999999999999999999", "99999999999999999999"),
    ],
)
def test_quantities_are_exact(ana, flour, sent, stored):
    assert onhand(raised(ana, flour, sent)) == stored


def test_a_decimal_in_the_text_of_a_query_is_read_from_its_digits(ana, flour):
    stock = raised(ana, flour, "1")
    ask(
        """mutation($who: ID!, $stock: ID!) { createEconomicEvent(event: {
          action: "raise", provider: $who, receiver: $who, resourceInventoriedAs: $stock,
          resourceQuantity: {hasNumericalValue: 0.1, hasUnit: "kg"}
        }) { economicEvent { id } } }""",
        who=str(ana.uid),
        stock=stock,
    )
    assert onhand(stock) == "1.1"


def test_the_moment_of_an_event_answers_for_its_beginning_and_end(ana, flour):
    event = told("raise", ana, resourceConformsTo=str(flour.uid), resourceQuantity=kilograms(1))
    at = record(event | {"hasPointInTime": "2026-01-02T08:00:00+01:00"})["economicEvent"]
    assert at["hasBeginning"] == at["hasEnd"] == at["hasPointInTime"] == "2026-01-02T07:00:00+00:00"
    during = record(event | {"hasBeginning": "2026-01-02", "hasEnd": "2026-01-03"})["economicEvent"]
    assert (during["hasBeginning"], during["hasEnd"]) == ("2026-01-02T00:00:00+00:00", "2026-01-03T00:00:00+00:00")
    assert during["hasPointInTime"] is None


def test_a_shortage_is_warned_of_or_refused_as_the_group_decides(ana, flour, actor):
    stock = raised(ana, flour, "10")
    eleven = told("consume", ana, resourceInventoriedAs=stock, resourceQuantity=kilograms("11"))
    (warning,) = record(eleven)["warnings"]
    assert "10" in warning["message"]
    assert onhand(stock) == "-1"
    set_stock_policy(actor, ana, "refuse")
    assert codes(CREATE_EVENT, event=eleven) == [warning["code"]]
    assert onhand(stock) == "-1"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"action": "devour"}, "actions.unknown", "action"),
        ({"action": None}, "events.no_action", "action"),
        ({"provider": None}, "flows.no_provider", "provider"),
        ({"provider": "0190a000-0000-7000-8000-000000000000"}, "kit.unknown_record", "provider"),
        ({"resourceQuantity": None}, "flows.no_quantity", None),
        ({"resourceQuantity": {"hasNumericalValue": "1"}}, "graphql.no_unit", "resourceQuantity.hasUnit"),
        ({"resourceQuantity": {"hasNumericalValue": "1", "hasUnit": "kilogrm"}}, "units.unknown", "resourceQuantity"),
        ({"resourceQuantity": kilograms("-1")}, "flows.negative", None),
        ({"resourceQuantity": {"hasNumericalValue": "1", "hasUnit": "litre"}}, "effects.unit_differs", None),
    ],
)
def test_what_is_wrong_with_an_event_is_told_and_nothing_written(ana, flour, change, code, field):
    stock = raised(ana, flour)
    event = told("consume", ana, resourceInventoriedAs=stock, resourceQuantity=kilograms(1)) | change
    whole = answer(CREATE_EVENT, event=event)
    refusals = whole["errors"][0]["extensions"]["refusals"]
    assert code in [each["code"] for each in refusals]
    if field:
        assert field in [each["field"] for each in refusals]
    assert onhand(stock) == "10"
    assert ask("{ economicEvents { pageInfo { totalCount } } }")["economicEvents"]["pageInfo"]["totalCount"] == 1


def test_several_faults_of_an_event_are_told_at_once(ana):
    event = told("consume", ana, resourceQuantity={"hasNumericalValue": "1"}, effortQuantity={"hasNumericalValue": "2"})
    found = codes(CREATE_EVENT, event=event | {"action": "devour"})
    assert sorted(found) == ["actions.unknown", "graphql.no_unit", "graphql.no_unit"]


def test_several_events_are_recorded_together_and_name_what_the_earlier_ones_made(ana, flour):
    own = "0190a000-0000-7000-8000-00000000000a"
    raise_ = told("raise", ana, resourceConformsTo=str(flour.uid), resourceQuantity=kilograms(10))
    use_up = told("consume", ana, resourceInventoriedAs=own, resourceQuantity=kilograms(4))
    entries = [{"event": raise_, "newInventoriedResource": {"id": own, "name": "Sack"}}, {"event": use_up}]
    answered = ask(BATCH, events=entries, key="batch")["createEconomicEvents"]
    assert [each["action"]["id"] for each in answered["economicEvents"]] == ["raise", "consume"]
    assert {each["resourceInventoriedAs"]["id"] for each in answered["economicEvents"]} == {own}
    assert onhand(own) == "6"
    again = ask(BATCH, events=entries, key="batch")["createEconomicEvents"]
    assert [each["id"] for each in again["economicEvents"]] == [each["id"] for each in answered["economicEvents"]]
    assert onhand(own) == "6"


def test_each_of_several_events_may_be_warned_of(ana, flour):
    stock = raised(ana, flour, "10")
    six = {"event": told("consume", ana, resourceInventoriedAs=stock, resourceQuantity=kilograms(6))}
    answered = ask(BATCH, events=[six, six, six])["createEconomicEvents"]
    assert [warning["field"] for warning in answered["warnings"]] == [
        "events.1.resourceQuantity",
        "events.2.resourceQuantity",
    ]


def test_a_production_for_somebody_else_makes_a_resource_on_either_side(ana, flour):
    ben, process = make.person("Ben"), make.process("Bake")
    event = told("produce", ana, ben, resourceConformsTo=str(flour.uid), resourceQuantity=kilograms(3))
    wish = """mutation($event: EconomicEventCreateParams!) {
      createEconomicEvent(event: $event, newInventoriedResource: {name: "Made"}, newToResource: {name: "Got"}) {
        economicResource { name } economicEvent { toResourceInventoriedAs {
          name onhandQuantity { hasNumericalValue } primaryAccountable { name }
        } }
      }
    }"""
    answered = ask(wish, event=event | {"outputOf": str(process.uid)})["createEconomicEvent"]
    assert answered["economicResource"]["name"] == "Made"
    assert answered["economicEvent"]["toResourceInventoriedAs"] == {
        "name": "Got",
        "onhandQuantity": {"hasNumericalValue": "3"},
        "primaryAccountable": {"name": "Ben"},
    }


def test_of_several_events_all_are_recorded_or_none(ana, flour):
    stock = raised(ana, flour)
    good = {"event": told("consume", ana, resourceInventoriedAs=stock, resourceQuantity=kilograms(1))}
    bad = {"event": told("consume", ana, resourceInventoriedAs="nowhere", resourceQuantity=kilograms(1))}
    unread = {"event": told("devour", ana, resourceQuantity={"hasNumericalValue": 1})}
    whole = answer(BATCH, events=[good, bad])
    assert [each["field"] for each in whole["errors"][0]["extensions"]["refusals"]] == [
        "events.1.resourceInventoriedAs"
    ]
    fields = answer(BATCH, events=[unread, good, unread])["errors"][0]["extensions"]["refusals"]
    assert {each["field"] for each in fields} == {
        "events.0.action",
        "events.0.resourceQuantity.hasUnit",
        "events.2.action",
        "events.2.resourceQuantity.hasUnit",
    }
    assert codes(BATCH, events=[]) == ["events.too_many"]
    assert onhand(stock) == "10"


def test_a_retried_event_is_recorded_once(ana, flour):
    stock = raised(ana, flour)
    event = told("consume", ana, resourceInventoriedAs=stock, resourceQuantity=kilograms(1))
    first = record(event, key="k")
    assert record(event, key="k")["economicEvent"]["id"] == first["economicEvent"]["id"]
    assert onhand(stock) == "9"
    assert codes(CREATE_EVENT, event=event | {"note": "other"}, key="k") == ["kit.key_reused"]


def test_an_event_is_corrected_by_a_difference_or_undone(ana, flour):
    stock = raised(ana, flour)
    event = record(told("consume", ana, resourceInventoriedAs=stock, resourceQuantity=kilograms(4)))["economicEvent"][
        "id"
    ]
    corrected = ask(CORRECT, event=event, quantity=kilograms("-1.5"))["correctEconomicEvent"]["economicEvent"]
    assert corrected["corrects"]["id"] == event
    assert corrected["note"] == "weighed again"
    assert onhand(stock) == "7.5"
    ask(UNDO, event=event)
    assert onhand(stock) == "10"
    assert codes(UNDO, event=event) == ["events.nothing_left"]
    found = ask("query($id: ID!) { economicEvent(id: $id) { correctedBy { note } } }", id=event)["economicEvent"]
    assert [each["note"] for each in found["correctedBy"]] == ["weighed again", "never"]
    assert codes(UNDO, event="nowhere") == ["kit.unknown_record"]


def test_an_event_is_never_edited(ana, flour):
    stock = raised(ana, flour)
    edit = 'mutation { updateEconomicEvent(event: {revisionId: "x", note: "y"}) { economicEvent { id } } }'
    assert codes(edit) == ["events.never_edited"]
    assert onhand(stock) == "10"


def test_a_resource_is_described_but_its_quantity_is_not_set(ana, flour):
    stock = raised(ana, flour)
    found = ask("query($id: ID!) { economicResource(id: $id) { revisionId } }", id=stock)["economicResource"]
    change = """mutation($resource: EconomicResourceUpdateParams!) {
      updateEconomicResource(resource: $resource) { economicResource { name onhandQuantity { hasNumericalValue } } }
    }"""
    changed = ask(change, resource={"revisionId": found["revisionId"], "name": "Best flour"})
    assert changed["updateEconomicResource"]["economicResource"]["name"] == "Best flour"
    assert codes(change, resource={"revisionId": found["revisionId"], "onhandQuantity": kilograms(99)}) == [
        "graphql.invalid"
    ]


def test_a_script_in_a_note_is_text(ana, flour):
    note = "<script>alert(1)</script>"
    event = told("raise", ana, resourceConformsTo=str(flour.uid), resourceQuantity=kilograms(1), note=note)
    record(event)
    assert ask("{ economicEvents { edges { node { note } } } }")["economicEvents"]["edges"][0]["node"]["note"] == note
