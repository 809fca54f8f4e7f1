"""Unions that grow: what flows into a process are events here, and promises too where a later app brings them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from strawberry.annotation import StrawberryAnnotation
from strawberry.types.union import StrawberryUnion

from oce.kit.graphql.registry import name_alone, type_of, variants_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from oce.kit.records import Record


class RecordUnion(StrawberryUnion):
    """A union of the types of records."""

    def get_type_resolver(self, type_map: object) -> Callable[..., str]:  # noqa: ARG002 (strawberry's signature)
        """Return the function that names the type of a record."""
        return name_of_type


_unions: dict[str, tuple[RecordUnion, list[type[Record]]]] = {}


def union(name: str, description: str, *models: type[Record]) -> RecordUnion:
    """Return the union of that name over the types of records; a later call with its name adds to it."""
    made, members = _unions.setdefault(name, (RecordUnion(name=name, description=description), []))
    members.extend(model for model in models if model not in members)
    by_name = sorted(members, key=lambda model: model.vf_class)
    types = [each for model in by_name for each in variants_of(model).values() or [type_of(model)]]
    made.type_annotations = tuple(StrawberryAnnotation(each) for each in types)
    return made


@name_alone
def name_of_type(record: Any, *_: object) -> str:
    """Return the name of the object type that stands for a record."""
    definition = type_of(type(record)).__strawberry_definition__
    return str(definition.resolve_type(record, None, None) if definition.is_interface else definition.name)
