"""Wishes are granted whole or not at all, journalled, and with a key granted once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from threading import Event
from time import sleep

import pytest
from django.db import IntegrityError, connection

from oce.kit import commands
from oce.kit.actor import Actor, Power
from oce.kit.answers import digest
from oce.kit.commands import command, tell
from oce.kit.journal import Answer, JournalLine, sentence_of
from oce.kit.notices import announce, hears
from oce.kit.records import record_model
from oce.kit.testing.factories import agreement, person
from oce.kit.testing.notation import refused
from oce.vf.refusals import Refusal, Refused

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Made:
    """Something was made in a test."""

    name: str


@dataclass(frozen=True)
class Outcome:
    """What a wish of a test led to."""

    made: object
    warnings: list[str]


@pytest.fixture
def wish(monkeypatch):
    """The decorator, with a registry that forgets the wishes of this test."""
    monkeypatch.setattr(commands, "_registry", dict(commands._registry))
    return command


@pytest.fixture
def agreements():
    return record_model("agreement").objects


def test_a_wish_leaves_one_line_in_the_journal(wish, actor, agreements):
    @wish(says="made {subject} and {other}")
    def make_two(actor, name):
        made = [agreements.create(name=f"{name} {number}") for number in (1, 2)]
        tell(*(each.address for each in made), subject=made[0], other=made[1].pk)
        return made

    made = make_two(actor, "Deal")
    line = JournalLine.objects.get()
    assert (line.actor, line.command, line.subjects) == ("tests", "tests.make_two", [each.address for each in made])
    assert str(line) == f"tests: made Deal 1 and {made[1].pk}"


def test_a_refused_wish_changes_nothing(wish, actor, agreements):
    @wish(says="failed")
    def make_and_fail(actor):
        agreements.create(name="half")
        raise Refused(Refusal("test.no", "No."))

    with refused("test.no"):
        make_and_fail(actor)
    assert not agreements.exists()
    assert not JournalLine.objects.exists()


def test_a_fault_changes_nothing(wish, actor, agreements):
    @wish(says="broke")
    def make_and_break(actor):
        agreements.create(name="half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make_and_break(actor, key="k")
    assert not agreements.exists()
    assert not Answer.objects.exists()


def test_a_wish_within_a_wish_is_one_wish(wish, actor, agreements):
    @wish(says="inner")
    def inner(actor, name):
        agreements.create(name=name)
        if name == "bad":
            raise Refused(Refusal("test.bad", "Bad."))

    @wish(says="outer")
    def outer(actor):
        inner(actor, "good")
        with refused("test.bad"):
            inner(actor, "bad")

    outer(actor)
    assert [line.command for line in JournalLine.objects.all()] == ["tests.outer"]
    assert [str(each) for each in agreements.all()] == ["good"]


def test_whoever_hears_of_a_wish_makes_wishes_of_his_own(wish, actor, django_capture_on_commit_callbacks):
    @wish(says="first")
    def first(actor):
        announce(Made("first"))

    @wish(says="second")
    def second(actor):
        return None

    @hears(Made)
    def listener(notice):
        second(actor)

    with django_capture_on_commit_callbacks(execute=True):
        first(actor)
    assert [line.command for line in JournalLine.objects.order_by("id")] == ["tests.first", "tests.second"]


@pytest.mark.django_db(transaction=True)
def test_whoever_hears_right_after_the_commit_is_journalled_too(wish, actor):
    @wish(says="first")
    def first(actor):
        announce(Outcome("x", []))

    @wish(says="second")
    def second(actor):
        return None

    @hears(Outcome)
    def listener(notice):
        second(actor)

    first(actor)
    assert [line.command for line in JournalLine.objects.order_by("id")] == ["tests.first", "tests.second"]


def test_a_wish_needs_its_power(wish, agreements):
    @wish(says="made", needs=Power.ADMINISTER)
    def make(actor):
        agreements.create(name="never")

    with refused("kit.not_allowed"):
        make(Actor("Ana", powers=frozenset({Power.READ, Power.RECORD})))
    assert not agreements.exists()


def test_a_retry_with_the_same_key_gets_the_first_answer(wish, actor, agreements):
    @wish(says="made {subject}")
    def make(actor, name, *, note=""):
        return agreements.create(name=name, note=note)

    first = make(actor, "Deal", note="x", key="k1")
    assert make(actor, "Deal", note="x", key="k1") == first
    assert make(actor, "Deal", note="x", key="k2") != first
    assert make(Actor("other", powers=actor.powers), "Deal", note="x", key="k1") != first
    assert agreements.count() == JournalLine.objects.count() == 3


def test_another_wish_with_the_same_key_is_refused(wish, actor, agreements):
    @wish(says="made")
    def make(actor, name, by=None):
        agreements.create(name=name)

    make(actor, "Deal", person("Ana"), key="k")
    for other in (lambda: make(actor, "Other", key="k"), lambda: make(actor, "Deal", person("Ana"), key="k")):
        with refused("kit.key_reused"):
            other()
    assert agreements.count() == 1


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_has_a_length(wish, actor, key):
    @wish(says="made")
    def make(actor):
        return None

    with refused("kit.key_length"):
        make(actor, key=key)


@pytest.mark.parametrize("key", ["a\x00", "\ud800"])
def test_a_key_is_text(wish, actor, key):
    @wish(says="made")
    def make(actor):
        return None

    with refused("kit.key_text"):
        make(actor, key=key)


def test_a_refused_wish_may_be_tried_again_with_its_key(wish, actor):
    tries = []

    @wish(says="tried")
    def try_it(actor):
        tries.append(1)
        if len(tries) == 1:
            raise Refused(Refusal("test.later", "Later."))
        return len(tries)

    with refused("test.later"):
        try_it(actor, key="k")
    assert try_it(actor, key="k") == 2
    assert try_it(actor, key="k") == 2


@pytest.mark.parametrize("shape", ["record", "list", "tuple", "dataclass", "none", "plain"])
def test_every_shape_of_answer_comes_back(wish, actor, shape):
    made = agreement()
    answer = {
        "record": made,
        "list": [made, made],
        "tuple": (made, 1),
        "dataclass": Outcome(made, ["low on flour"]),
        "none": None,
        "plain": {"count": 3},
    }[shape]

    @wish(says="answered")
    def respond(actor):
        return answer

    assert respond(actor, key="k") == answer
    assert respond(actor, key="k") == answer


def test_an_answer_that_was_deleted_since_is_said_to_be_gone(wish, actor, agreements):
    @wish(says="made")
    def make(actor):
        return agreements.create(name="short-lived")

    make(actor, key="k").delete()
    with refused("kit.answer_gone"):
        make(actor, key="k")


def test_a_broken_constraint_is_not_taken_for_a_repeated_key(wish, actor, agreements):
    @wish(says="doubled")
    def double(actor):
        for _ in range(2):
            agreements.create(iri="https://elsewhere.example/1")

    with pytest.raises(IntegrityError):
        double(actor, key="k")


def test_the_same_wish_has_the_same_digest_whatever_objects_it_is_told_with():
    deal = agreement()
    again = type(deal).objects.get()
    again.name = "renamed"
    assert digest("c", (deal, {"a": 1, "b": {2, 3}}), {}) == digest("c", (again, {"b": {3, 2}, "a": 1}), {})
    assert digest("c", (deal,), {}) != digest("c", (agreement(),), {})
    assert digest("c", (Outcome("x", []),), {}) != digest("c", (Outcome("y", []),), {})
    assert digest("c", (), {}) != digest("d", (), {})


def test_a_number_of_any_size_is_told_apart_without_writing_it_out():
    assert digest("c", (Decimal("3.50"),), {}) == digest("c", (Decimal("3.5"),), {})
    vast = [Decimal(text) for text in ("1e999999999999", "-1e-999999999999", "0e-999999999999")]
    assert len({digest("c", (each,), {}) for each in (*vast, Decimal(1))}) == 4


def test_commands_are_found_by_the_records_they_serve():
    model = record_model("agreement")
    assert commands.creator(model).name == "agreements.make_agreement"
    assert commands.changer(model).name == "agreements.change_agreement"
    assert commands.deleter(model).name == "agreements.delete_agreement"
    assert sentence_of("agreements.make_agreement") == "wrote down the agreement {subject}"
    assert sentence_of("of.old") == "of.old"
    assert list(commands.commands()) == sorted(commands.commands())


@pytest.mark.django_db(transaction=True)
def test_two_who_send_the_same_key_at_once_get_one_answer(wish, actor, agreements):
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite writers stand in line; two at once need PostgreSQL.")
    begun = Event()

    @wish(says="made")
    def make(actor, name):
        begun.set()
        sleep(0.2)
        return agreements.create(name=name)

    def in_thread() -> object:
        try:
            return make(actor, "Deal", key="k")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(in_thread)
        begun.wait(timeout=10)
        second = pool.submit(in_thread)
        assert first.result() == second.result()
    assert agreements.count() == 1
