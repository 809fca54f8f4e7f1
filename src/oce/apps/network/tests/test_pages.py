"""Groups, people and the whole network in a browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oce.apps.agents.models import Agent
from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft
from oce.apps.events.tests.ana import As
from oce.apps.network import queries
from oce.apps.network.pages import graph
from oce.kit import clock
from oce.kit.actor import STRANGER
from oce.kit.testing.actors import GUEST
from oce.kit.testing.factories import ACTOR, kind, organization, person, place, relate
from oce.kit.testing.notation import moment, quantity

pytestmark = pytest.mark.django_db
PERIOD = "period=2026-10"


@pytest.fixture
def village() -> dict[str, Any]:
    """A network with a bakery, whose oven group is a part of it, a member, a shop, and some days in October."""
    named: dict[str, Any] = {name: organization(name) for name in ("Network", "Bakery", "Oven group", "Shop")}
    named |= {name: person(name) for name in ("Ana", "Ben")}
    relate(named["Bakery"], "part_of", named["Network"])
    relate(named["Oven group"], "part_of", named["Bakery"])
    relate(named["Ana"], "member", named["Bakery"])
    relate(named["Ben"], "member", named["Oven group"])
    bread, baking = kind("bread"), kind("baking", unit="hour")
    _told("work", named["Ana"], named["Bakery"], baking, effort_quantity=quantity("2.5 hour"))
    _told("work", named["Ben"], named["Oven group"], baking, effort_quantity=quantity("30 minute"))
    _told("transfer", named["Bakery"], named["Shop"], bread, resource_quantity=quantity("12.5 kg"))
    _told("transfer", named["Bakery"], named["Oven group"], bread, resource_quantity=quantity("7 kg"))
    return named


def _told(action: str, giver: Any, taker: Any, of_kind: Any, **amounts: Any) -> None:
    when = moment("2026-10-14")
    draft = EventDraft(
        action=action, provider=giver, receiver=taker, resource_conforms_to=of_kind, has_point_in_time=when, **amounts
    )
    record_event(ACTOR, draft)


def _page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_group_shows_what_it_and_its_parts_did_in_the_period(village: dict[str, Any], browser: Client) -> None:
    page = _page(browser, f"/agent/{village['Bakery'].uid}?{PERIOD}")
    assert "2.5 h" in page
    assert "30 min" in page
    assert "12.5 kg" in page
    assert "7 kg" not in page  # it stayed inside
    assert "picture-contributions" in page
    assert "to Shop" in page
    assert "12.5 kg" not in _page(browser, f"/agent/{village['Bakery'].uid}?period=2026-09")


def test_a_person_shows_for_whom_they_worked_and_to_whom_they_belong(village: dict[str, Any], browser: Client) -> None:
    page = _page(browser, f"/agent/{village['Ana'].uid}?{PERIOD}")
    assert "2.5 h" in page
    assert "30 min" not in page
    around = _page(browser, f"/agent/{village['Ana'].uid}/around")
    assert "Network" in around  # through the bakery


def test_a_new_group_is_told_its_first_steps(browser: Client) -> None:
    page = _page(browser, f"/agent/{organization('New').uid}")
    assert "First steps" in page
    assert "Bring in the first two members" in page
    settled = organization("Settled", note="We bake.", primary_location=place())
    assert _page(browser, f"/agent/{settled.uid}").count('class="hint">done') == 2


def test_the_pages_of_a_group_ask_the_database_little_however_much_it_does(
    village: dict[str, Any], browser: Client
) -> None:
    for number in range(8):
        newcomer = person(f"Newcomer {number}")
        relate(newcomer, "member", village["Bakery"])
        _told("work", newcomer, village["Bakery"], kind(f"work {number}"), effort_quantity=quantity("1 hour"))
    for address in (f"/agent/{village['Bakery'].uid}?{PERIOD}", f"/agent/{village['Bakery'].uid}/around", "/network/"):
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        assert len(asked) <= 12, address


def test_the_network_is_drawn_by_relations_or_by_flows(village: dict[str, Any], browser: Client) -> None:
    page = _page(browser, f"/network/?{PERIOD}")
    assert "is part of" in page
    assert 'data-within="Bakery"' in page
    flows = _page(browser, f"/network/?show=flows&{PERIOD}")
    assert "2.5 hours of work" in flows
    assert "Without any flow" not in flows


def test_a_group_as_scope_leaves_others_out(village: dict[str, Any], browser: Client) -> None:
    stranger = organization("Far away")
    relate(person("Zoe"), "member", stranger)
    page = _page(browser, f"/network/?scope={village['Bakery'].uid}&{PERIOD}")
    assert "Far away" not in page.partition("<main")[2]
    assert "Far away" in _page(browser, f"/network/?scope=all&{PERIOD}").partition("<main")[2]


@pytest.mark.parametrize("most", [(graph, "MARKS_MAX"), (queries, "TIES_DRAWN_MAX")])
def test_of_more_than_anybody_tells_apart_people_count_as_their_groups(
    village: dict[str, Any], browser: Client, monkeypatch: pytest.MonkeyPatch, most: tuple[object, str]
) -> None:
    monkeypatch.setattr(*most, 3)
    page = _page(browser, f"/network/?{PERIOD}").partition("<main")[2]
    assert "people count as their groups" in page
    assert all(group in page for group in ("Network", "Bakery", "Oven group"))
    assert village["Ana"].name not in page
    assert village["Ana"].name not in _page(browser, f"/network/?show=flows&{PERIOD}").partition("<main")[2]


def test_people_are_found_by_name_and_within_a_group(village: dict[str, Any], browser: Client) -> None:
    assert "Ben" not in _page(browser, "/network/people?q=ana").partition("<main")[2]
    within = _page(browser, f"/network/people?scope={village['Oven group'].uid}").partition("<main")[2]
    assert "Ben" in within
    assert "Ana" not in within
    assert "Nobody of that name" in _page(browser, "/network/people?q=xyz")


def test_places_lie_within_one_another_with_who_is_there(browser: Client) -> None:
    farm = place("Farm", lat="48.25", long="16.5")
    barn = place("Barn", within=farm)
    organization("Barn keepers", primary_location=barn)
    page = _page(browser, "/network/places").partition("<main")[2]
    assert page.index("Farm") < page.index("Barn")
    assert "Barn keepers" in page
    assert 'href="geo:48.25,16.5"' in page


def test_a_kind_shows_who_has_some_and_what_happened_with_it(village: dict[str, Any], browser: Client) -> None:
    del village
    bread = kind("rye bread")
    owner = organization("Cellar")
    _told("transfer", owner, organization("Kitchen"), bread, resource_quantity=quantity("3 kg"))
    page = _page(browser, f"/resource-specification/{bread.uid}?{PERIOD}")
    assert "What happened with it" in page
    assert "3 kg" in page


def test_who_may_not_be_seen_is_counted_and_not_drawn(village: dict[str, Any], settings: Any) -> None:
    Agent.objects.filter(pk=village["Ana"].pk).update(visibility="group")
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{As.__module__}.As"]
    As.actor = GUEST
    for address in (f"/network/?{PERIOD}", f"/network/?{PERIOD}&show=flows"):
        page = _page(Client(), address)
        assert "1 more is not shared with you." in page
        assert "Ben" in page
        assert str(village["Ana"].uid) not in page
        assert "something not shared with you" not in page
    home = _page(Client(), f"/agent/{village['Bakery'].uid}?{PERIOD}")
    assert "1 not shared with you" in home
    assert str(village["Ana"].uid) not in home


def test_strangers_are_told_nothing_of_what_is_shared_with_the_network(village: dict[str, Any]) -> None:
    del village
    assert queries.summed(STRANGER, queries.EVERYBODY, None, None).sums == []
    assert queries.ties(STRANGER, clock.now()) == []
    assert queries.people(STRANGER, "", None, clock.now(), 10) == []


def test_a_public_group_shows_strangers_what_is_public_and_nothing_else() -> None:
    group = organization("Open kitchen", note="Everybody eats.", visibility="public")
    relate(person("Hidden Helper"), "member", group)
    stranger = Client()
    pages = [_page(stranger, f"/agent/{group.uid}{word}") for word in ("", "/around", "/more")]
    assert "Everybody eats." in pages[0]
    assert "First steps" not in pages[0]
    assert not any("Hidden Helper" in page for page in pages)
    closed = organization("Closed kitchen")
    assert stranger.get(f"/agent/{closed.uid}/around").status_code in {302, 404}
