"""What the addresses of traces mean: a resource, an event, a process, or a lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from oce.apps.trace.queries import SUBJECTS, Passed, Subject, starts_at, subjects

if TYPE_CHECKING:
    from uuid import UUID

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
    found = subjects(actor, str(uid), [model for model in SUBJECTS if model.kind() == kind])
    if not found:
        raise Http404
    return found[0]


def starts_of(actor: Actor, record: Subject) -> list[Passed]:
    """Return where the walk begins.

    Raises:
        Http404: there is nothing of the lot that the actor may see.
    """
    found = starts_at(actor, record)
    if not found:
        raise Http404
    return found
