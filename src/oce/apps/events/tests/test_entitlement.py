"""Who may write into the ledger: for whom, from whose stock, and who may correct what."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from oce.apps.agents.models import Agent
from oce.apps.events.commands import correct_event, record_event, share_event, undo_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.openings import OpeningDraft, open_resources
from oce.apps.resources.commands import set_stock_policy
from oce.kit.actor import looking_as
from oce.kit.testing.actors import actor_with
from oce.kit.testing.factories import ACTOR, kind, organization, person, place, process
from oce.vf.measures import Measure
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db

ONE = Measure(Decimal(1), "kilogram")


@pytest.fixture
def there():
    """Two groups, each with a member who may record, and flour of the mill."""

    class There:
        mill, bakery = organization("Mill"), organization("Bakery")
        flour = kind("flour")
        miller = actor_with(person("Miller"), read=mill, record=mill)
        baker = actor_with(person("Baker"), read=bakery, record=bakery)
        lead = actor_with(person("Lead"), read=bakery, record=bakery, coordinate=bakery)

    There.stock = record_event(
        ACTOR,
        EventDraft(
            "raise",
            provider=There.mill,
            receiver=There.mill,
            resource_quantity=Measure(Decimal(10), "kilogram"),
            new_resource=ResourceDraft({"name": "Flour", "conforms_to": There.flour}),
        ),
    ).resource_inventoried_as
    return There


def refused(wish, *args, **told):
    with pytest.raises(Refused) as found:
        wish(*args, **told)
    return [refusal.code for refusal in found.value.refusals]


def work(there, provider, receiver):
    hour = Measure(Decimal(1), "hour")
    return EventDraft(
        "work", provider=provider, receiver=receiver, resource_conforms_to=kind("baking"), effort_quantity=hour
    )


def test_who_may_record_for_the_giver_or_the_taker_records(there):
    assert record_event(there.baker, work(there, there.mill, there.bakery)).pk
    assert record_event(there.baker, work(there, there.bakery, there.mill)).pk
    assert refused(record_event, there.baker, work(there, there.mill, there.mill)) == ["kit.not_entitled_alone"]


def test_nobody_takes_from_the_stock_of_a_group_for_which_they_may_not_record(there):
    handed_over = EventDraft(
        "transfer",
        provider=there.mill,
        receiver=there.bakery,
        resource_inventoried_as=there.stock,
        resource_quantity=ONE,
    )
    assert refused(record_event, there.baker, handed_over) == ["kit.not_entitled_alone"]
    assert record_event(there.miller, handed_over).pk


def test_who_recorded_an_event_corrects_it_and_so_does_who_coordinates_a_party(there):
    mine = record_event(there.baker, work(there, there.bakery, there.bakery))
    hour = Measure(Decimal(1), "hour")
    assert correct_event(there.baker, mine, effort_quantity=hour).corrects_id == mine.pk
    assert refused(undo_event, there.miller, mine) == ["kit.not_entitled_alone"]
    another = actor_with(person("Another"), read=there.bakery, record=there.bakery)
    assert refused(undo_event, another, mine) == ["kit.not_entitled_alone"]
    assert undo_event(there.lead, mine).corrects_id == mine.pk


def test_an_event_that_one_may_not_see_is_as_unknown_as_one_that_is_not_there(there):
    secret = record_event(ACTOR, EventDraft(**_told(work(there, there.mill, there.mill)), visibility="group"))
    assert EconomicEvent.every().get(pk=secret.pk).visibility == "group"
    with looking_as(there.baker):
        assert refused(undo_event, there.baker, secret.uid) == ["kit.unknown_record"]


@pytest.mark.parametrize("name", ["receiver", "to_location", "input_of", "resource_conforms_to", "resource"])
def test_what_one_may_not_see_is_as_unknown_in_an_event_as_what_is_not_there(there, name):
    hidden = {
        "receiver": lambda: organization("Hidden"),
        "to_location": lambda: place("Cellar"),
        "input_of": lambda: process("Brew", in_scope_of=there.mill),
        "resource_conforms_to": lambda: kind("secret", unit="hour"),
        "resource": lambda: there.stock,
    }[name]()
    type(hidden).objects.filter(pk=hidden.pk).update(visibility="group")
    told = {"action": "use", "resource_inventoried_as": hidden.uid} if name == "resource" else {name: hidden.uid}
    draft = replace(work(there, there.bakery, there.bakery), **told)
    with looking_as(there.baker):
        assert "kit.unknown_record" in refused(record_event, there.baker, draft)


def test_a_correction_names_what_its_event_names_whoever_may_see_that_since(there):
    mine = record_event(there.baker, work(there, there.mill, there.bakery))
    Agent.objects.filter(pk=there.mill.pk).update(visibility="group")
    assert undo_event(there.baker, mine).corrects_id == mine.pk


def test_a_correction_is_seen_by_nobody_who_may_not_see_its_event(there):
    draft = replace(work(there, there.bakery, there.bakery), visibility="group")
    secret = record_event(there.baker, draft)
    assert undo_event(there.baker, secret).visibility == "group"


def test_who_may_correct_an_event_decides_who_sees_it_and_its_corrections(there):
    mine = record_event(there.baker, work(there, there.bakery, there.bakery))
    undone = undo_event(there.baker, mine)
    assert refused(share_event, there.miller, mine, "group") == ["kit.not_entitled_alone"]
    assert refused(share_event, there.baker, mine, "nobody") == ["kit.wrong_kind"]
    assert share_event(there.baker, mine, "group").visibility == "group"
    with looking_as(there.miller):
        assert refused(share_event, there.miller, mine.uid, "public") == ["kit.unknown_record"]
    assert {EconomicEvent.every().get(pk=each.pk).visibility for each in (mine, undone)} == {"group"}
    assert share_event(there.lead, undone, "network").pk == mine.pk


def _told(draft):
    names = ("action", "provider", "receiver", "resource_conforms_to", "effort_quantity")
    return {name: getattr(draft, name) for name in names}


def test_stock_is_opened_and_shortages_are_decided_by_those_whose_it_is(there):
    opening = OpeningDraft(accountable=there.mill)
    assert refused(open_resources, there.baker, [(there.stock, opening)]) == ["kit.not_entitled_alone"]
    assert refused(set_stock_policy, there.lead, there.mill, "refuse") == ["kit.not_entitled_alone"]
    assert set_stock_policy(there.lead, there.bakery, "refuse").agent == there.bakery
