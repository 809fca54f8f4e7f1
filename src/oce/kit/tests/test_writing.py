"""Records are created, changed and deleted as their declarations say."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection, transaction

from oce.kit import commands, locks, writing
from oce.kit.actor import SYSTEM
from oce.kit.clock import now
from oce.kit.commands import changer, creator, deleter
from oce.kit.locks import has_company
from oce.kit.records import record_model
from oce.kit.testing.factories import agreement, kind, make, person, place, process
from oce.kit.testing.notation import refused
from oce.vf.refusals import Refusal, Refused

pytestmark = pytest.mark.django_db


def never(values):
    return [Refusal("test.never", "Never {name}.", name=values.get("name"))]


def test_rules_are_asked_only_about_what_could_be_read():
    model = record_model("agreement")
    with refused("test.never"):
        writing.create(model, {"name": "x"}, never)
    with refused("kit.wrong_kind"):
        writing.create(model, {"name": 7}, never)
    assert not model.objects.exists()


def test_plain_commands_are_named_after_their_record(monkeypatch):
    monkeypatch.setattr(commands, "_registry", {})
    made = writing.plain_commands(record_model("agreement"), "deal", made="made", changed="changed", deleted="deleted")
    known = [(each.name, each.says, each.function) for each in commands.commands().values()]
    make_deal, change_deal, delete_deal = made
    assert known == [
        ("agreements.change_deal", "changed", change_deal),
        ("agreements.delete_deal", "deleted", delete_deal),
        ("agreements.make_deal", "made", make_deal),
    ]
    assert {each.__module__ for each in made} == {"oce.apps.agreements.commands"}


def test_rules_are_asked_before_a_plain_command_makes_or_changes(monkeypatch, actor):
    made = agreement("kept")
    monkeypatch.setattr(commands, "_registry", {})
    make_deal, change_deal, delete_deal = writing.plain_commands(
        type(made), "deal", never, made="made", changed="changed", deleted="deleted"
    )
    with refused("test.never"):
        make_deal(actor, {"name": "x"})
    with refused("test.never"):
        change_deal(actor, made, made.revision_id, {"note": "x"})
    delete_deal(actor, made, made.revision_id)
    assert not type(made).objects.exists()


def test_rules_of_a_change_see_the_record_as_it_would_be():
    made = agreement("before", note="kept")
    seen = {}

    def look(values):
        seen.update(values)
        return []

    writing.change(made, made.revision_id, {"name": "after"}, look)
    assert (seen["name"], seen["note"], seen["bundled_in"]) == ("after", "kept", None)


def test_a_change_describes_what_was_only_mentioned_before():
    model = record_model("agreement")
    mentioned = model.objects.create(iri="https://elsewhere.example/1", is_described=False)
    changed = writing.change(mentioned, mentioned.revision_id, {"name": "Flour"})
    assert (changed.is_described, changed.revision, changed.revision_id) == (True, 2, f"{changed.uid}:2")


def test_no_revision_changes_whatever_there_is():
    made = agreement()
    writing.change(made, None, {"note": "one"})
    writing.change(made, None, {"note": "two"})
    made.refresh_from_db()
    assert (made.note, made.revision) == ("two", 3)


def test_what_was_deleted_meanwhile_is_not_changed():
    made, seen = agreement(), agreement()
    writing.delete(made, made.revision_id)
    made.pk = seen.pk + 100
    with refused("kit.unknown_record"):
        writing.change(made, made.revision_id, {"note": "late"})


def test_what_occurs_once_is_not_taken_twice():
    first = make("unit", identifier="loaf", label="loaf")
    with refused("kit.taken"):
        make("unit", identifier="loaf", label="other")
    changed = writing.change(first, first.revision_id, {"label": "loaf"})
    assert changed.label == "loaf"


def test_what_is_referred_to_is_not_deleted():
    made = make("agreement-bundle", name="order")
    agreement(bundled_in=made)
    with refused("kit.still_used"):
        writing.delete(made, made.revision_id)
    with refused("kit.changed_meanwhile"):
        writing.delete(made, f"{made.uid}:7")


def test_a_record_is_found_or_refused():
    ana = person()
    assert writing.find(type(ana), str(ana.uid)) == ana
    assert writing.find(type(ana), ana.uid) == ana
    with refused("kit.unknown_record"):
        writing.find(type(ana), str(kind().uid))


@pytest.mark.parametrize(
    "place_in_event", ["provider", "resource_conforms_to", "output_of", "realization_of", "to_location"]
)
def test_what_the_ledger_refers_to_is_not_deleted(place_in_event):
    ana = person()
    event = record_model("economic-event")
    made = {
        "provider": ana,
        "resource_conforms_to": kind(),
        "output_of": process(),
        "realization_of": agreement(),
        "to_location": place(),
    }[place_in_event]
    references = {"provider": ana, "receiver": ana} | {place_in_event: made}
    event.objects.bulk_create([event(id=1, action="produce", created=now(), occurred_at=now(), **references)])
    with refused("kit.still_used"):
        writing.delete(made, made.revision_id)
    assert type(made).objects.filter(pk=made.pk).exists()


NEEDS_COMPANY = "On SQLite a writer is alone, and what is taken is seen before."


def meanwhile(wish):
    """Run a wish beside a transaction of ours: give the thread and, once it has ended, the codes it was refused with."""
    codes = []

    def run() -> None:
        try:
            wish()
        except Refused as refusal:
            codes.extend(each.code for each in refusal.refusals)
        finally:
            connection.close()

    return Thread(target=run), codes


@pytest.mark.django_db(transaction=True)
def test_of_two_makers_of_one_unit_the_slower_is_refused():
    if not has_company():
        pytest.skip(NEEDS_COMPANY)
    make_unit = creator(record_model("unit")).function
    values = {"identifier": "sack", "label": "sack", "symbol": "sk"}
    other, codes = meanwhile(lambda: make_unit(SYSTEM, values))
    with transaction.atomic():
        make_unit(SYSTEM, values)
        other.start()
        other.join(timeout=1)
        assert other.is_alive()
    other.join(timeout=10)
    assert codes == ["kit.taken_meanwhile"]
    assert record_model("unit").every().filter(identifier="sack").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_that_make_a_circle_the_slower_is_refused():
    if not has_company():
        pytest.skip(NEEDS_COMPANY)
    food, bread = make("classification", name="Food", term="food"), make("classification", name="Bread", term="bread")
    change_classification = changer(record_model("classification")).function
    other, codes = meanwhile(lambda: change_classification(SYSTEM, food, None, {"broader": bread}))
    with transaction.atomic():
        change_classification(SYSTEM, bread, None, {"broader": food})
        other.start()
        other.join(timeout=1)
        assert other.is_alive()
    other.join(timeout=10)
    assert codes == ["knowledge.circle_of_tags"]


@pytest.mark.django_db(transaction=True)
def test_a_delete_does_not_wait_behind_a_long_import_for_long():
    if not has_company():
        pytest.skip(NEEDS_COMPANY)
    unneeded = agreement()
    delete_agreement = deleter(record_model("agreement")).function
    delete, codes = meanwhile(lambda: delete_agreement(SYSTEM, unneeded, None))
    with transaction.atomic():
        locks.shared(writing.REFERENCES_LOCK)
        delete.start()
        delete.join(timeout=writing.REFERENCES_SECONDS_MAX + 10)
        assert not delete.is_alive()
    assert codes == ["kit.busy"]
    delete_agreement(SYSTEM, unneeded, None)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("1min",)
