"""An event is told as people tell it, whatever it is and whoever reads it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oce.apps.events.drafts import ResourceDraft
from oce.apps.events.sentences import ALONE, FOR_ANOTHER, sentence
from oce.apps.events.tests.village import Village, hours, kg
from oce.kit.pages.values import name_of
from oce.kit.testing import factories
from oce.vf.actions import ACTIONS
from oce.vf.measures import Measure

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


def test_money_and_pieces_are_called_by_their_kind(village: Village) -> None:
    euro, ten = factories.kind("Euro", unit="one"), Measure(Decimal("13.5"), "one")
    purse = ResourceDraft({"name": "Purse", "conforms_to": euro})
    found = village.record("raise", resource_quantity=ten, new_resource=purse)
    assert str(found) == "raise 13.5 Euro"
    paid = village.record(
        "transfer", resource_quantity=ten, resource_inventoried_as=found.resource_inventoried_as,
        receiver=village.bakery,
    )  # fmt: skip
    assert str(paid) == "transfer 13.5 Euro"
    owed = {"provider": village.mill, "receiver": village.bakery, "resource_quantity": ten}
    said = factories.make("commitment", action="transfer", resource_conforms_to=euro, **owed)
    meant = factories.make(
        "commitment", action="transfer", resource_inventoried_as=found.resource_inventoried_as, **owed
    )
    assert str(said) == str(meant) == "transfer 13.5 Euro"


def test_an_event_without_amount_or_thing_is_told_all_the_same() -> None:
    assert sentence("work", "Ana", None, [None, None], "") == "Ana worked something"
    assert sentence("use", "Ana", None, [kg(2), hours(3)], "Ovens") == "Ana used 2 kg, 3 h Ovens"


def test_an_action_without_words_is_told_by_its_label() -> None:
    assert sentence("transfer", "Ana", None, [kg(2)], "Salt") == "Ana: transfer 2 kg Salt"
    assert sentence("foretell", "Ana", None, [kg(2)], "Salt") == "Ana: foretell 2 kg Salt"
