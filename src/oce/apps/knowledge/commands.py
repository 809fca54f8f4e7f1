"""Wishes to the catalogue: kinds of resources and processes, units, tags."""

from __future__ import annotations

from oce.apps.knowledge import queries, rules
from oce.apps.knowledge.models import Classification, ProcessSpecification, ResourceSpecification, Unit
from oce.apps.knowledge.notices import UnitsChanged
from oce.kit import locks, writing
from oce.kit.actor import Actor
from oce.kit.commands import command
from oce.kit.notices import announce
from oce.kit.writing import Values, plain_commands
from oce.vf.refusals import Refusal, gettext_noop, refuse_if

# Two wishes at the same time, each harmless, could close a circle together: writers of tags stand in line.
TAGS_LOCK = "knowledge.tags"

make_resource_specification, change_resource_specification, delete_resource_specification = plain_commands(
    ResourceSpecification,
    "resource_specification",
    made=gettext_noop("added the kind of resource {subject}"),
    changed=gettext_noop("changed the kind of resource {subject}"),
    deleted=gettext_noop("deleted the kind of resource {subject}"),
)
"""Kinds of resources."""

make_process_specification, change_process_specification, delete_process_specification = plain_commands(
    ProcessSpecification,
    "process_specification",
    made=gettext_noop("added the kind of process {subject}"),
    changed=gettext_noop("changed the kind of process {subject}"),
    deleted=gettext_noop("deleted the kind of process {subject}"),
)
"""Kinds of processes."""


@command(creates=Unit, says=gettext_noop("added the unit {subject}"))
def make_unit(_actor: Actor, values: Values) -> Unit:
    """Add a unit of the house's own, or its own words for a standard unit."""
    unit = writing.create(Unit, _linked(values), _refuse_unit)
    announce(UnitsChanged(unit.identifier))
    return unit


@command(changes=Unit, says=gettext_noop("changed the words for the unit {subject}"))
def change_unit(_actor: Actor, unit: Unit, revision_id: str | None, values: Values) -> Unit:
    """Change the words for a unit; its short name stays, since quantities carry it."""
    unit = writing.change(unit, revision_id, _linked(values), _refuse_unit)
    announce(UnitsChanged(unit.identifier))
    return unit


@command(deletes=Unit, says=gettext_noop("deleted the unit {subject}"))
def delete_unit(_actor: Actor, unit: Unit, revision_id: str | None) -> None:
    """Delete a unit in which nothing is counted; own words for a standard unit may always go."""
    writing.hold_references()
    if rules.standard_meaning(unit.identifier) is None:
        refuse_if(rules.refuse_used_unit(unit.label, queries.used_by(unit.identifier)))
    writing.delete(unit, revision_id)
    announce(UnitsChanged(unit.identifier))


@command(creates=Classification, says=gettext_noop("added the tag {subject}"))
def make_classification(_actor: Actor, values: Values) -> Classification:
    """Add a tag to the house's order of tags."""
    return writing.create(Classification, values)


@command(changes=Classification, says=gettext_noop("changed the tag {subject}"))
def change_classification(
    _actor: Actor, tag: Classification, revision_id: str | None, values: Values
) -> Classification:
    """Change a tag, or put it under another one."""

    def refuse_circle(after: Values) -> list[Refusal]:
        broader = after["broader"]
        return [] if broader is None else rules.refuse_circle_of_tags(tag, broader, queries.tags_above(broader))

    locks.alone(TAGS_LOCK)
    return writing.change(tag, revision_id, values, refuse_circle)


@command(deletes=Classification, says=gettext_noop("deleted the tag {subject}"))
def delete_classification(_actor: Actor, tag: Classification, revision_id: str | None) -> None:
    """Delete a tag that no other tag stands under."""
    writing.delete(tag, revision_id)


def _linked(values: Values) -> Values:
    """Return the values with the address of the standard unit where somebody gave its name."""
    name = values.get("om_unit_identifier")
    standard = rules.standard_meaning(name) if isinstance(name, str) else None
    return values if standard is None else {**values, "om_unit_identifier": standard.iri}


def _refuse_unit(values: Values) -> list[Refusal]:
    identifier, label, symbol, link = (
        values.get(name) or "" for name in ("identifier", "label", "symbol", "om_unit_identifier")
    )
    return [
        *rules.refuse_spaces(identifier),
        *rules.refuse_unknown_link(link),
        *rules.refuse_foreign_meaning(identifier, label, symbol, link),
    ]
