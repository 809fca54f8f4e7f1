"""The valley of the demo: the same every time it is told, without a fault in the ledger, and alive on its last day."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.documents.queries import pictures_of
from oce.apps.events.models import EconomicEvent
from oce.apps.events.replaying import differences
from oce.apps.members.accounts import Account
from oce.apps.members.queries import people_of_demo
from oce.apps.resources.models import EconomicResource
from oce.kit.measures import forget_units
from oce.site import demo
from oce.site.valley.days import SATURDAY, WEEKS, is_first_of_month, is_last_of_month
from oce.site.valley.entrances import PASSWORD, SIGN_INS
from oce.site.valley.people import GROUPS, PEOPLE
from oce.site.valley.telling import first_day, tell

TODAY = date(2026, 11, 25)
FEW_WEEKS = 3
# What carries the time of the machine, or of the making of the tables.
PASSING = ("django_", "auth_", "account_emailconfirmation", "sqlite_", "usersessions_")


def fingerprints():
    """Return a fingerprint of the content of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(PASSING):
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = sorted(map(repr, cursor.fetchall()))
                found[table] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def told_and_taken_back():
    """Tell the valley, look at what it left, and forget it again; numbers go on, so the tables begin with their own."""
    with transaction.atomic():
        tell(TODAY, ZoneInfo("Europe/Vienna"), weeks=FEW_WEEKS)
        found = fingerprints()
        transaction.set_rollback(True)
    forget_units()
    return found


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_valley_is_the_same_every_time():
    if connection.vendor != "sqlite":
        pytest.skip("sequences of PostgreSQL go on after a rollback, so that private keys differ")
    first, second = told_and_taken_back(), told_and_taken_back()
    assert first["events_economicevent"][0] > 600
    assert {table for table in first if first[table] != second[table]} == set()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_valley_is_alive_and_its_books_are_right():
    books = tell(TODAY, ZoneInfo("Europe/Vienna"), weeks=FEW_WEEKS)
    assert [str(each) for each in differences()] == []
    assert EconomicEvent.objects.count() == books.count
    below = [each for each in EconomicResource.every() if each.onhand_quantity and each.onhand_quantity.value < 0]
    assert below == []
    last_week = EconomicEvent.objects.filter(has_point_in_time__date__gte=TODAY - timedelta(days=7))
    assert last_week.count() > 100
    assert EconomicEvent.objects.filter(has_point_in_time__date=TODAY).exists()
    jars = EconomicResource.objects.filter(conforms_to__name="Apple butter", visibility="public")
    assert jars.exists()
    assert set(pictures_of(jars)) == {each.uid for each in jars if each.onhand_quantity and each.onhand_quantity.value}
    assert len(pictures_of(Agent.objects.filter(agent_class="Person"))) == len(PEOPLE)
    names = [str(place).removeprefix("The ").casefold() for place in SpatialThing.every()]
    assert len(names) == len(set(names))
    lately = EconomicEvent.objects.filter(action="work", has_point_in_time__date__gt=TODAY - timedelta(days=7))
    for each in SIGN_INS:
        assert each.role == "visitor" or lately.filter(provider__name=each.name).exists(), each.name
    assert [card.account.email for card in people_of_demo()] == [each.address for each in SIGN_INS]
    assert Account.objects.get(email=SIGN_INS[0].address).check_password(PASSWORD)


def test_everybody_belongs_somewhere_and_every_group_has_somebody():
    groups = {group.name for group in GROUPS}
    assert len(PEOPLE) == len({person.name for person in PEOPLE}) == 60
    assert {group for person in PEOPLE for group in person.groups} == groups
    assert all(person.coordinates in {None, *person.groups} for person in PEOPLE)
    assert sorted(person.coordinates for person in PEOPLE if person.coordinates) == sorted(groups)


@pytest.mark.parametrize(
    ("today", "years"), [(date(2026, 11, 23), 2), (date(2027, 3, 1), 2), (date(2027, 11, 1), 1), (date(2030, 1, 1), -1)]
)
def test_the_stories_are_over_before_the_ordinary_years_begin(today, years):
    assert demo.years_before(today) == years
    assert date(2026 - years, *demo.STORIES_END) < first_day(today)


def test_two_years_begin_with_a_monday():
    assert first_day(TODAY) == date(2024, 11, 25)
    assert (first_day(TODAY).weekday(), WEEKS) == (0, 104)


def test_days_of_the_month_are_known():
    assert [day for day in range(1, 31) if is_last_of_month(date(2026, 11, day), SATURDAY)] == [28]
    assert [day for day in range(1, 31) if is_first_of_month(date(2026, 11, day), SATURDAY)] == [7]
    assert is_last_of_month(date(2026, 12, 26), SATURDAY)


def test_the_demo_says_as_whom_one_may_sign_in(db):
    lines = []
    demo.tell_sign_ins(lines.append)
    assert PASSWORD in lines[0]
    assert [line.split()[0] for line in lines[1:]] == [each.role for each in SIGN_INS]
