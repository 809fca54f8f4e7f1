"""Signing in and out, by people and by programs; nobody else sees anything."""

from __future__ import annotations

import json
import logging
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from oce.apps.agents.models import Agent
from oce.kit import clock, heartbeat
from oce.kit.outbox import Job
from oce.site import codes, keys
from oce.site.attempts import ADDRESSES_MAX, WRONG_KEYS_MAX, Attempts, attempts


@pytest.fixture(autouse=True)
def _nobody_guessed_yet():
    attempts.forget()
    yield
    attempts.forget()


def link(house="http://testserver"):
    return keys.entry_link(house).removeprefix(house)


def test_the_link_signs_in_and_leads_on(client, db) -> None:
    response = client.get(f"{link()}?next=/agent/")
    assert (response.status_code, response.headers["Location"]) == (302, "/agent/")
    assert client.get("/agent/").status_code == 200


def test_the_link_holds_no_lasting_secret_and_works_once(client, db) -> None:
    printed = link()
    assert keys.operator_key() not in printed
    assert client.get(printed).status_code == 302
    assert client.get(printed).status_code == 302  # who is in already goes on
    other = Client()
    response = other.get(printed)
    assert response.status_code == 403
    assert "This link was used before" in response.content.decode()
    assert other.get("/agent/").headers["Location"].startswith("/enter")


def test_the_link_works_for_a_quarter_of_an_hour_only(client, db) -> None:
    printed = link()
    with clock.standing_at(clock.now() + timedelta(seconds=codes.VALID_SECONDS + 1)):
        assert client.get(printed).status_code == 403


def test_a_program_that_only_looks_does_not_use_the_link_up(client, db) -> None:
    printed = link()
    assert client.head(printed).status_code == 200
    assert client.get(printed).status_code == 302


def test_of_codes_only_the_fingerprint_is_kept_and_old_ones_are_cleared_away(settings, tmp_path) -> None:
    settings.OCE_HOME = tmp_path
    first = codes.new_code()
    (kept,) = (tmp_path / "entry-codes").iterdir()
    assert (kept.stat().st_mode & 0o777, kept.read_bytes()) == (0o600, b"")
    assert first not in kept.name
    with clock.standing_at(clock.now() + timedelta(seconds=codes.VALID_SECONDS + 1)):
        codes.new_code()
    assert kept not in set((tmp_path / "entry-codes").iterdir())
    assert len(list((tmp_path / "entry-codes").iterdir())) == 1


def test_the_key_itself_is_not_taken_from_an_address(client, db) -> None:
    assert client.get(f"/enter/{keys.operator_key()}").status_code == 403
    assert client.get(f"/enter?key={keys.operator_key()}").status_code == 200
    assert client.get("/agent/").status_code == 302


