"""A record of any class that concerns a group, and that is shared with whom a test wants it to be."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from oce.kit.records import Record, record_model
from oce.kit.testing.samples import sample

# Whom a record of each class concerns, by the properties that name them; nothing where it concerns nobody.
CONCERNS = {
    "agent": ("pk",),
    "agent-relationship": ("subject", "object"),
    "agent-relationship-role": (),
    "agreement": ("parties",),
    "agreement-bundle": (),
    "batch-lot-record": (),
    "claim": ("provider", "receiver"),
    "classification": (),
    "commitment": ("provider", "receiver"),
    "economic-event": ("provider", "receiver"),
    "economic-resource": ("primary_accountable",),
    "intent": ("provider", "receiver"),
    "membership": ("member", "group"),
    "plan": ("group",),
    "process": ("in_scope_of",),
    "process-specification": (),
    "resource-specification": (),
    "role": ("group",),
    "spatial-thing": (),
    "unit": (),
}


def concerning(kind: str, group: Any, visibility: str) -> Any:
    """Return a record that concerns `group`; where its class concerns nobody, one that does not."""
    model: Any = record_model(kind)
    record = group if kind == "agent" else sample(model)
    told: dict[str, Any] = {"visibility": visibility}
    for name in CONCERNS[kind]:
        if name == "parties":
            record.parties.set([group])
        elif name not in {"pk", "subject", "member"}:
            told[f"{name}_id"] = group.pk
    _put(record, told)
    return model.every().get(pk=record.pk)


def _put(record: Record, columns: dict[str, Any]) -> None:
    """Write columns past all commands, also into the ledger."""
    QuerySet(type(record)).filter(pk=record.pk).update(**columns)
