"""An event is told as people tell it, whatever it is and whoever reads it."""

from __future__ import annotations

import pytest

from oce.apps.events.drafts import ResourceDraft
from oce.apps.events.sentences import ALONE, FOR_ANOTHER, label, sentence
from oce.apps.events.tests.village import Village, hours, kg
from oce.kit.pages.values import name_of
from oce.vf.actions import ACTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Village:
    return Village()


@pytest.mark.parametrize("row", ACTIONS.values(), ids=lambda row: row.name)
def test_every_action_is_told_in_words_of_its_own(row) -> None:
    told = sentence(row.name, "Ana", "Ben", [kg(10)], "Bread")
    assert all(word in told for word in ("Ana", "10 kg Bread"))
    assert ("Ben" in told) == (row.name in FOR_ANOTHER)
    alone = sentence(row.name, "Ana", None, [kg(10)], "Bread")
    assert "Ben" not in alone
    assert alone.count("Ana") == 1
    assert row.name in (FOR_ANOTHER if row.changes_hands else ALONE)


def test_an_event_says_who_did_how_much_of_what_and_for_whom(village: Village) -> None:
    flour = village.stocked(10)
    made = village.record(
        "produce", 10, resource_conforms_to=village.bread, new_resource=ResourceDraft({"name": "Loaf"})
    )
    assert made.in_full() == name_of(made) == "Mill produced 10 kg Loaf"
    worked = village.record(
        "work", effort_quantity=hours(4), resource_conforms_to=village.bread, input_of=village.bake,
        receiver=village.bakery,
    )  # fmt: skip
    assert worked.in_full() == "Mill worked 4 h Bread for Bakery"
    handed = village.record("transfer", 3, resource_inventoried_as=flour, receiver=village.bakery)
    assert handed.in_full() == "Mill handed over 3 kg Flour to Bakery"
    assert village.undo(handed).in_full() == "Correction: Mill handed over -3 kg Flour to Bakery"
    served = village.record("deliverService", 1, resource_conforms_to=village.bread, output_of=village.bake)
    assert (str(served), served.in_full()) == ("deliver service 1 kg", "Mill delivered 1 kg Bread")


def test_an_event_without_amount_or_thing_is_told_all_the_same() -> None:
    assert sentence("work", "Ana", None, [None, None], "") == "Ana worked something"
    assert sentence("use", "Ana", None, [kg(2), hours(3)], "Ovens") == "Ana used 2 kg, 3 h Ovens"


def test_an_action_without_words_is_told_by_its_label() -> None:
    assert sentence("transfer", "Ana", None, [kg(2)], "Salt") == "Ana: transfer 2 kg Salt"
    assert (label("deliverService"), label("foretell")) == ("deliver service", "foretell")