def test_the_typed_key_signs_in_and_leads_on(client, db) -> None:
    response = client.post("/enter", {"key": f" {keys.operator_key()} ", "next": "/agent/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/agent/")


def test_signing_in_begins_a_session_that_nobody_else_gave_the_visitor(client, db, settings) -> None:
    planted = client.session
    planted["mine"] = "yes"
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    client.post("/enter", {"key": keys.operator_key()})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted.session_key
    assert client.get("/agent/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_out_of_the_house(client, db, elsewhere) -> None:
    response = client.get(link(), {"next": elsewhere})
    assert response.headers["Location"] == "/members/set-up/"


def test_a_wrong_key_signs_nobody_in_and_is_never_logged(client, db, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        response = client.get("/enter/nearly-the-right-key")
    assert response.status_code == 403
    assert "This link was used before" in response.content.decode()
    assert "nearly" not in caplog.text
    assert "nearly" not in response.content.decode()
    assert client.get("/").status_code == 302


def test_leaving_signs_out(browser) -> None:
    assert browser.post("/leave").status_code == 302
    assert browser.get("/agent/").status_code == 302


def test_a_new_key_signs_everybody_out(browser, monkeypatch) -> None:
    monkeypatch.setattr("oce.site.keys.operator_key", lambda: "another key")
    assert browser.get("/agent/").status_code == 302


def test_too_many_wrong_keys_tire_the_house_for_a_minute(client, db) -> None:
    for _ in range(WRONG_KEYS_MAX):
        assert client.get("/enter/wrong").status_code == 403
    assert client.get(link()).status_code == 429
    assert client.post("/enter", {"key": keys.operator_key()}).status_code == 429
    assert client.get("/agent/", headers={"Authorization": f"Bearer {keys.operator_key()}"}).status_code == 429
    with clock.standing_at(clock.now() + timedelta(seconds=61)):
        assert client.get(link()).status_code == 302


def test_counting_wrong_keys_takes_bounded_memory() -> None:
    counted = Attempts()
    for number in range(ADDRESSES_MAX + 10):
        counted.count(str(number))
    assert len(counted._counted) == ADDRESSES_MAX


def test_a_program_with_the_key_reads_and_writes_without_a_cookie(db, settings) -> None:
    program = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {keys.operator_key()}"})
    assert program.post("/agent/new", {"name": "Ana", "agentClass": "Person"}).status_code == 302
    assert Agent.every().get().name == "Ana"
    assert not program.cookies.get("sessionid")


def test_a_program_with_a_wrong_key_is_told_so(client, db) -> None:
    response = client.get("/agent/", headers={"Authorization": "Bearer wrong"})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json()["errors"][0]["code"] == "site.wrong_key"
    for _ in range(WRONG_KEYS_MAX):
        response = client.get("/agent/", headers={"Authorization": "Bearer wrong"})
    assert response.json()["errors"][0]["code"] == "site.too_many_wrong_keys"


def test_a_program_without_a_key_is_refused_and_not_redirected(client, db) -> None:
    response = client.get("/agent/", headers={"Accept": "application/ld+json"})
    assert response.status_code == 401
    assert response.json()["errors"][0]["code"] == "kit.not_allowed"


def test_a_form_of_another_site_is_not_taken(db) -> None:
    other = Client(enforce_csrf_checks=True)
    other.get(link())
    response = other.post("/agent/new", {"name": "Mallory", "agentClass": "Person"})
    assert response.status_code == 403
    assert "This form was not taken" in response.content.decode()
    assert not Agent.every().exists()


def test_what_was_typed_survives_signing_in_anew(client, db) -> None:
    sent = {"name": 'Ana "the baker"', "note": "two\nlines", "agentClass": "Person", "classifiedAs": "a\nb"}
    asked = client.post("/agent/new", sent)
    assert asked.status_code == 403
    kept = unescape(re.search(r'name="kept" value="([^"]*)"', asked.content.decode())[1])
    assert "Ana" in kept
    signed_in = client.post("/enter", {"key": keys.operator_key(), "next": "/agent/new", "kept": kept})
    resumed = client.get(signed_in.headers["Location"])
    inputs = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', resumed.content.decode(), re.DOTALL)
    again = client.post("/agent/new", {name: unescape(text) for name, text in inputs} | {"_show": "yes"})
    page = unescape(again.content.decode())
    assert again.status_code == 200
    assert 'value="Ana "the baker""' in page
    assert "two\nlines" in page
    assert not Agent.every().exists()


def test_health_is_open_and_says_how_the_house_is(client, db, settings, tmp_path) -> None:
    settings.OCE_HOME = tmp_path
    response = client.get("/health")
    assert response.status_code == 200
    assert json.loads(response.content) == {
        "is_well": True,
        "database": "reachable",
        "migrations_waiting": 0,
        "jobs_waiting": 0,
        "jobs_given_up": 0,
        "worker_silent_seconds": None,
    }
    now = clock.now()
    Job.objects.create(worker="w", made=now, due=now)
    Job.objects.create(worker="w", made=now, due=now, tries=8)
    state = client.get("/health").json()
    assert (state["jobs_waiting"], state["jobs_given_up"]) == (1, 1)


def test_health_says_when_the_worker_gives_no_sign_of_life(client, db, settings, tmp_path) -> None:
    settings.OCE_HOME = tmp_path
    heartbeat.beat()
    assert client.get("/health").status_code == 200
    with clock.standing_at(clock.now() + timedelta(seconds=heartbeat.SILENT_SECONDS_MAX + 60)):
        response = client.get("/health")
    assert (response.status_code, response.json()["is_well"]) == (503, False)
    assert response.json()["worker_silent_seconds"] > heartbeat.SILENT_SECONDS_MAX


def test_health_says_when_tables_are_missing(client, db, monkeypatch) -> None:
    monkeypatch.setattr("oce.kit.health.MigrationExecutor.migration_plan", lambda *_: [("one", False)])
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json() == {"is_well": False, "database": "reachable", "migrations_waiting": 1}


def test_the_way_pages_look_is_kept_for_strangers_too(client, db) -> None:
    client.post("/preferences", {"theme": "dark", "zone": "nowhere", "next": "//evil.example"})
    page = client.get("/enter").content.decode()
    assert 'data-theme="dark"' in page
    assert client.post("/preferences", {"theme": "", "next": "//evil.example"}).headers["Location"] == "/"
    assert "data-theme" not in client.get("/enter").content.decode()
    assert "Asia/Tokyo" in client.get("/preferences").content.decode()


@pytest.mark.parametrize(
    "address", ["/", "/agent/", "/agent/new", "/journal/", "/apps", "/health", "/enter", "/preferences"]
)
def test_a_watcher_may_ask_for_the_head_of_a_page_only(browser, address) -> None:
    response = browser.head(address)
    assert response.status_code == 200
    assert not response.content
