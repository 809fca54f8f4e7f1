"""The page of a group offers to join it to whoever does not belong to it, and costs a member little."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oce.apps.members.joining import Joining, Style
from oce.apps.members.tests.accounts import browser_of, group, member_of
from oce.kit.testing.factories import organization

pytestmark = pytest.mark.django_db
QUERIES_MAX = 12


def test_strangers_are_offered_to_join_as_the_group_says() -> None:
    kitchen = organization("Open kitchen", visibility="public")
    address = f"/agent/{kitchen.uid}"
    assert f"/members/join/{kitchen.uid}" not in Client().get(address).content.decode()
    Joining.objects.create(group=kitchen, style=Style.REQUEST)
    page = Client().get(address).content.decode()
    assert f'href="/members/join/{kitchen.uid}">Ask to join<' in page


def test_a_member_is_not_offered_to_join_and_each_page_of_the_group_asks_little() -> None:
    bakery = group(style=Style.OPEN.value)
    browser = browser_of(member_of(bakery))
    assert f"/members/join/{bakery.uid}" not in browser.get(f"/agent/{bakery.uid}").content.decode()
    for address in (f"/agent/{bakery.uid}", f"/agent/{bakery.uid}/around", f"/agent/{bakery.uid}/more", "/network/"):
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        assert len(asked) <= QUERIES_MAX, (address, "\n".join(each["sql"][:150] for each in asked.captured_queries))
