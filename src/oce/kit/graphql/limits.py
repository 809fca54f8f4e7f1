"""What one request may ask at most: depth, aliases, and a cost that multiplies the page sizes along the tree.

The cost is the number of values the answer can hold. It is counted before anything is read, so that a careless query is
refused in a sentence instead of running for minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphql import (
        DocumentNode,
        GraphQLField,
        GraphQLSchema,
        OperationDefinitionNode,
        SelectionSetNode,
    )

ALIASES_MAX = 50
# How many records a plain list is taken to hold: most hold a handful.
LIST_SIZE = 10
# Beyond these nobody needs to know the exact figure.
DEPTH_COUNTED_MAX = 100
COST_COUNTED_MAX = 10_000_000
TOO_DEEP = gettext_noop("The query is {count} levels deep; at most {most} are answered. Ask in several queries.")
TOO_COSTLY = gettext_noop(
    "The answer could hold {count} values; at most {most} are answered at once. Ask for smaller pages."
)
TOO_MANY_ALIASES = gettext_noop("The query uses {count} aliases; at most {most} are answered. Ask in several queries.")


@dataclass(slots=True)
class _Measured:
    """What has been counted of an operation so far."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    cost: int = 0
    depth: int = 0
    aliases: int = 0


def refuse_excess(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> list[Refusal]:
    """An operation of a valid document may not be deeper, costlier or fuller of aliases than the house allows."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    root = schema.get_root_type(operation.operation)
    assert root is not None  # noqa: S101 (validation has found the operation's type)
    measured = _Measured(schema, fragments, variables)
    _measure(measured, operation.selection_set, root, 1, 1)
    found = (
        ("graphql.too_deep", TOO_DEEP, measured.depth, settings.OCE_GRAPHQL_DEPTH_MAX),
        ("graphql.too_costly", TOO_COSTLY, measured.cost, settings.OCE_GRAPHQL_COST_MAX),
        ("graphql.too_many_aliases", TOO_MANY_ALIASES, measured.aliases, ALIASES_MAX),
    )
    return [Refusal(code, text, count=count, most=most) for code, text, count, most in found if count > most]


def _measure(
    measured: _Measured, selected: SelectionSetNode, parent: Any, times: int, depth: int, *, is_page: bool = False
) -> None:
    """Count the fields of a selection that is answered `times` over; stop where the bound is passed anyway.

    The lists of a page were counted with the page: `is_page` says that the selection is one.
    """
    measured.depth = max(measured.depth, depth)
    for node, of_type in _fields(measured, selected, parent, set()):
        if measured.depth > DEPTH_COUNTED_MAX or measured.cost > COST_COUNTED_MAX:
            return
        if node.name.value.startswith("__"):
            continue  # introspection is bounded by a rule of its own
        measured.cost += times
        measured.aliases += node.alias is not None
        field = of_type.fields[node.name.value]
        inner = get_named_type(field.type)
        if node.selection_set is not None and is_composite_type(inner):
            size = 1 if is_page else _size(measured, field, node)
            _measure(measured, node.selection_set, inner, times * size, depth + 1, is_page="first" in field.args)


def _fields(
    measured: _Measured,
    selected: SelectionSetNode,
    parent: Any,
    spread: set[str],
) -> Iterator[tuple[FieldNode, Any]]:
    """Yield the fields of a selection, those of its fragments included once, each with the type it is asked of."""
    for node in selected.selections:
        if isinstance(node, FieldNode):
            yield node, parent
        elif isinstance(node, InlineFragmentNode):
            condition = measured.schema.get_type(node.type_condition.name.value) if node.type_condition else parent
            yield from _fields(measured, node.selection_set, condition, spread)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
            spread.add(node.name.value)
            fragment = measured.fragments[node.name.value]
            condition = measured.schema.get_type(fragment.type_condition.name.value)
            yield from _fields(measured, fragment.selection_set, condition, spread)


def _size(measured: _Measured, field: GraphQLField, node: FieldNode) -> int:
    """Return how many records the field can lead to: the size of its page, or of a plain list."""
    is_list = is_list_type(get_nullable_type(field.type))
    if "first" not in field.args:
        return LIST_SIZE if is_list else 1
    for given in node.arguments or ():
        if given.name.value in {"first", "last"}:
            value = _number(measured, given.value)
            if value is not None:
                return max(1, value)
    return int(settings.OCE_PAGE_SIZE_MAX if is_list else settings.OCE_PAGE_SIZE)


def _number(measured: _Measured, value: Any) -> int | None:
    if isinstance(value, IntValueNode):
        return int(value.value)
    number = measured.variables.get(value.name.value) if isinstance(value, VariableNode) else None
    return number if isinstance(number, int) else None
