"""Records for tests, made through the house's own commands by short calls: `person("Ana")`, `kind("flour", unit="kg")`.

The kit does not know the apps: what is made is found by its kind, so that a call fails only where its app is switched off.
"""

from __future__ import annotations

from typing import Any

from oce.kit.actor import Actor, operator
from oce.kit.commands import creator
from oce.kit.records import Record, record_model

ACTOR: Actor = operator("tests")


def make(word: str, **values: Any) -> Any:
    """Return a new record of the kind that addresses call `word`, such as `process-specification`."""
    model = record_model(word)
    if model is None:
        message = f"No running app has records of the kind {word}."
        raise LookupError(message)
    command = creator(model)
    if command is None:
        message = f"No command makes records of the kind {word}."
        raise LookupError(message)
    return command.function(ACTOR, values)


def person(name: str = "Ana", **values: Any) -> Any:
    """Return a new person."""
    return make("agent", agent_class="Person", name=name, **values)


def organization(name: str = "Bakery", **values: Any) -> Any:
    """Return a new organisation."""
    return make("agent", agent_class="Organization", name=name, **values)


def place(name: str = "Mill", **values: Any) -> Any:
    """Return a new place."""
    return make("spatial-thing", name=name, **values)


def kind(name: str = "flour", unit: str = "kilogram", **values: Any) -> Any:
    """Return a new kind of resource that is counted in `unit`."""
    return make("resource-specification", name=name, default_unit_of_resource=unit, **values)


def stage(name: str = "baking", **values: Any) -> Any:
    """Return a new kind of process, which is also the stage of what comes out of it."""
    return make("process-specification", name=name, **values)


def unit(identifier: str = "loaf", **values: Any) -> Any:
    """Return a new unit of the house's own."""
    return make("unit", identifier=identifier, **{"label": identifier, **values})


def process(name: str = "Bake bread", based_on: Record | None = None, **values: Any) -> Any:
    """Return a new process."""
    return make("process", name=name, **({"based_on": based_on} if based_on else {}), **values)


def plan(name: str = "Saturday", **values: Any) -> Any:
    """Return a new plan."""
    return make("plan", name=name, **values)


def agreement(name: str = "Flour for bread", **values: Any) -> Any:
    """Return a new agreement."""
    return make("agreement", name=name, **values)


def lot(code: str = "L-1", **values: Any) -> Any:
    """Return a new lot."""
    return make("batch-lot-record", batch_lot_code=code, **values)


def relate(subject: Record, kind_of_role: str, other: Record, **values: Any) -> Any:
    """Return the new relationship that `subject` is to `other` what the house's role of that kind says."""
    role_model: Any = record_model("agent-relationship-role")
    if role_model is None:
        message = "No running app has roles."
        raise LookupError(message)
    role = role_model.every().filter(kind_of_role=kind_of_role).first()
    return make("agent-relationship", subject=subject, relationship=role, object=other, **values)
