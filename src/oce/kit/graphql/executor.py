"""The engine's executor, with a short way for what most fields are: a value that is read from a record.

For each field the engine gathers what a resolver may ask for, looks for arguments, and asks whether the answer is
awaited. What is read from its source needs none of it, and a usual query takes a quarter less time without. `prepare`
says for each such field how it is read; the engine's own steps do everything else, errors included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import GraphQLObjectType, is_abstract_type, is_leaf_type, is_non_null_type, is_object_type
from graphql.execution.executor import Executor
from strawberry.schema.schema_converter import GraphQLCoreConverter

from oce.kit.graphql.fields import ReadField
from oce.kit.graphql.registry import names_alone

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql import GraphQLSchema

READ = "oce-read"


@dataclass(frozen=True, slots=True)
class ShortWay:
    """How a value is read, and what becomes of it: a leaf is written, an object asked on, as of a type or by its name."""

    read: Callable[[Any], Any]
    is_sure: bool
    write: Callable[[Any], Any] | None = None
    object_type: GraphQLObjectType | None = None
    type_name: Callable[..., Any] | None = None

    def value(self, source: Any) -> Any:
        """Return what is read from the source; None where there is nothing."""
        value = self.read(source)
        if value is None and self.is_sure:
            message = "Cannot return null for a field that always has a value."
            raise TypeError(message)
        return value


def prepare(schema: GraphQLSchema) -> None:
    """Let most fields that are read from their source be read the short way."""
    for of_type in schema.type_map.values():
        for field in of_type.fields.values() if isinstance(of_type, GraphQLObjectType) else ():
            declared = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
            if isinstance(declared, ReadField):
                field.extensions[READ] = _short_way(field.type, declared.read)


def _short_way(of_type: Any, read: Callable[[Any], Any]) -> ShortWay | None:
    """Return the short way to a value of this type; None for lists, and for types that ask the engine who they are."""
    is_sure = is_non_null_type(of_type)
    inner = of_type.of_type if is_sure else of_type
    if is_leaf_type(inner):
        return ShortWay(read, is_sure, write=inner.coerce_output_value)
    if is_object_type(inner) and inner.is_type_of is None:
        return ShortWay(read, is_sure, object_type=inner)
    if is_abstract_type(inner) and names_alone(inner.resolve_type):
        return ShortWay(read, is_sure, type_name=inner.resolve_type)
    return None


class ShortExecutor(Executor[Any]):
    """The executor of graphql-core, which reads what it can the short way."""

    def execute_field(
        self, parent_type: Any, source: Any, field_details_list: Any, path: Any, position_context: Any
    ) -> Any:
        """Return the value of a field."""
        field = parent_type.fields.get(field_details_list[0].node.name.value)
        way: ShortWay | None = None if field is None else field.extensions.get(READ)
        if way is None:
            return super().execute_field(parent_type, source, field_details_list, path, position_context)
        try:
            value = way.value(source)
            if value is None:
                return None
            if way.write is not None:
                return way.write(value)
            of_type = way.object_type or self._named(way, value)
            return self.collect_and_execute_subfields(of_type, field_details_list, path, value, position_context)
        except Exception as error:  # noqa: BLE001 (the engine's own way with whatever a field raises)
            self.handle_field_error(error, field.type, field_details_list, path)
            return None

    def _named(self, way: ShortWay, value: Any) -> GraphQLObjectType:
        assert way.type_name is not None  # noqa: S101 (a way without a type has a name)
        of_type = self.schema.get_type(way.type_name(value))
        assert isinstance(of_type, GraphQLObjectType)  # noqa: S101 (split and union name object types only)
        return of_type
