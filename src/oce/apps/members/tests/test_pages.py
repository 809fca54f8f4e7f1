"""Strangers come in by one form, coordinators answer in one press, and nothing that was typed is lost on the way."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from oce.apps.agents.models import Agent
from oce.apps.members import joining_queries, queries
from oce.apps.members.accounts import Account, House
from oce.apps.members.invitations import invite
from oce.apps.members.joining import JoinRequest, State
from oce.apps.members.models import MEMBER, Membership
from oce.apps.members.pages.setting_up import STEPS
from oce.apps.members.queries import standard_role
from oce.apps.members.requests import ask_to_join
from oce.apps.members.setup import name_network
from oce.apps.members.tests.accounts import PASSWORD, account, actor, browser_of, coordinator_of, group, member_of
from oce.kit import clock
from oce.kit.actor import SYSTEM
from oce.kit.testing.factories import organization
from oce.kit.visibility import Visibility

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nobody_counted")]

NEWCOMER = {"name": "Noor", "email": "noor@coop.example", "password1": PASSWORD}


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def public(style: str = "request", **more: Any) -> Any:
    return group("Bakery", style, visibility="public", **more)


def test_a_stranger_asks_to_join_and_has_an_account_with_one_form() -> None:
    bakery = public()
    browser = Client()
    page = text_of(browser.get(f"/members/join/{bakery.uid}"))
    assert "Why?" in page
    assert page.count('class="field"') <= 5
    sent = browser.post(f"/members/join/{bakery.uid}", {**NEWCOMER, "answer": ["I love bread."]}, follow=True)
    request = JoinRequest.objects.get()
    assert sent.redirect_chain[-1][0] == f"/members/requests/{request.uid}"
    assert (request.applicant.name, request.answers) == ("Noor", [["Why?", "I love bread."]])
    assert "I love bread." in text_of(sent)


def test_a_stranger_joins_an_open_group_at_once() -> None:
    garden = public("open")
    sent = Client().post(f"/members/join/{garden.uid}", NEWCOMER, follow=True)
    assert Membership.every().get().group == garden
    assert sent.redirect_chain[-1][0] == f"/agent/{garden.uid}"


def test_who_has_an_account_signs_in_and_the_request_is_made() -> None:
    bakery, ben = public(), account("Ben")
    browser = Client()
    sent = browser.post(f"/members/join/{bakery.uid}", {"answer": ["I bake."], "has_account": "yes"})
    asked = {"login": ben.email, "password": PASSWORD, "next": "/members/groups"}
    assert sent.headers["Location"] == "/enter?next=/members/groups"
    arrived = browser.post("/enter", asked, follow=True)
    assert arrived.redirect_chain[-1][0] == f"/members/requests/{JoinRequest.objects.get(applicant=ben.person).uid}"


def test_what_was_typed_stays_where_the_form_is_refused() -> None:
    bakery = public()
    short = {**NEWCOMER, "password1": "short", "answer": ["I love bread."]}
    refused = Client().post(f"/members/join/{bakery.uid}", short)
    assert refused.status_code == 422
    assert "I love bread." in text_of(refused)
    assert "noor@coop.example" in text_of(refused)
    unanswered = Client().post(f"/members/join/{bakery.uid}", {**NEWCOMER, "answer": [""]})
    assert "Answer each of them" in text_of(unanswered)
    assert not Account.objects.exists()


def test_a_group_that_is_not_public_has_no_page_for_strangers() -> None:
    bakery = group()
    answers = [Client().get(f"/members/join/{uid}") for uid in (bakery.uid, account().uid)]
    assert [each.status_code for each in answers] == [404, 404]


def test_nobody_makes_an_account_where_no_group_takes_people_in() -> None:
    assert "by invitation" in text_of(Client().get("/account/signup/"))
    group("Garden", "open")
    assert "Make an account" in text_of(Client().get("/account/signup/"))


def test_an_invitation_opens_for_a_stranger_and_closes_behind_the_last() -> None:
    cleo = coordinator_of(bakery := group("Bakery", "invitation", visibility="group"))
    place = f"/members/i/{invite(cleo, bakery, standard_role(MEMBER)).code}"
    browser = Client()
    assert "Bakery invites you" in text_of(browser.get(place))
    assert browser.post(place, NEWCOMER, follow=True).redirect_chain[-1][0] == f"/agent/{bakery.uid}"
    used = Client().get(place)
    assert used.status_code == 422
    assert "used already" in text_of(used)


def test_guessing_invitations_is_slowed() -> None:
    browser = Client()
    states = [browser.get(f"/members/i/guess-{number}").status_code for number in range(21)]
    assert (states[0], states[-1]) == (422, 429)


def test_guessing_passwords_is_slowed_and_says_so() -> None:
    ana = account()
    browser = Client()
    for _ in range(6):
        answer = browser.post("/enter", {"login": ana.email, "password": "wrong"})
    assert "Too many failed" in text_of(answer)
    assert "Too many failed" in text_of(browser.post("/enter", {"login": ana.email, "password": PASSWORD}))


def test_a_request_is_accepted_by_one_press_on_the_desk_and_undone_by_another() -> None:
    cleo = coordinator_of(bakery := group())
    request = ask_to_join(actor(), bakery, ["I love bread."])
    browser = browser_of(cleo)
    desk = text_of(browser.get("/members/desk"))
    assert "I love bread." in desk
    role = re.search(r'<option value="([^"]+)">Member', desk)
    assert role is not None
    press = {"role": role[1], "back": "desk"}
    after = text_of(browser.post(f"/members/requests/{request.uid}/accept", press, follow=True))
    assert "Ana is in Bakery now, as Member." in after
    browser.post(f"/members/requests/{request.uid}/reopen", {"back": "desk"})
    request.refresh_from_db()
    assert request.state == State.TALKING


def test_the_page_of_a_request_shows_each_what_is_theirs() -> None:
    cleo = coordinator_of(bakery := group())
    ana = actor()
    request = ask_to_join(ana, bakery, ["I love bread."])
    place = f"/members/requests/{request.uid}"
    lead = browser_of(cleo)
    lead.post(f"{place}/take")
    lead.post(f"{place}/comment", {"text": "Is she kind?", "internal": "yes"})
    lead.post(f"{place}/comment", {"text": "Come on Tuesday."})
    own = text_of(browser_of(ana).get(place))
    assert ("Come on Tuesday." in own, "Is she kind?" in own) == (True, False)
    assert "Is she kind?" in text_of(lead.get(place))
    assert lead.post(f"{place}/decline", {"reason": ""}).status_code == 422
    lead.post(f"{place}/decline", {"reason": "The oven is full."})
    assert "The oven is full." in text_of(browser_of(ana).get(place))
    assert browser_of(member_of(bakery)).get(place).status_code == 404
    assert lead.post(f"{place}/magic").status_code == 404


def test_the_applicant_takes_a_request_back() -> None:
    ana = actor()
    request = ask_to_join(ana, group(), ["I love bread."])
    browser_of(ana).post(f"/members/requests/{request.uid}/withdraw")
    assert not joining_queries.has_asked(request.applicant, request.group)


def test_a_coordinator_decides_how_people_join() -> None:
    cleo = coordinator_of(bakery := organization("Bakery"))
    browser = browser_of(cleo)
    place = f"/members/joining/{bakery.uid}"
    many = {"style": "magic", "question": ["Why?", "", ""], "welcome": "Tuesdays at seven."}
    assert browser.post(place, many).status_code == 422
    assert browser.post(place, {**many, "style": "request"}).status_code == 302
    decided = joining_queries.joining_of(bakery)
    assert (decided.style, decided.questions, decided.welcome) == ("request", ["Why?"], "Tuesdays at seven.")
    assert browser_of(member_of(bakery)).get(place).status_code in {403, 422}
    assert browser.get(f"/members/joining/{queries.account_of(cleo).person.uid}").status_code == 404


def test_an_invitation_is_made_with_its_poster_and_taken_back() -> None:
    cleo = coordinator_of(bakery := group())
    browser = browser_of(cleo)
    form = {
        "group": str(bakery.uid),
        "role": str(standard_role(MEMBER).uid),
        "days": "7",
        "uses": "3",
        "note": "friends",
    }
    poster = text_of(browser.post("/members/invitations", form))
    assert "<svg" in poster
    code = re.search(r"/members/i/([\w-]+)", poster)
    assert code is not None
    assert browser.post("/members/invitations", {**form, "days": "x"}).status_code == 422
    invitation = joining_queries.invitations_by(cleo).get()
    assert "friends" in text_of(browser.get("/members/invitations"))
    assert browser.post(f"/members/invitations/{invitation.uid}/revoke").status_code == 302
    assert Client().get(f"/members/i/{code[1]}").status_code == 422
    assert browser_of(actor()).post(f"/members/invitations/{invitation.uid}/revoke").status_code == 404


def test_a_token_is_shown_once() -> None:
    browser = browser_of(actor())
    made = text_of(browser.post("/members/me/tokens", {"name": "Till", "power": ["read"], "days": "30"}))
    text = re.search(r'value="(oce_[^"]+)"', made)
    assert text is not None
    assert text[1] not in text_of(browser.get("/members/me/tokens"))
    program = Client(headers={"Authorization": f"Bearer {text[1]}"})
    assert program.get("/agent/", headers={"Accept": "application/ld+json"}).status_code == 200
    assert browser.post("/members/me/tokens", {"name": "", "days": "30"}).status_code == 422
    token = Account.objects.get().tokens.get()
    assert browser_of(actor("Ben")).post(f"/members/me/tokens/{token.uid}/revoke").status_code == 422
    browser.post(f"/members/me/tokens/{token.uid}/revoke")
    assert program.get("/agent/").status_code == 401


def test_a_second_factor_is_asked_for_and_its_secret_lies_encrypted() -> None:
    ana = account()
    browser = Client()
    sign_in = {"login": ana.email, "password": PASSWORD}
    browser.post("/enter", sign_in)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    page = text_of(browser.get("/account/2fa/totp/activate/"))
    found = re.search(r'value="([A-Z2-7]{32})"', page)
    assert found is not None
    secret = found[1]
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert browser.post("/account/2fa/totp/activate/", {"code": code}).status_code == 302
    assert secret not in str(list(ana.authenticator_set.values()))
    assert "a second factor" in text_of(browser.get("/members/me/"))
    other = Client()
    assert other.post("/enter", sign_in).headers["Location"] == "/account/2fa/authenticate/"
    assert other.get("/members/me/").headers["Location"].startswith("/enter")
    assert other.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    codes = ana.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
    assert other.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert other.get("/members/me/").status_code == 200


def test_what_was_typed_survives_a_sign_in_that_ran_out() -> None:
    ben = account("Ben", is_administrator=True)
    browser = Client()
    asked = browser.post("/agent/new", {"name": "Dora", "agentClass": "Person"})
    kept = re.search(r'name="kept" value="([^"]*)"', asked.content.decode())
    assert kept is not None
    sent = {"login": ben.email, "password": PASSWORD, "next": "/agent/new", "kept": unescape(kept[1])}
    resumed = browser.post("/enter", sent, follow=True)
    assert "Dora" in text_of(resumed)
    assert not Agent.every().filter(name="Dora").exists()


def test_a_password_is_reset_by_a_code_that_an_administrator_reads_out() -> None:
    ana, root = account(), actor("Root", is_administrator=True)
    browser = Client()
    browser.post("/account/password/reset/", {"email": ana.email})
    letter = text_of(browser_of(root).get("/members/accounts"))
    code = re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4}|[A-Z0-9]{6,8})\b", letter[letter.index("Letters") :])
    assert code is not None
    checked = browser.post("/account/password/reset/", {"code": code[1]}, follow=True)
    assert checked.status_code == 200


def test_administrators_look_after_accounts() -> None:
    browser = browser_of(actor("Root", is_administrator=True))
    ana = account()
    for word, expected in (
        ("close", (False, False)),
        ("reopen", (False, True)),
        ("administrator", (True, True)),
        ("no-administrator", (False, True)),
    ):
        assert browser.post(f"/members/accounts/{ana.uid}/{word}").status_code == 302
        ana.refresh_from_db()
        assert (ana.is_administrator, ana.is_active) == expected
    root = Account.objects.get(email="root@coop.example")
    assert browser.post(f"/members/accounts/{root.uid}/close").status_code == 422
    assert browser.post(f"/members/accounts/{root.uid}/magic").status_code == 404
    assert browser_of(actor("Ben")).post(f"/members/accounts/{ana.uid}/close").status_code == 403


def test_a_new_house_is_set_up_in_a_few_steps_that_can_be_left_and_gone_on_with(browser: Client) -> None:
    said: dict[str, dict[str, Any]] = {
        "network": {"name": "Valley"},
        "administrator": {"name": "Root", "email": "root@coop.example", "password": PASSWORD},
        "words": {"packs": ["food"]},
        "visibility": {"who": "group"},
        "mail": {"later": "yes"},
    }
    assert list(said) == [step.name for step in STEPS]
    assert browser.post("/members/set-up/network", {"name": ""}).status_code == 422
    assert browser.post("/members/set-up/visibility", {"who": "nobody"}).status_code == 422
    for name, answers in said.items():
        assert f"/members/set-up/{name}" in text_of(browser.get("/members/set-up/"))
        assert browser.post(f"/members/set-up/{name}", answers).status_code == 302
    assert "The house is ready" in text_of(browser.get("/members/set-up/"))
    assert (House.objects.get().name, Account.objects.get().is_administrator) == ("Valley", True)
    assert Agent.visibility_default is not Visibility.PUBLIC
    assert browser.get("/members/set-up/magic").status_code == 404


def test_the_name_of_the_network_stands_at_the_head_of_every_page() -> None:
    for name in ("Alder Valley", "Valley of the Alders"):
        name_network(SYSTEM, name)
        assert f"<span>{name}</span>" in text_of(Client().get("/enter"))


def test_the_link_of_a_house_without_accounts_leads_to_the_set_up() -> None:
    browser = browser_of(actor())
    assert browser.get("/members/set-up/").status_code == 403


def test_in_a_demo_one_may_be_one_of_its_people_and_elsewhere_not(settings: Any) -> None:
    ana = account()
    Account.objects.update(email="ana@demo.example")
    assert Client().post("/enter/as", {"account": str(ana.uid)}).status_code == 404
    settings.OCE_DEMO = True
    browser = Client()
    assert "Ana" in text_of(browser.get("/enter"))
    assert browser.post("/enter/as", {"account": str(ana.uid)}).status_code == 302
    assert browser.get("/members/me/").status_code == 200
    assert "This device" in text_of(browser.get("/account/sessions/"))


def test_the_page_of_a_group_has_the_way_in() -> None:
    cleo = coordinator_of(bakery := public())
    ana = browser_of(actor())
    assert f"/members/join/{bakery.uid}" in text_of(ana.get(f"/agent/{bakery.uid}"))
    assert f"/members/join/{bakery.uid}" not in text_of(browser_of(member_of(bakery)).get(f"/agent/{bakery.uid}"))
    assert f"/members/invitations?group={bakery.uid}" in text_of(browser_of(cleo).get(f"/agent/{bakery.uid}"))


def test_a_code_that_is_over_is_told_as_over() -> None:
    cleo = coordinator_of(bakery := group())
    place = f"/members/i/{invite(cleo, bakery, standard_role(MEMBER), days=1).code}"
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert "This invitation is over" in text_of(Client().get(place))


def test_who_tries_many_addresses_pushes_out_nothing_that_was_counted() -> None:
    cache.set("counted-of-one", 19, 300)
    for number in range(400):
        cache.add(f"counted-of-{number}", 1, 300)
    assert cache.get("counted-of-one") == 19
