"""The language of an account: kept at the first sign-in and by choice, spoken on every device, and written in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from oce.apps.members import letters
from oce.apps.members.accounts import Account
from oce.apps.members.notices import RequestMade
from oce.apps.members.reactions import tell_coordinators
from oce.apps.members.requests import ask_to_join
from oce.apps.members.tests.accounts import PASSWORD, account, actor, coordinator_of, group

IN_SPANISH = {"Accept-Language": "es-AR,es;q=0.9"}
IN_ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    translation.deactivate()


@pytest.mark.django_db
def test_the_language_of_the_first_sign_in_is_kept_and_spoken_elsewhere() -> None:
    ana = account()
    Client(headers=IN_SPANISH).post("/enter", {"login": ana.email, "password": PASSWORD})
    assert Account.objects.get().language == "es"
    assert language_of(signed_in(ana, IN_ENGLISH)) == "es"


@pytest.mark.django_db
def test_a_language_that_is_chosen_is_kept_and_one_that_is_unknown_is_not() -> None:
    ana = account()
    browser = signed_in(ana, IN_SPANISH)
    browser.post("/preferences", {"language": "en"})
    assert Account.objects.get().language == "en"
    assert language_of(browser) == "en"
    browser.post("/preferences", {"language": "tlh"})
    assert Account.objects.get().language == "en"


@pytest.mark.django_db
def test_a_demo_keeps_no_language_of_people_as_whom_everybody_signs_in(settings: Any) -> None:
    settings.OCE_DEMO = True
    ana = account()
    Client(headers=IN_SPANISH).post("/enter", {"login": ana.email, "password": PASSWORD})
    assert Account.objects.get().language == ""


@pytest.mark.django_db
def test_each_letter_is_in_the_language_of_its_receiver(settings: Any) -> None:
    settings.OCE_MAIL = {"host": "mail.example"}
    bakery = group()
    coordinator_of(bakery)
    coordinator_of(bakery, "Dora")
    Account.objects.filter(email="dora@coop.example").update(language="es")
    request = ask_to_join(actor(), bakery, ["I love bread."])
    letters.waiting().delete()
    tell_coordinators(RequestMade(request=request.pk))
    told = {each.to: (each.subject, each.text.split(":")[0]) for each in letters.waiting()}
    assert told == {
        "cleo@coop.example": ("Ana wants to join Bakery", "Read it here"),
        "dora@coop.example": ("Ana quiere entrar en Bakery", "Léelo aquí"),
    }


def signed_in(who: Account, headers: dict[str, str]) -> Client:
    browser = Client(headers=headers)
    browser.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def language_of(browser: Client) -> str:
    return browser.get("/members/me/").headers["Content-Language"]
