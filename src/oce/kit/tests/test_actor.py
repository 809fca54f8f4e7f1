"""Actors may what they hold the power for, and see what is shared with them or concerns those they act for."""

from __future__ import annotations

import pytest

from oce.kit.actor import STRANGER, SYSTEM, Actor, Power, is_seen_by, looking_as, operator, seen_by
from oce.kit.records import record_model
from oce.kit.sharing import Visibility
from oce.kit.testing import factories as make
from oce.kit.testing.actors import GUEST, actor_with


def test_powers_include_none_of_the_others():
    recorder = Actor("Ana", powers=frozenset({Power.RECORD}))
    assert recorder.may(Power.RECORD)
    assert not recorder.may(Power.READ)
    assert all(operator().may(power) and SYSTEM.may(power) and not STRANGER.may(power) for power in Power)


def test_actors_of_one_name_are_told_apart():
    assert len({Actor("Ana", 1).identity, Actor("Ana", 2).identity, Actor("Ana").identity}) == 3


@pytest.mark.django_db
def test_a_power_over_one_group_is_none_over_another():
    bakery, mill = make.organization("Bakery"), make.organization("Mill")
    ana = actor_with(make.person("Ana"), record=bakery)
    assert ana.may(Power.RECORD)
    assert ana.may(Power.RECORD, bakery.pk)
    assert ana.may(Power.RECORD, mill.pk, bakery.pk)
    assert not ana.may(Power.RECORD, mill.pk)
    assert not ana.may(Power.COORDINATE)


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["agreement", "process", "agent"])
def test_what_is_seen_in_a_list_is_seen_alone_and_nothing_else(word, django_assert_num_queries):
    bakery, mill = make.organization("Bakery"), make.organization("Mill")
    told = {
        "agreement": lambda group, **values: make.agreement(parties=[group], **values),
        "process": lambda group, **values: make.process(in_scope_of=group, **values),
        "agent": lambda group, **values: make.organization(**values),
    }[word]
    made = {
        (visibility.value, group): told(group, name=f"{visibility} {group}", visibility=visibility.value)
        for visibility in Visibility
        for group in (bakery, mill)
    }
    shared = [record for (visibility, _), record in made.items() if visibility != Visibility.GROUP]
    secret = made["group", bakery]
    member = actor_with(make.person("Ana"), read=secret if word == "agent" else bakery)
    expected = {
        STRANGER: {record for (visibility, _), record in made.items() if visibility == Visibility.PUBLIC},
        GUEST: set(shared),
        member: {*shared, secret},
        operator(): set(made.values()),
    }
    every = record_model(word).every().filter(name__in=[record.name for record in made.values()])
    for actor, seen in expected.items():
        assert set(seen_by(actor, every)) == seen
        records = list(every.all())
        with django_assert_num_queries(1 if word == "agreement" and actor in {GUEST, member} else 0):
            assert {record for record in records if is_seen_by(actor, record)} == seen


@pytest.mark.django_db
def test_what_concerns_nobody_is_seen_by_whoever_coordinates():
    bakery = make.organization("Bakery")
    plan = make.plan("Saturday", visibility="group")
    coordinator = actor_with(make.person("Ana"), read=bakery, coordinate=bakery)
    member = actor_with(make.person("Ben"), read=bakery, record=bakery)
    for actor, is_seen in ((coordinator, True), (member, False)):
        assert list(seen_by(actor, record_model("plan").every())) == ([plan] if is_seen else [])
        assert is_seen_by(actor, plan) is is_seen


@pytest.mark.django_db
def test_a_name_is_told_only_to_those_who_may_see_the_record():
    secret = make.organization("Secret society", visibility="group")
    assert str(secret) == "Secret society"
    with looking_as(GUEST):
        assert str(secret) == "something not shared with you"
    with looking_as(actor_with(make.person("Ana"), read=secret)):
        assert str(secret) == "Secret society"
