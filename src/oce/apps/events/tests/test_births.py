"""What comes into being by an event: of what it takes its kind, lot and name."""

from __future__ import annotations

from uuid import UUID

import pytest

from oce.apps.events.commands import record_event, record_events
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.tests.village import Village, kg
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Village:
    return Village()


def raised(village: Village, **told) -> EventDraft:
    new = ResourceDraft({"name": "Fine flour", "classified_as": ["organic"]}, lot_code="F-9", **told)
    return EventDraft(
        "raise",
        village.mill,
        village.mill,
        resource_conforms_to=village.flour,
        resource_quantity=kg(10),
        new_resource=new,
    )


def handed_over(village: Village, resource, **told) -> EventDraft:
    return EventDraft(
        "transfer", village.mill, village.bakery, resource, resource_quantity=kg(4), new_resource=ResourceDraft(**told)
    )


def test_a_part_that_is_handed_over_keeps_its_kind_lot_name_and_tags(village: Village) -> None:
    whole = record_event(SYSTEM, raised(village)).resource_inventoried_as
    part = record_event(SYSTEM, handed_over(village, whole)).to_resource_inventoried_as
    assert part.pk != whole.pk
    for name in ("conforms_to", "of_batch_lot", "name", "classified_as"):
        assert getattr(part, name) == getattr(whole, name)


def test_what_is_told_of_the_part_counts_more(village: Village) -> None:
    whole = record_event(SYSTEM, raised(village)).resource_inventoried_as
    part = record_event(
        SYSTEM, handed_over(village, whole, values={"name": "Sack 1"}, lot_code="B-2")
    ).to_resource_inventoried_as
    assert (part.name, part.of_batch_lot.batch_lot_code, part.conforms_to) == ("Sack 1", "B-2", village.flour)


def test_a_part_of_something_that_the_same_wish_brings_in_takes_over_too(village: Village) -> None:
    uid = UUID("0190c2a0-0000-7000-8000-000000000001")
    record_events(SYSTEM, [raised(village, uid=uid), handed_over(village, uid)])
    whole, part = EconomicResource.every()
    assert (part.conforms_to, part.name) == (whole.conforms_to, whole.name)


def test_what_a_process_brings_out_takes_nothing_over_from_what_it_is_not_made_of(village: Village) -> None:
    bread = record_event(
        SYSTEM,
        EventDraft(
            "produce",
            village.bakery,
            village.bakery,
            resource_conforms_to=village.bread,
            resource_quantity=kg(1),
            output_of=village.bake,
            new_resource=ResourceDraft(),
        ),
    ).resource_inventoried_as
    assert (bread.name, bread.of_batch_lot, bread.stage) == ("", None, village.baking)
