"""The shape of a draft: the small facts from which the rules of the action follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.vf import flows

if TYPE_CHECKING:
    from oce.apps.events.births import Births
    from oce.apps.events.drafts import EventDraft
    from oce.vf.measures import Measure


def shape_of(draft: EventDraft, births: Births, keys: tuple[int | None, int | None]) -> flows.Shape:
    """Return the shape of what the draft says.

    Args:
        keys: the private keys of provider and receiver, to know whether they are the same.
    """
    resource, to_resource = births.reference(draft, "from"), births.reference(draft, "to")
    return flows.Shape(
        action=draft.action,
        has_from=resource is not None,
        has_to=to_resource is not None,
        same=resource is not None and resource == to_resource,
        input=draft.input_of is not None,
        output=draft.output_of is not None,
        agents=flows.agents_of(*keys),
        has_resource_quantity=draft.resource_quantity is not None,
        has_effort_quantity=draft.effort_quantity is not None,
        negative=_is_negative(draft.resource_quantity) or _is_negative(draft.effort_quantity),
        corrects=draft.corrects is not None,
        has_kind=draft.resource_conforms_to is not None or bool(draft.resource_classified_as),
    )


def _is_negative(measure: Measure | None) -> bool:
    return measure is not None and measure.value < 0
