"""Who may see an event is decided on its page, and in GraphQL."""

from __future__ import annotations

import pytest

from oce.apps.events.models import EconomicEvent
from oce.apps.events.tests.village import Village, hours
from oce.kit.testing.asking import ask, codes

pytestmark = pytest.mark.django_db

SHARE = "mutation($id: ID!, $whom: String!) { shareEconomicEvent(event: $id, visibility: $whom) { id } }"


@pytest.fixture
def event() -> EconomicEvent:
    village = Village()
    return village.record("work", effort_quantity=hours(1), resource_conforms_to=village.bread)


def seen_by_whom(event: EconomicEvent) -> str:
    return str(EconomicEvent.every().get(pk=event.pk).visibility)


def test_on_its_page_one_decides_who_sees_an_event(event, browser) -> None:
    address = f"/economic-event/{event.uid}"
    assert f'action="{address}/share"' in browser.get(address).content.decode()
    assert browser.post(f"{address}/share", {"visibility": "group"}).headers["Location"] == address
    assert seen_by_whom(event) == "group"
    refused = browser.post(f"{address}/share", {"visibility": "nobody"}, follow=True)
    assert "nobody" in refused.content.decode()
    assert seen_by_whom(event) == "group"


def test_a_program_decides_who_sees_an_event(event) -> None:
    assert ask(SHARE, id=str(event.uid), whom="public")["shareEconomicEvent"] == {"id": str(event.uid)}
    assert seen_by_whom(event) == "public"
    assert codes(SHARE, id=str(event.uid), whom="nobody") == ["kit.wrong_kind"]
