"""Accounts are opened, closed and looked after; tokens act for people and may no more than they were given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from oce.apps.agents.models import Agent
from oce.apps.members import acting, letters, queries
from oce.apps.members.account_commands import (
    close_account,
    end_own_sessions,
    make_administrator,
    open_account,
    reopen_account,
    unmake_administrator,
)
from oce.apps.members.accounts import AccessToken, Account, Letter
from oce.apps.members.joining_commands import join
from oce.apps.members.setup import decide_visibility, name_network, take_starters
from oce.apps.members.tests.accounts import PASSWORD, account, actor, browser_of, coordinator_of, group
from oce.apps.members.tests.test_joining import refused
from oce.apps.members.tokens import make_token, revoke_token
from oce.kit import clock, outbox, visibility
from oce.kit.actor import SYSTEM, Power, operator
from oce.kit.testing.factories import ACTOR

pytestmark = pytest.mark.django_db


def test_an_account_brings_its_person_and_has_an_address_of_its_own() -> None:
    ana = account()
    assert (ana.person.name, ana.person.agent_class) == ("Ana", "Person")
    assert Account.objects.get_by_natural_key("ANA@coop.example") == ana
    twin = Account(email="Ana@Coop.example")
    twin.set_password(PASSWORD)
    assert refused(open_account, SYSTEM, twin, "Ana") == ["members.address_taken"]
    assert Agent.every().count() == 1


def test_a_closed_account_signs_nobody_in_until_it_is_opened_again() -> None:
    admin, ana = actor("Root", is_administrator=True), account()
    token = make_token(acting.actor_of(ana), "Till", ["read"]).text
    browser = Client()
    sign_in = {"login": ana.email, "password": PASSWORD}
    assert browser.post("/enter", sign_in).status_code == 302
    close_account(admin, ana)
    assert browser.get("/members/me/").status_code == 302
    assert acting.actor_of_token(token) is None
    assert Client().post("/enter", sign_in).headers["Location"] == "/account/inactive/"
    reopen_account(admin, ana)
    assert Client().post("/enter", sign_in).headers["Location"] == "/"


def test_somebody_looks_after_the_house_at_all_times() -> None:
    admin = actor("Root", is_administrator=True)
    root = queries.account_of(admin)
    assert refused(unmake_administrator, admin, root) == ["members.last_administrator"]
    assert refused(close_account, admin, root) == ["members.last_administrator"]
    make_administrator(admin, account())
    assert not unmake_administrator(admin, root).is_administrator


def test_a_token_acts_for_its_person_and_no_further_than_its_scopes() -> None:
    cleo = coordinator_of(bakery := group())
    issued = make_token(cleo, "Till", ["read", "record"])
    found = acting.actor_of_token(issued.text)
    assert found is not None
    assert (found.agent, found.may(Power.RECORD, bakery.pk), found.may(Power.COORDINATE)) == (cleo.agent, True, False)
    reading = acting.actor_of_token(make_token(cleo, "Screen", ["read"]).text)
    assert reading is not None
    assert not reading.may(Power.RECORD)


def test_a_token_makes_no_other_token_and_one_that_reads_does_nothing_else() -> None:
    cleo = coordinator_of(group())
    reading, recording = (make_token(cleo, "Till", list(powers)).text for powers in (["read"], ["read", "record"]))
    wish = {"name": "More", "power": ["read", "record", "coordinate"], "days": "365"}
    for text in (reading, recording):
        sent = Client().post("/members/me/tokens", wish, headers={"Authorization": f"Bearer {text}"})
        assert sent.status_code in {403, 422}
    assert AccessToken.objects.count() == 2
    told = refused(make_token, acting.actor_of_token(recording), "More", ["read"])
    assert told == ["members.token_by_token"]
    garden = group("Garden", "open")
    assert refused(join, acting.actor_of_token(reading), garden) == ["kit.not_allowed"]
    assert join(acting.actor_of_token(recording), garden).group == garden


def test_a_token_of_an_administrator_does_not_administer() -> None:
    admin = actor("Root", is_administrator=True)
    assert refused(make_token, admin, "All", ["administer"]) == ["members.token_powers"]
    found = acting.actor_of_token(make_token(admin, "Some", ["read", "record", "coordinate"]).text)
    assert found is not None
    assert not found.may(Power.ADMINISTER)


def test_a_token_ends_and_is_taken_back() -> None:
    ana, ben = actor(), actor("Ben")
    issued = make_token(ana, "Till", ["read"], days=1)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert acting.actor_of_token(issued.text) is None
    assert refused(revoke_token, ben, issued.token) == ["members.unknown_token"]
    revoke_token(ana, issued.token)
    assert acting.actor_of_token(issued.text) is None


def test_of_a_token_only_the_fingerprint_is_kept_and_its_use_is_noted() -> None:
    issued = make_token(actor(), "Till", ["read"])
    assert issued.text not in str(AccessToken.objects.values().get())
    acting.actor_of_token(issued.text)
    assert AccessToken.objects.get().last_used is not None


def test_a_token_wants_a_name_some_scope_and_an_end() -> None:
    ana = actor()
    assert refused(make_token, ana, " ", [], days=0) == ["members.no_name", "members.token_powers", "members.days"]
    assert refused(make_token, operator(), "Till", ["read"]) == ["members.no_account"]


def test_one_ends_ones_other_sessions_and_stays_in_this_one() -> None:
    ana = account()
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.post("/enter", {"login": ana.email, "password": PASSWORD})
    assert browsers[0].post("/members/me/end-sessions").status_code == 302
    assert browsers[0].get("/members/me/").status_code == 200
    assert browsers[1].get("/members/me/").headers["Location"].startswith("/enter")
    assert end_own_sessions(acting.actor_of(ana)) == 1


def test_a_letter_without_a_mail_server_waits_for_an_administrator() -> None:
    admin = actor("Root", is_administrator=True)
    letters.write("ana@coop.example", "Your code", "It is ABC-DEF.")
    page = browser_of(admin).get("/members/accounts").content.decode()
    assert "It is ABC-DEF." in page
    assert browser_of(actor()).get("/members/accounts").status_code == 403
    with clock.standing_at(clock.now() + timedelta(days=2)):
        letters.write("ben@coop.example", "Hello", "Hello.")
    assert [each.to for each in letters.waiting()] == ["ben@coop.example"]


def test_a_letter_with_a_mail_server_is_sent_and_forgotten(settings: Any) -> None:
    settings.OCE_MAIL = {"host": "mail.example"}
    letters.write("ana@coop.example", "Your code", "It is ABC-DEF.")
    outbox.do_waiting()
    assert [each.to for each in mail.outbox] == [["ana@coop.example"]]
    assert not Letter.objects.exists()


def test_the_house_gets_its_name_words_and_manners_from_an_administrator() -> None:
    assert name_network(ACTOR, " Valley ").name == "Valley"
    assert queries.house_name() == "Valley"
    assert refused(name_network, ACTOR, "") == ["members.no_name"]
    assert take_starters(ACTOR, ["food", "makers", "services"]).count > 20
    assert take_starters(ACTOR, ["food"]).count == 0
    assert refused(take_starters, ACTOR, ["magic"]) == ["members.unknown_starters"]
    assert refused(decide_visibility, ACTOR, "public") == ["members.unknown_visibility"]
    assert decide_visibility(ACTOR, "group") == visibility.Visibility.GROUP
