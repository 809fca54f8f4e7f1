"""Gives every house the three roles that groups begin with; groups may add their own beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import NAMESPACE_URL, uuid5

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Name, word in the address, may record, may coordinate; whoever has a role may read.
ROLES = (
    ("Coordinator", "coordinator", True, True),
    ("Member", "member", True, False),
    ("Observer", "observer", False, False),
)


def write_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the three roles, with the same identifier and address in every house."""
    roles = apps.get_model("members", "Role").objects.using(schema_editor.connection.alias)
    for name, word, may_record, may_coordinate in ROLES:
        address = f"https://w3id.org/oce/ns#member-role/{word}"
        told = {"name": name, "may_record": may_record, "may_coordinate": may_coordinate}
        roles.get_or_create(iri=address, defaults={"uid": uuid5(NAMESPACE_URL, address), **told})


class Migration(migrations.Migration):
    """The three standard roles."""

    dependencies: ClassVar = [("members", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(write_roles, migrations.RunPython.noop)]
