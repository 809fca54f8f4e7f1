"""Gives every house the four roles it understands; houses may add their own beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import NAMESPACE_URL, uuid5

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROLES = (
    ("member", "is a member of", "has as member"),
    ("part_of", "is part of", "has as part"),
    ("steward", "is a steward of", "has as steward"),
    ("supplier", "is a supplier of", "is supplied by"),
)


def write_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write those of the four roles that are not there."""
    roles = apps.get_model("agents", "AgentRelationshipRole").objects.using(schema_editor.connection.alias)
    for kind, label, inverse_label in ROLES:
        # The same identifier and address in every house, so that houses do not take them for others.
        address = f"https://w3id.org/oce/ns#role/{kind}"
        words = {"role_label": label, "inverse_role_label": inverse_label, "uid": uuid5(NAMESPACE_URL, address)}
        roles.get_or_create(iri=address, defaults={"kind_of_role": kind, **words})


class Migration(migrations.Migration):
    """The four standard roles."""

    dependencies: ClassVar = [("agents", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(write_roles, migrations.RunPython.noop)]
