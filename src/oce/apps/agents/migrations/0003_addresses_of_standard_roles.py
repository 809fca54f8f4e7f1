"""Gives the four standard roles the one address they have in every house, so that houses do not take them for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# As the migration before wrote them: roles that a house has reworded since are its own.
ROLES = {
    "member": ("is a member of", "has as member"),
    "part_of": ("is part of", "has as part"),
    "steward": ("is a steward of", "has as steward"),
    "supplier": ("is a supplier of", "is supplied by"),
}


def give_addresses(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the oldest role with each meaning and its standard words be known by the standard address."""
    roles = apps.get_model("agents", "AgentRelationshipRole").objects.using(schema_editor.connection.alias)
    for kind, (label, inverse_label) in ROLES.items():
        standing = roles.filter(kind_of_role=kind, role_label=label, inverse_role_label=inverse_label, iri=None)
        oldest = standing.order_by("id").first()
        if oldest is not None:
            oldest.iri = f"https://w3id.org/oce/ns#role/{kind}"
            oldest.save(update_fields=["iri"])


def take_addresses(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the four be known by the addresses of this house again."""
    roles = apps.get_model("agents", "AgentRelationshipRole").objects.using(schema_editor.connection.alias)
    roles.filter(iri__in=[f"https://w3id.org/oce/ns#role/{kind}" for kind in ROLES]).update(iri=None)


class Migration(migrations.Migration):
    """The addresses of the four standard roles."""

    dependencies: ClassVar = [("agents", "0002_standard_roles")]
    operations: ClassVar = [migrations.RunPython(give_addresses, take_addresses)]
