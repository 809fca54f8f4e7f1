"""Events of a document as drafts for the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.kit.jsonld.descriptions import Ref
from oce.kit.records import read_uid
from oce.vf.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oce.kit.jsonld.told import Told

SIDES = ("resource_inventoried_as", "to_resource_inventoried_as")


def draft_of(told: Told, births: Mapping[str, ResourceDraft]) -> EventDraft:
    """Return an event as a draft; resources named in `births` (by side) come into being by it."""
    values: dict[str, Any] = {name: _plain(value) for name, value in told.values.items() if name not in births}
    uid, iri = identity(told.id)
    values |= _born(told, births)
    return EventDraft(**values, created=told.given.get("created"), uid=uid, iri=iri)


def identity(text: str) -> tuple[Any, str | None]:
    """Return the identifier that a record is to have, or its foreign address."""
    uid = read_uid(text)
    return uid, None if uid is not None else text


def may_create(told: Told, side: str) -> bool:
    """Return whether this event can bring the resource on that side into being."""
    row = ACTIONS[told.values["action"]]
    hands_over = row.implied_transfer is not None and told.values.get("provider") != told.values.get("receiver")
    if side == SIDES[0]:
        return row.create_resource == "optional"
    if row.create_resource == "optionalTo":
        return row.implied_transfer is None or hands_over
    return row.create_resource == "optional" and hands_over


def _born(told: Told, births: Mapping[str, ResourceDraft]) -> dict[str, ResourceDraft]:
    creates_to = ACTIONS[told.values["action"]].create_resource == "optionalTo"
    own = SIDES[1] if creates_to else SIDES[0]
    return {("new_resource" if side == own else "new_to_resource"): born for side, born in births.items()}


def _plain(value: Any) -> Any:
    """Return a value as a draft takes it: references by their identifiers, lists that stay as they are."""
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, frozenset):
        return tuple(sorted(ref.id for ref in value))
    return tuple(value) if isinstance(value, list) else value
