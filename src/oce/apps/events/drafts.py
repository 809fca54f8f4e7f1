"""What somebody wants written down: an event as it was told, before anything is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from oce.kit.records import Record
from oce.vf.measures import Measure

# An identifier, an address, or the record itself.
Reference = str | UUID | Record


@dataclass(frozen=True, slots=True)
class ResourceDraft:
    """A resource that an event brings into being: what is known of it besides the event.

    `values` are properties of EconomicResource by Python name (`name`, `of_batch_lot`, `tracking_identifier` ...);
    `conforms_to` may be left to the event. `uid` or `iri` is given where the resource already has an identifier, so that later
    drafts of the same wish can name it; `lot_code` finds the lot of that code or writes it down.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    uid: UUID | None = None
    iri: str | None = None
    lot_code: str | None = None


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as somebody tells it. Names are those of the standard; what is not said is None.

    `new_resource` is what the event creates: `resourceInventoriedAs`, or `toResourceInventoriedAs` for actions that create the to
    side. `new_to_resource` creates the to side of an implied transfer. What it `settles` is kept by the app of claims.
    """

    action: str
    provider: Reference | None = None
    receiver: Reference | None = None
    resource_inventoried_as: Reference | None = None
    to_resource_inventoried_as: Reference | None = None
    resource_conforms_to: Reference | None = None
    resource_classified_as: tuple[str, ...] = ()
    resource_quantity: Measure | None = None
    effort_quantity: Measure | None = None
    input_of: Reference | None = None
    output_of: Reference | None = None
    corrects: Reference | None = None
    realization_of: Reference | None = None
    reciprocal_realization_of: Reference | None = None
    fulfills: tuple[Reference, ...] = ()
    satisfies: tuple[Reference, ...] = ()
    settles: tuple[Reference, ...] = ()
    to_location: Reference | None = None
    has_beginning: datetime | None = None
    has_end: datetime | None = None
    has_point_in_time: datetime | None = None
    created: datetime | None = None
    state: str = ""
    image: str = ""
    note: str = ""
    visibility: str = ""
    new_resource: ResourceDraft | None = None
    new_to_resource: ResourceDraft | None = None
    uid: UUID | None = None
    iri: str | None = None
