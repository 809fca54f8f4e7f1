"""What the addresses of traces mean: a resource, an event, a process, or a lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from oce.apps.resources.models import EconomicResource
from oce.apps.trace.queries import SUBJECTS, Passed, Subject, starts_at
from oce.kit.actor import seen_by

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from oce.kit.actor import Actor
    from oce.kit.records import Record


def explorer_url(record: Record) -> str:
    """Return the address at which the trace of a record is shown."""
    return f"/trace/of/{record.kind()}/{record.uid}"


def subject(actor: Actor, kind: str, uid: UUID) -> Subject:
    """Return the record that an address means.

    Raises:
        Http404: there is none that the actor may see.
    """
    model = next((each for each in SUBJECTS if each.kind() == kind), None)
    if model is None:
        raise Http404
    records: QuerySet[Any] = seen_by(actor, model.every())
    if model is EconomicResource:
        records = records.select_related("of_batch_lot", "conforms_to")
    found: Subject | None = records.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def starts_of(actor: Actor, record: Subject) -> list[Passed]:
    """Return where the walk begins.

    Raises:
        Http404: there is nothing of the lot that the actor may see.
    """
    found = starts_at(actor, record)
    if not found:
        raise Http404
    return found
