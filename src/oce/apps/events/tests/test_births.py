"""What comes into being by an event: of what it takes its kind, lot and name."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from oce.apps.events.commands import record_event, record_events
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.tests.village import Village, assert_replays, fresh, kg
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


def checked(village: Village, resource, **told) -> EventDraft:
    return EventDraft(
        "modify", village.mill, village.mill, resource, resource_quantity=kg(0), output_of=village.bake, **told
    )


def test_a_part_is_at_the_stage_and_in_the_state_of_the_whole(village: Village) -> None:
    whole = record_event(SYSTEM, raised(village)).resource_inventoried_as
    record_event(SYSTEM, checked(village, whole, state="pass"))
    handed = record_event(SYSTEM, handed_over(village, whole))
    part = handed.to_resource_inventoried_as
    assert (part.stage, part.state) == (village.baking, "pass")
    village.undo(handed)
    assert (fresh(part).stage, fresh(part).state) == (village.baking, "pass")
    assert_replays()


def test_a_part_is_in_the_state_that_the_hand_over_gave_it(village: Village) -> None:
    whole = record_event(SYSTEM, raised(village)).resource_inventoried_as
    record_event(SYSTEM, checked(village, whole, state="pass"))
    handed = record_event(SYSTEM, replace(handed_over(village, whole), state="opened"))
    part = handed.to_resource_inventoried_as
    assert (part.stage, part.state) == (village.baking, "opened")
    village.undo(handed)
    assert (fresh(part).stage, fresh(part).state) == (village.baking, "pass")
    assert_replays()


def test_a_part_has_the_stage_that_the_whole_had_when_it_was_split(village: Village) -> None:
    """An earlier event of the same wish sets it; what happens to the whole later is nothing to the part."""
    uid = UUID("0190c2a0-0000-7000-8000-000000000001")
    *_, staged, handed = record_events(
        SYSTEM, [raised(village, uid=uid), checked(village, uid), handed_over(village, uid)]
    )
    village.undo(staged)
    assert fresh(handed.resource_inventoried_as).stage is None
    assert fresh(handed.to_resource_inventoried_as).stage == village.baking
    assert_replays()


def test_a_part_that_was_born_elsewhere_takes_no_stage_over(village: Village) -> None:
    whole = record_event(SYSTEM, raised(village)).resource_inventoried_as
    record_event(SYSTEM, checked(village, whole, state="pass"))
    handed = record_event(
        SYSTEM, handed_over(village, whole, iri="https://bakery.example/r/1", values={"conforms_to": village.flour})
    )
    part = handed.to_resource_inventoried_as
    assert (part.stage, part.state) == (None, "")


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
