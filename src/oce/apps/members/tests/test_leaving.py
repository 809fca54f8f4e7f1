"""Who leaves for good is forgotten, and every number of the ledger stays; before that, they can take all of it along."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from oce.apps.agents.models import Agent
from oce.apps.events.checks import checks
from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.members import erasure, personal
from oce.apps.members.accounts import Account
from oce.apps.members.erasure import FORMER, erase_myself, nameless
from oce.apps.members.joining import JoinRequest, RequestComment
from oce.apps.members.requests import ask_to_join, comment_on_request
from oce.apps.members.tests.accounts import PASSWORD, actor, again, browser_of, coordinator_of, group, member_of
from oce.apps.members.tests.test_joining import refused
from oce.kit.actor import Actor
from oce.kit.forgetting import PersonForgotten
from oce.kit.journal import JournalLine
from oce.kit.testing.factories import kind
from oce.kit.testing.notation import quantity

pytestmark = pytest.mark.django_db


def worked(who: Actor, bakery: Agent) -> EconomicEvent:
    draft = EventDraft(
        action="work",
        provider=Agent.objects.get(pk=who.agent),
        receiver=bakery,
        resource_conforms_to=kind("baking", "hour"),
        effort_quantity=quantity("3 hour"),
    )
    return record_event(who, draft)


def test_who_leaves_is_forgotten_and_what_they_did_stays() -> None:
    bakery, mill = group(), group("Mill")
    cleo = coordinator_of(bakery)
    zoe = member_of(bakery, "Zoé Q")
    event = worked(zoe, bakery)
    request = ask_to_join(zoe, mill, ["I am Zoé Q."])
    ours = ask_to_join(actor("Ben"), bakery, ["Hello."])
    comment_on_request(cleo, ours, "Hello, Ben.")
    assert list(checks["ledger"]()) == []
    erase_myself(nameless(zoe))
    event.refresh_from_db()
    former = Agent.objects.get(pk=zoe.agent)
    assert (former.name, str(event.effort_quantity)) == (FORMER, str(quantity("3 hour")))
    assert list(checks["ledger"]()) == []
    assert not Account.objects.filter(person=former).exists()
    assert not JoinRequest.objects.filter(pk=request.pk).exists()
    told = json.dumps(list(JournalLine.objects.values_list("actor", "words")), ensure_ascii=False)
    assert "Zoé" not in told
    assert "Zoé" not in str(list(RequestComment.objects.values()))


def test_every_app_hears_whom_it_has_to_forget(monkeypatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(erasure, "announce", told.append)
    ben = member_of(group(), "Ben")
    erase_myself(nameless(ben))
    person = Agent.objects.get(pk=ben.agent)
    assert told == [PersonForgotten(person.pk, person.uid, "Ben", FORMER)]


def test_a_name_is_taken_out_of_the_journal_and_no_part_of_other_words() -> None:
    bakery = group("Anabella's")
    ana = member_of(bakery, "Ana")
    erase_myself(nameless(ana))
    told = [line.sentence for line in JournalLine.objects.filter(command__startswith="members.")]
    assert any("Anabella's" in sentence for sentence in told)
    assert not any(re.search(r"\bAna\b", sentence) for sentence in told)


def test_comments_of_who_left_stay_without_their_author() -> None:
    bakery = group()
    coordinator_of(bakery, "Dan")
    cleo = coordinator_of(bakery)
    request = ask_to_join(actor("Ben"), bakery, ["Hello."])
    comment = comment_on_request(cleo, request, "Welcome.")
    erase_myself(cleo)
    comment.refresh_from_db()
    assert (comment.author, comment.text) == (None, "Welcome.")


def test_the_last_coordinator_hands_over_first() -> None:
    bakery = group()
    cleo = coordinator_of(bakery)
    member_of(bakery)
    assert refused(erase_myself, cleo) == ["members.last_coordinator"]
    coordinator_of(bakery, "Dan")
    erase_myself(cleo)


def test_a_group_of_one_lets_its_only_member_go() -> None:
    erase_myself(coordinator_of(group()))


def test_the_last_administrator_hands_over_first() -> None:
    assert refused(erase_myself, actor("Root", is_administrator=True)) == ["members.last_administrator"]


def test_everything_that_is_kept_of_one_can_be_taken_along() -> None:
    bakery, mill = group(), group("Mill")
    ben = member_of(bakery)
    event = worked(ben, bakery)
    other = worked(member_of(bakery, "Eve"), bakery)
    ask_to_join(again(ben), mill, ["I love flour."])
    answer = browser_of(ben).get("/members/me/export")
    files = zipfile.ZipFile(io.BytesIO(answer.content))
    records = json.loads(files.read("records.jsonld"))
    known = json.loads(files.read("account.json"))
    addresses = {each["@id"] for each in records["@graph"]}
    assert event.address in addresses
    assert other.address not in addresses
    assert known["account"]["email"] == "ben@coop.example"
    assert known["requests"][0]["answers"] == [["Why?", "I love flour."]]
    assert personal.account_data(ben)["journal"]


def test_leaving_asks_for_the_password_and_a_word() -> None:
    browser = browser_of(ben := actor("Ben"))
    asked = browser.get("/members/me/erase")
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    assert browser.post("/members/me/erase", {"word": "no"}).status_code == 422
    assert browser.post("/members/me/erase", {"word": "Forget me"}).status_code == 200
    assert Agent.objects.get(pk=ben.agent).name == FORMER
    assert browser.get("/members/me/").status_code == 302
