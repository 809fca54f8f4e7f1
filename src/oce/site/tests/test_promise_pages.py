"""From a promise to the event that fulfils it, in a browser."""

from __future__ import annotations

import re
from html import unescape

import pytest

from oce.apps.events.models import EconomicEvent
from oce.kit.pages.navigation import record_url
from oce.kit.testing import factories
from oce.kit.testing.notation import quantity

from .reading import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties():
    return {"provider": factories.organization("Mill"), "receiver": factories.organization("Bakery")}


def flow(word, parties, **more):
    values = {"action": "transfer", "resource_conforms_to": factories.kind("flour"), **parties, **more}
    return factories.make(word, resource_quantity=quantity("10 kg"), **values)


def button_of(browser, promise) -> str:
    """Return where the button on the page of a promise leads."""
    page = flat(browser.get(record_url(promise)))
    return unescape(re.search(r'href="(/events/record\?[^"]*)"', page)[1])


@pytest.mark.parametrize(
    ("word", "answer"), [("commitment", "fulfills"), ("intent", "satisfies"), ("claim", "settles")]
)
def test_a_promise_leads_to_the_form_of_what_was_done_for_it(browser, parties, word, answer):
    promise = flow(word, parties)
    page = flat(browser.get(button_of(browser, promise)))
    assert f'name="events.0.{answer}"' in page
    sent = {
        **{name: str(agent.uid) for name, agent in parties.items()},
        "events.0.action": "transfer",
        f"events.0.{answer}": str(promise.uid),
        "events.0.resourceConformsTo": str(promise.resource_conforms_to.uid),
        "events.0.resourceQuantity": "4",
        "events.0.resourceQuantity.unit": "kg",
    }
    for name, text in sent.items():
        shown = "10" if name.endswith("Quantity") else "kilogram" if name.endswith("unit") else text
        assert f'value="{shown}"' in page, name
    assert browser.post("/events/record", sent).status_code == 302
    event = EconomicEvent.objects.get()
    assert list(getattr(event, answer).all()) == [promise]
    page = flat(browser.get(record_url(promise)))
    assert "What was done for it" in page
    assert "6 kg left to do." in page


def test_a_promise_is_made_in_a_form(browser, parties):
    sent = {
        "action": "transfer",
        **{name: str(agent.uid) for name, agent in parties.items()},
        "resourceConformsTo": str(factories.kind("flour").uid),
        "resourceQuantity": "10",
        "resourceQuantity.unit": "kg",
    }
    page = browser.post("/commitment/new", {**sent, "receiver": sent["provider"]})
    assert "needs two different agents" in flat(page)
    made = browser.post("/commitment/new", sent, follow=True)
    assert "transfer 10 kg" in flat(made)
