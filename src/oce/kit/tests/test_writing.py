"""Records are created, changed and deleted as their declarations say."""

from __future__ import annotations

import pytest

from oce.kit import writing
from oce.kit.clock import now
from oce.kit.records import record_model
from oce.kit.testing.factories import agreement, kind, make, person, place, process
from oce.kit.testing.notation import refused
from oce.vf.refusals import Refusal

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
