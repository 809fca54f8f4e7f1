"""Fields of GraphQL types: read from a record by one plain call, or asked with arguments; and fields added from above.

Strawberry builds an `Info` and converts arguments for every resolver; most fields of a record need neither. A
`read_field` is therefore what strawberry calls a basic field: nothing stands between the engine and the attribute.
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver
from strawberry.types.unset import UNSET

from oce.vf.terms import camel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from strawberry.types.base import StrawberryObjectDefinition


class ReadField(StrawberryField):
    """A field whose value one function reads from the source."""

    read: Callable[[Any], Any]

    def get_result(self, source: Any, info: object, args: object, kwargs: object) -> Any:  # noqa: ARG002 (strawberry's signature)
        """Return what `read` finds in the source."""
        return self.read(source)


class AskedField(StrawberryField):
    """A field that is asked with arguments, or that needs to know who asks."""

    resolve: Callable[..., Any]

    @property
    def is_basic_field(self) -> bool:
        """Never: its arguments must be converted."""
        return False

    def get_result(self, source: Any, info: Any, args: object, kwargs: dict[str, Any]) -> Any:  # noqa: ARG002
        """Return what `resolve` answers for the source, the info and the arguments."""
        return self.resolve(source, info, **kwargs)


def optional(of_type: Any) -> Any:
    """Return the type that may be null."""
    return StrawberryOptional(of_type)


def many(of_type: Any) -> Any:
    """Return the type of a list without nulls in it."""
    return StrawberryList(of_type)


def read_field(
    name: str,
    of_type: Any,
    read: Callable[[Any], Any],
    description: str,
    *,
    deprecated: str | None = None,
) -> ReadField:
    """Return a field called `name` that `read` answers from the source alone."""
    field = ReadField(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(of_type),
        description=description,
        deprecation_reason=deprecated,
    )
    field.read = read
    return field


def asked_field(
    name: str,
    of_type: Any,
    resolve: Callable[..., Any],
    description: str,
    arguments: Sequence[StrawberryArgument] = (),
    *,
    deprecated: str | None = None,
) -> AskedField:
    """Return a field called `name` that `resolve(source, info, **arguments)` answers."""
    field = AskedField(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(of_type),
        description=description,
        deprecation_reason=deprecated,
    )
    field.arguments = list(arguments)
    field.resolve = resolve
    return field


def argument(name: str, of_type: Any, description: str, python_name: str = "") -> StrawberryArgument:
    """Return an argument; one of an optional type is left out of the call where nobody gives it."""
    return StrawberryArgument(
        python_name=python_name or name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(of_type),
        description=description,
        default=UNSET,
    )


@dataclass(frozen=True, slots=True)
class Added:
    """A field that an upper app puts on a type of a lower one; a `compatible` one only serves older clients."""

    field: StrawberryField
    compatible: bool


_added: dict[Any, list[Added]] = defaultdict(list)


def add_field(
    target: Any,
    resolver: Callable[..., Any] | StrawberryField,
    *,
    name: str = "",
    description: str = "",
    deprecated: str | None = None,
    compatible: bool = False,
) -> None:
    """Add a field to the GraphQL type of `target`; one of the same name is replaced.

    `resolver(record)` or `resolver(record, info, **arguments)` answers it; its annotations give the types, its name the
    name, its docstring the description.
    """
    field = (
        resolver if isinstance(resolver, StrawberryField) else _from_function(resolver, name, description, deprecated)
    )
    _added[target] = [each for each in _added[target] if each.field.python_name != field.python_name]
    _added[target].append(Added(field, compatible))


def remove_field(target: Any, name: str) -> None:
    """Take back a field that was added."""
    _added[target] = [each for each in _added[target] if each.field.python_name != name]


def _from_function(
    function: Callable[..., Any], name: str, description: str, deprecated: str | None
) -> AskedField | ReadField:
    resolver: StrawberryResolver[Any] = StrawberryResolver(function)
    names = list(inspect.signature(function).parameters)
    arguments = [each for each in resolver.arguments if each.python_name not in {names[0], "info"}]
    name = name or camel(function.__name__)
    field: AskedField | ReadField
    if len(names) == 1:
        field = read_field(name, None, function, "", deprecated=deprecated)
    else:
        field = asked_field(name, None, function, "", arguments, deprecated=deprecated)
    field.type_annotation = resolver.type_annotation
    field.description = description or inspect.getdoc(function)
    return field


def added_to(target: Any, *, compatible: bool) -> Iterator[StrawberryField]:
    """Yield the fields added to `target` by name, in whatever order the apps were loaded.

    Those for older clients come only with `compatible`.
    """
    for each in sorted(_added[target], key=lambda each: each.field.graphql_name or each.field.python_name):
        if compatible or not each.compatible:
            yield each.field


def replace_fields(definition: StrawberryObjectDefinition, *groups: Sequence[StrawberryField]) -> None:
    """Give a type the fields of all groups, in order; a later field takes the place of an earlier one of its name.

    This is the one place that writes into strawberry's type definition, after the type was made: types of records
    refer to one another in circles, and upper apps add to them.
    """
    fields: dict[str, StrawberryField] = {}
    for group in groups:
        for field in group:
            fields[field.graphql_name or camel(field.python_name)] = field
    definition.fields = list(fields.values())
