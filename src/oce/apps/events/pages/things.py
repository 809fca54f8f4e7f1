"""What the sheet knows of the things, kinds and places of work that somebody chose: whose they are and how they are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import Actor, seen_by
from oce.kit.records import Record, read_uid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

T = TypeVar("T", bound=Record)
THING, KIND, PROCESS = "resourceInventoriedAs", "resourceConformsTo", "process"


class Things:
    """The things, kinds and processes that a form names, each class read by one question."""

    def __init__(self, actor: Actor, sent: QueryDict) -> None:
        """Look up all that the form names, as far as the actor may see it."""
        lines = [(name.rpartition(".")[2], text) for name, (text, *_more) in sent.lists() if name.startswith("events.")]
        self.actor = actor
        self.resources = self._found(EconomicResource, (text for name, text in lines if name == THING))
        self.kinds = self._found(ResourceSpecification, (text for name, text in lines if name == KIND))
        self.processes = self._found(Process, [sent.get(PROCESS, ""), sent.get("on", "")])

    def resource(self, reference: str | None) -> EconomicResource | None:
        """Return the thing that somebody chose."""
        return self.resources.get(reference or "")

    def unit_of(self, thing: str, kind: str) -> str:
        """Return the unit in which a thing, or else a kind of things, is counted; empty where nobody said."""
        resource, found = self.resource(thing), self.kinds.get(kind)
        if resource is not None:
            return resource.onhand_quantity_unit or resource.accounting_quantity_unit
        return found.default_unit_of_resource if found is not None else ""

    def _found(self, model: type[T], texts: Iterable[str]) -> dict[str, T]:
        uids = {uid: text for text in texts if (uid := read_uid(text)) is not None}
        if not uids:
            return {}
        return {uids[each.uid]: each for each in seen_by(self.actor, model.every()).filter(uid__in=uids)}
