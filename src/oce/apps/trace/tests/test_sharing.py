"""View-only links: what they show, for how long, and what whoever guesses gets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from oce.apps.events.commands import correct_event
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.trace import commands, guesses, sharing
from oce.apps.trace.commands import DAYS_MAX, revoke_trace_link, share_trace
from oce.apps.trace.models import TraceLink
from oce.apps.trace.sights import LEVELS_MAX, look, look_again
from oce.kit import clock
from oce.kit.access import acting
from oce.kit.actor import STRANGER, SYSTEM, Actor, Power, operator
from oce.kit.commands import changer
from oce.kit.forgetting import PersonForgotten
from oce.kit.journal import JournalLine
from oce.kit.notices import announce
from oce.kit.records import record_model
from oce.kit.testing.actors import actor_with
from oce.kit.testing.asking import ask, codes
from oce.kit.testing.factories import ACTOR, make, person
from oce.kit.testing.notation import refused
from oce.vf.measures import measure

pytestmark = pytest.mark.django_db(transaction=True)

SHARE = """
mutation Share($id: ID!, $levels: Int, $hasNames: Boolean, $days: Int) {
  shareTrace(id: $id, levels: $levels, hasNames: $hasNames, days: $days) { address link { id title isOpen hasNames levels } }
}
"""
REVOKE = "mutation Revoke($id: ID!) { revokeTraceLink(id: $id) { title isOpen } }"
LINKS = "{ traceLinks { id title levels hasNames isOpen } }"


@pytest.fixture(autouse=True)
def _nobody_guessed_yet():
    cache.clear()


@pytest.fixture
def stranger_browser():
    return Client()


def page_of(browser, given):
    response = browser.get(given.path)
    return response, response.content.decode()


def test_a_link_shows_the_trace_to_whoever_has_it_without_names(orchard, stranger_browser) -> None:
    orchard.sold()
    given = share_trace(SYSTEM, [orchard.jam])
    response, page = page_of(stranger_browser, given)
    assert response.status_code == 200
    assert "jar of jam, lot J-7" in page
    assert "It was made from 2 things at the very beginning." in page
    for name in ("Ana", "Farm", "Shop", "Cook jam"):
        assert name not in page
    assert "/economic-event/" not in page
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]


def test_a_link_shows_names_where_that_was_chosen(orchard, stranger_browser) -> None:
    _, page = page_of(stranger_browser, share_trace(SYSTEM, [orchard.jam], has_names=True))
    assert "Farm" in page
    assert "Cook jam" in page


def test_a_link_can_be_taken_along_as_a_table(orchard, stranger_browser) -> None:
    given = share_trace(SYSTEM, [orchard.jam])
    table = stranger_browser.get(f"{given.path}?format=csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert "1.2 kg" in table.content.decode()
    assert "Farm" not in table.content.decode()


def test_what_is_recorded_later_stays_out_and_corrections_do_not_change_what_is_shown(orchard) -> None:
    given = share_trace(SYSTEM, [orchard.jam])
    orchard.sold()
    consumed = EconomicEvent.objects.get(action="consume", resource_inventoried_as=orchard.sugar)
    correct_event(SYSTEM, consumed, resource_quantity=measure("-0.2 kilogram"))
    again = look_again(SYSTEM, sharing.recalled(TraceLink.objects.get().shows))
    assert sorted(again.events) == given.link.shows["entries"]
    assert len(again.events) < len(look(SYSTEM, [orchard.jam]).events)


def test_the_secret_is_not_kept(orchard) -> None:
    given = share_trace(SYSTEM, [orchard.jam])
    kept = TraceLink.objects.values().get()
    assert given.secret not in repr(kept)
    assert sharing.open_link(given.secret) == given.link
    assert given.secret not in repr(list(JournalLine.objects.values()))


@pytest.mark.parametrize("ended", ["expired", "revoked", "guessed", "not even text"])
def test_an_expired_a_revoked_and_a_guessed_link_get_the_same_answer(orchard, stranger_browser, ended) -> None:
    given = share_trace(SYSTEM, [orchard.jam])
    path = given.path
    if ended == "expired":
        TraceLink.objects.update(expires=clock.now() - timedelta(seconds=1))
    elif ended == "revoked":
        revoke_trace_link(SYSTEM, given.link.uid)
    else:
        path = "/trace/shared/guess" if ended == "guessed" else "/trace/shared/%C3%A9%00"
    response = stranger_browser.get(path)
    assert response.status_code == 404
    assert "This link shows nothing, or nothing any more." in response.content.decode()
    assert "Plum" not in response.content.decode()


def test_who_guesses_too_often_has_to_wait(orchard, stranger_browser) -> None:
    given = share_trace(SYSTEM, [orchard.jam])
    for _ in range(guesses.WRONG_MAX):
        assert stranger_browser.get("/trace/shared/wrong").status_code == 404
    assert stranger_browser.get(given.path).status_code == 429
    cache.clear()
    assert stranger_browser.get(given.path).status_code == 200


def test_what_a_group_shows_to_the_network_only_its_own_people_show_to_everybody(orchard) -> None:
    visitor, cook = actor_with(person("Visitor"), record=orchard.farm), actor_with(orchard.ana, record=orchard.kitchen)
    with refused("kit.not_entitled_alone"):
        share_trace(visitor, [orchard.jam])
    assert share_trace(cook, [orchard.jam]).link.agent == orchard.ana.pk


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_link_shows_no_longer_what_its_giver_lost_sight_of(orchard, stranger_browser) -> None:
    role = record_model("role").every().filter(may_record=True, group=None).first()
    membership = make("membership", member=orchard.ana, group=orchard.kitchen, role=role)
    EconomicResource.objects.filter(pk=orchard.jam.pk).update(visibility="group")
    given = share_trace(acting(orchard.ana.pk, "Ana"), [orchard.jam])
    assert "jar of jam, lot J-7" in page_of(stranger_browser, given)[1]
    changer(type(membership)).function(ACTOR, membership, None, {"has_end": clock.now()})
    assert "jar of jam, lot J-7" not in page_of(stranger_browser, given)[1].partition("<h1")[2].partition("</h1>")[2]


def test_the_links_of_who_left_for_good_show_nothing_and_tell_no_name(orchard, stranger_browser) -> None:
    given = share_trace(actor_with(orchard.ana, read=orchard.kitchen, record=orchard.kitchen), [orchard.jam])
    announce(PersonForgotten(orchard.ana.pk, orchard.ana.uid, "Ana", "Former member"))
    assert page_of(stranger_browser, given)[0].status_code == 404
    assert TraceLink.objects.get().actor == "Former member"


def test_who_sees_nothing_of_a_trace_gives_no_link_to_it(orchard) -> None:
    with refused("trace.nothing_to_show"):
        share_trace(Actor("blind", powers=frozenset({Power.RECORD})), [orchard.jam])


def test_whoever_may_not_record_gives_no_link(orchard) -> None:
    with refused("kit.not_allowed"):
        share_trace(STRANGER, [orchard.jam])


def test_a_link_works_within_bounds_and_shows_within_bounds(orchard) -> None:
    with refused("trace.link_days", "trace.link_levels"):
        share_trace(SYSTEM, [orchard.jam], days=DAYS_MAX + 1, levels=LEVELS_MAX + 1)
    with refused("trace.link_days"):
        share_trace(SYSTEM, [orchard.jam], days=0)


def test_nobody_gives_links_without_end(orchard, monkeypatch) -> None:
    monkeypatch.setattr(commands, "OPEN_MAX", 1)
    given = share_trace(SYSTEM, [orchard.jam])
    with refused("trace.too_many_links"):
        share_trace(SYSTEM, [orchard.jam])
    revoke_trace_link(SYSTEM, given.link.uid)
    share_trace(SYSTEM, [orchard.jam])


def test_one_takes_back_only_links_of_ones_own(orchard) -> None:
    given = share_trace(operator("Ana"), [orchard.jam])
    with refused("trace.no_such_link"):
        revoke_trace_link(operator("Pau"), given.link.uid)
    assert not revoke_trace_link(operator("Ana"), given.link.uid).is_open
    first = TraceLink.objects.get().revoked
    assert revoke_trace_link(operator("Ana"), given.link.uid).revoked == first


def test_one_gives_looks_at_and_takes_back_links_in_a_browser(orchard, browser, stranger_browser) -> None:
    address = f"/trace/of/economic-resource/{orchard.jam.uid}/share"
    said = "What it will say"
    assert "Farm" not in browser.get(address).content.decode().partition(said)[2]
    assert "Farm" in browser.get(f"{address}?names=names").content.decode().partition(said)[2]
    wrong = browser.post(address, {"levels": "99", "days": "7"})
    assert wrong.status_code == 422
    assert "A link shows 1 to 50 levels each way" in wrong.content.decode()
    made = browser.post(address, {"levels": "2", "days": "7", "names": "names"})
    link = TraceLink.objects.get()
    assert (link.levels, link.has_names, (link.expires - link.made).days) == (2, True, 6)
    path = made.context["address"].removeprefix("http://testserver")
    assert made.content.decode().count(made.context["address"]) == 2
    assert stranger_browser.get(path[path.index("/trace") :]).status_code == 200
    assert link.title in browser.get("/trace/links").content.decode()
    browser.post(f"/trace/links/{link.uid}/revoke")
    assert "taken back" in browser.get("/trace/links").content.decode()
    assert stranger_browser.get(path[path.index("/trace") :]).status_code == 404


def test_a_program_gives_lists_and_takes_back_links(orchard) -> None:
    given = ask(SHARE, id=str(orchard.jam.uid), levels=2, hasNames=True, days=3)["shareTrace"]
    assert given["link"] | {"id": ""} == {
        "id": "",
        "title": "Plum jam, lot J-7",
        "isOpen": True,
        "hasNames": True,
        "levels": 2,
    }
    assert sharing.open_link(given["address"].rpartition("/")[2]) is not None
    assert [each["title"] for each in ask(LINKS)["traceLinks"]] == ["Plum jam, lot J-7"]
    assert ask(REVOKE, id=given["link"]["id"])["revokeTraceLink"] == {"title": "Plum jam, lot J-7", "isOpen": False}
    assert codes(REVOKE, id="nothing") == ["trace.no_such_link"]
    assert codes(SHARE, id=str(orchard.jam.uid), days=91) == ["trace.link_days"]
