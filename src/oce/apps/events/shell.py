"""The ledger at the shell: `oce record`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.agreements.models import Agreement
from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import SYSTEM
from oce.kit.records import called
from oce.vf.actions import ACTIONS, action
from oce.vf.measures import measure
from oce.vf.moments import moment
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    import argparse

    from oce.kit.records import Record

_REFERENCES: dict[str, tuple[type[Record], str]] = {
    "provider": (Agent, "who gives, works or makes"),
    "receiver": (Agent, "who gets it (default: the provider)"),
    "resource": (EconomicResource, "the resource it happens to"),
    "to_resource": (EconomicResource, "the resource it goes into"),
    "kind": (ResourceSpecification, "the kind of resource or work"),
    "input_of": (Process, "the process it goes into"),
    "output_of": (Process, "the process it comes out of"),
    "agreement": (Agreement, "the agreement it realizes"),
    "to_place": (SpatialThing, "the place it goes to"),
}


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `oce record`."""
    record = verbs.add_parser(
        "record",
        help="write down an event",
        description="Write down one event. References are identifiers, addresses, or names that only one record has.",
    )
    record.add_argument("action", help=", ".join(ACTIONS))
    record.add_argument("quantity", nargs="?", help='how much, such as "10 kg"')
    record.add_argument("--effort", help='how long, such as "1.5 hour"')
    for name, (_, sentence) in _REFERENCES.items():
        record.add_argument(f"--{name.replace('_', '-')}", help=sentence)
    record.add_argument("--new", metavar="NAME", help="the event brings a new resource of this name into being")
    record.add_argument("--lot", help="the lot code of the new resource")
    record.add_argument("--state", default="", help="the state it leaves the resource in, such as pass")
    record.add_argument("--when", help="when it happened (default: not said)")
    record.add_argument("--note", default="")
    record.add_argument("--key", help="an idempotency key: the same wish sent again is recorded once")
    record.set_defaults(run=_record)


def _record(chosen: argparse.Namespace) -> int:
    found = {name: _named(model, getattr(chosen, name), name) for name, (model, _) in _REFERENCES.items()}
    new = ResourceDraft({"name": chosen.new}, lot_code=chosen.lot) if chosen.new else None
    event = record_event(  # type: ignore[call-arg] # every command takes a key
        SYSTEM,
        EventDraft(
            action=action(chosen.action).name,
            provider=found["provider"],
            receiver=found["receiver"] or found["provider"],
            resource_inventoried_as=found["resource"],
            to_resource_inventoried_as=found["to_resource"],
            resource_conforms_to=found["kind"],
            input_of=found["input_of"],
            output_of=found["output_of"],
            realization_of=found["agreement"],
            to_location=found["to_place"],
            resource_quantity=measure(chosen.quantity) if chosen.quantity else None,
            effort_quantity=measure(chosen.effort, "effortQuantity") if chosen.effort else None,
            has_point_in_time=moment(chosen.when, ZoneInfo(settings.TIME_ZONE)) if chosen.when else None,
            state=chosen.state,
            note=chosen.note,
            new_resource=new,
        ),
        key=chosen.key,
    )
    sys.stdout.write(f"{event.address}\n")
    for resource in (event.resource_inventoried_as, event.to_resource_inventoried_as):
        if resource is not None:
            resource.refresh_from_db()
            sys.stdout.write(f"{resource}: {resource.onhand_quantity} on hand, {resource.accounting_quantity} owned\n")
    for warning in event.warnings:
        sys.stderr.write(f"Warning: {warning.message}\n")
    return 0


def _named(model: type[Record], text: str | None, field: str) -> Record | None:
    """Return the record that an identifier, an address or an unambiguous name means."""
    if text is None:
        return None
    found = called(model, text)
    if len(found) == 1:
        return found[0]
    template = (
        gettext_noop("Several records are called {text}. Give the identifier of the one that is meant.")
        if found
        else gettext_noop("There is no {kind} {text}. Give an identifier, an address or a name from the list.")
    )
    code = "events.ambiguous_name" if found else "kit.unknown_record"
    raise Refused(Refusal(code, template, field, text=text, kind=model._meta.verbose_name))  # noqa: SLF001
