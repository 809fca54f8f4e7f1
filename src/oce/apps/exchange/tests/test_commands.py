"""Agreeing writes down the agreement, its parties and all its promises, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from oce.apps.agreements.models import Agreement
from oce.apps.commitments.models import Commitment
from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft
from oce.apps.exchange.commands import agree
from oce.kit.testing.asking import ask
from oce.kit.testing.factories import ACTOR, kind, organization
from oce.kit.testing.notation import moment, quantity, refused
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> dict[str, Any]:
    return {
        "mill": organization("Mill"),
        "bakery": organization("Bakery"),
        "flour": kind("flour"),
        "bread": kind("bread", unit="one"),
    }


def _promise(giver: Any, of_kind: Any, amount: str, **values: Any) -> dict[str, Any]:
    given = {"provider": giver, "resource_conforms_to": of_kind, "resource_quantity": quantity(amount)}
    return {"action": "transfer", **given, **values}


def _agreed(world: dict[str, Any]) -> Agreement:
    promises = [_promise(world["mill"], world["flour"], "50 kg"), _promise(world["bakery"], world["bread"], "20 one")]
    return agree(ACTOR, {"name": "Flour for bread"}, promises)


def test_whoever_promises_is_a_party_and_gets_what_the_other_gives(world: dict[str, Any]) -> None:
    agreement = _agreed(world)
    assert set(agreement.parties.all()) == {world["mill"], world["bakery"]}
    given, returned = Commitment.every()
    assert (given.clause_of, given.receiver) == (agreement, world["bakery"])
    assert (returned.reciprocal_clause_of, returned.receiver) == (agreement, world["mill"])


def test_an_agreement_needs_two_parties_and_promises_go_from_one_to_another(world: dict[str, Any]) -> None:
    mill, bakery = world["mill"], world["bakery"]
    with refused("exchange.one_party"):
        agree(ACTOR, {"name": "Alone", "parties": [mill]}, [])
    with refused("exchange.open_ends"):
        agree(
            ACTOR,
            {"name": "To itself", "parties": [mill, bakery]},
            [_promise(mill, world["flour"], "1 kg", receiver=mill)],
        )
    with refused("exchange.open_ends"):
        agree(ACTOR, {"name": "Of nobody", "parties": [mill, bakery]}, [_promise(None, world["flour"], "1 kg")])
    with refused("exchange.too_many_promises"):
        agree(ACTOR, {"name": "Long", "parties": [mill, bakery]}, [_promise(mill, world["flour"], "1 kg")] * 21)
    with refused("kit.unknown_record"):
        agree(ACTOR, {"name": "With a stranger", "parties": [mill, "0190a0a0-0000-7000-8000-000000000000"]}, [])
    assert not Agreement.every().exists()


def test_nothing_of_an_agreement_stays_where_one_promise_is_refused(world: dict[str, Any]) -> None:
    wrong = _promise(world["bakery"], world["flour"], "-1 kg")
    with pytest.raises(Refused) as fault:
        agree(
            ACTOR, {"name": "Flour"}, [_promise(world["mill"], world["flour"], "1 kg", receiver=world["bakery"]), wrong]
        )
    assert {str(each.field).split(".")[1] for each in fault.value.refusals} == {"1"}
    assert not Agreement.every().exists()
    assert not Commitment.every().exists()


def test_programs_agree_in_one_mutation(world: dict[str, Any]) -> None:
    clause = {
        "action": "transfer",
        "provider": str(world["mill"].uid),
        "resourceConformsTo": str(world["flour"].uid),
        "resourceQuantity": {"hasNumericalValue": "5", "hasUnit": "kilogram"},
    }
    agreement = {"name": "Flour", "parties": [str(world["mill"].uid), str(world["bakery"].uid)]}
    asked = """mutation($a: AgreementCreateParams!, $c: [CommitmentCreateParams!]!) {
        agree(agreement: $a, clauses: $c) { agreement { name } }
    }"""
    assert ask(asked, a=agreement, c=[clause])["agree"]["agreement"]["name"] == "Flour"
    assert Commitment.every().get().receiver == world["bakery"]


def test_people_agree_in_one_form_and_empty_promises_are_left_out(world: dict[str, Any], browser: Client) -> None:
    form = {
        "name": "Flour for bread",
        "clauses.0.provider": str(world["mill"].uid),
        "clauses.0.receiver": str(world["bakery"].uid),
        "clauses.0.resourceConformsTo": str(world["flour"].uid),
        "clauses.0.resourceQuantity": "50",
        "clauses.0.resourceQuantity.unit": "kg",
        "_clauses": "2",
    }
    answer = browser.post("/exchange/agree", form)
    agreement = Agreement.every().get()
    assert (answer.status_code, answer["Location"]) == (302, f"/agreement/{agreement.uid}")
    assert Commitment.every().get().clause_of == agreement


def test_a_refused_form_keeps_what_was_typed_and_says_what_is_wrong_where_it_is(
    world: dict[str, Any], browser: Client
) -> None:
    form = {"name": "Flour", "clauses.1.provider": str(world["mill"].uid), "clauses.1.resourceQuantity": "many"}
    answer = browser.post("/exchange/agree", form)
    assert answer.status_code == 422
    assert not Agreement.every().exists()
    page = answer.content.decode()
    assert 'value="many"' in page
    assert 'id="clauses.1.resourceQuantity-fault"' in page
    alone = browser.post("/exchange/agree", {"name": "Flour", "parties": str(world["mill"].uid)})
    assert 'id="parties-fault"' in alone.content.decode()


def test_one_more_promise_is_room_and_not_yet_an_agreement(browser: Client) -> None:
    answer = browser.post("/exchange/agree", {"name": "Flour", "_clauses": "2", "_add": "1"})
    assert 'name="clauses.2.provider"' in answer.content.decode()
    assert not Agreement.every().exists()


def test_the_page_of_an_agreement_shows_both_sides_and_what_is_left(world: dict[str, Any], browser: Client) -> None:
    agreement = _agreed(world)
    promise = Commitment.every().filter(clause_of=agreement).get()
    record_event(
        ACTOR,
        EventDraft(
            action="transfer",
            provider=world["mill"],
            receiver=world["bakery"],
            resource_conforms_to=world["flour"],
            resource_quantity=quantity("20 kg"),
            has_point_in_time=moment("2026-10-01"),
            fulfills=(promise,),
        ),
    )
    page = browser.get(f"/agreement/{agreement.uid}").content.decode()
    assert "30 kg still open" in page
    assert "20 still open" in page.replace("20 pieces", "20")
    assert "under way" in browser.get("/exchange/").content.decode()
    assert "Flour for bread" not in browser.get("/exchange/?q=jam").content.decode()


def test_what_is_open_of_a_group_stands_on_its_page(world: dict[str, Any], browser: Client) -> None:
    _agreed(world)
    assert "Still open" in browser.get(f"/agent/{world['mill'].uid}/more").content.decode()
