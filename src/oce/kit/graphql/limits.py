"""What one request may ask at most: depth, aliases, and a cost that multiplies the page sizes along the tree.

The cost is the number of values the answer can hold. It is counted before anything is read, so that a careless query is
refused in a sentence instead of running for minutes. Each selection and each fragment is looked at once, however often
the answer repeats it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    IntValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import (
        DocumentNode,
        GraphQLField,
        GraphQLSchema,
        OperationDefinitionNode,
        SelectionNode,
        SelectionSetNode,
    )

ALIASES_MAX = 50
# How many records a plain list is taken to hold: most hold a handful.
LIST_SIZE = 10
# The same for the lists that describe the schema: about what they hold in this house.
SCHEMA_SIZES = {"types": 200, "fields": 25, "args": 2}
# The whole schema, as the tools ask for it, is counted as nine tenths of this.
SCHEMA_COST_MAX = 800_000
# How far fragments and fields may lie in one another; a query within any sensible bound of depth is far from it.
NESTING_MAX = 100
# Beyond this nobody needs to know the exact figure.
COUNTED_MAX = 1_000_000_000
TOO_DEEP = gettext_noop("The query is {count} levels deep; at most {most} are answered. Ask in several queries.")
TOO_COSTLY = gettext_noop(
    "The answer could hold {count} values; at most {most} are answered at once. Ask for smaller pages."
)
TOO_MANY_ALIASES = gettext_noop("The query uses {count} aliases; at most {most} are answered. Ask in several queries.")


@dataclass(frozen=True, slots=True)
class Measured:
    """How much a selection asks each time it is answered: values of records and of the schema, aliases, levels."""

    cost: int = 0
    schema_cost: int = 0
    aliases: int = 0
    depth: int = 0

    def beside(self, other: Measured) -> Measured:
        """Return how much both ask, side by side."""
        return Measured(
            self.cost + other.cost,
            self.schema_cost + other.schema_cost,
            self.aliases + other.aliases,
            max(self.depth, other.depth),
        )


def refuse_excess(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> list[Refusal]:
    """An operation of a valid document may not be deeper, costlier or fuller of aliases than the house allows.

    `variables` are coerced, with their defaults.
    """
    root = schema.get_root_type(operation.operation)
    assert root is not None  # noqa: S101 (validation has found the operation's type)
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    try:
        measured = Ruler(schema, fragments, variables).selection(operation.selection_set, root)
    except Refused as refused:
        return list(refused.refusals)
    found = (
        ("graphql.too_deep", TOO_DEEP, measured.depth, settings.OCE_GRAPHQL_DEPTH_MAX),
        ("graphql.too_costly", TOO_COSTLY, measured.cost, settings.OCE_GRAPHQL_COST_MAX),
        ("graphql.too_costly", TOO_COSTLY, measured.schema_cost, SCHEMA_COST_MAX),
        ("graphql.too_many_aliases", TOO_MANY_ALIASES, measured.aliases, ALIASES_MAX),
    )
    return [
        Refusal(code, text, count=min(count, COUNTED_MAX), most=most)
        for code, text, count, most in found
        if count > most
    ]


@dataclass(slots=True)
class Ruler:
    """Measures the selections of one operation; `looked_at` counts how many parts of them it has looked at."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    looked_at: int = 0
    _known: dict[tuple[str, bool], Measured] = field(default_factory=dict)

    def selection(
        self, selected: SelectionSetNode, parent: Any, nesting: int = 1, *, is_page: bool = False
    ) -> Measured:
        """Return how much a selection asks of `parent`.

        The lists of a page were counted with the page: `is_page` says that the selection is one.

        Raises:
            Refused: `graphql.too_deep`, where no bound of depth could be kept.
        """
        if nesting > NESTING_MAX:
            most = settings.OCE_GRAPHQL_DEPTH_MAX
            raise Refused(Refusal("graphql.too_deep", TOO_DEEP, count=nesting, most=most))
        total = Measured()
        for node in selected.selections:
            total = total.beside(self._part(node, parent, nesting, is_page=is_page))
        return total

    def _part(self, node: SelectionNode, parent: Any, nesting: int, *, is_page: bool) -> Measured:
        self.looked_at += 1
        if isinstance(node, FieldNode):
            return self._field(node, parent, nesting, is_page=is_page)
        if isinstance(node, FragmentSpreadNode):
            name = node.name.value
            if (name, is_page) not in self._known:
                self._known[name, is_page] = self._narrowed(self.fragments[name], parent, nesting, is_page=is_page)
            return self._known[name, is_page]
        return self._narrowed(node, parent, nesting, is_page=is_page)

    def _narrowed(self, fragment: Any, parent: Any, nesting: int, *, is_page: bool) -> Measured:
        """Return how much a fragment asks, of the type it names."""
        named = fragment.type_condition
        of_type = parent if named is None else self.schema.get_type(named.name.value)
        return self.selection(fragment.selection_set, of_type, nesting + 1, is_page=is_page)

    def _field(self, node: FieldNode, parent: Any, nesting: int, *, is_page: bool) -> Measured:
        asked = self.schema.get_field(parent, node.name.value)
        assert asked is not None  # noqa: S101 (validation has found every field)
        aliases = int(node.alias is not None)
        inner, of_type = Measured(), get_named_type(asked.type)
        if node.selection_set is not None and is_composite_type(of_type):
            inner = self.selection(node.selection_set, of_type, nesting + 1, is_page="first" in asked.args)
        times = 1 if is_page else self._size(asked, node)
        cost, aliases = 1 + times * inner.cost, aliases + inner.aliases
        if node.name.value in {"__schema", "__type"}:
            return Measured(1, cost, aliases, 1)
        return Measured(cost, 0, aliases, 1 + inner.depth)

    def _size(self, asked: GraphQLField, node: FieldNode) -> int:
        """Return how many records the field can lead to: the size of its page, or of a plain list."""
        is_list = is_list_type(get_nullable_type(asked.type))
        if "first" not in asked.args:
            return SCHEMA_SIZES.get(node.name.value, LIST_SIZE) if is_list else 1
        for given in node.arguments or ():
            if given.name.value in {"first", "last"}:
                value = self._number(given.value)
                if value is not None:
                    return max(1, value)
        return int(settings.OCE_PAGE_SIZE_MAX if is_list else settings.OCE_PAGE_SIZE)

    def _number(self, value: Any) -> int | None:
        if isinstance(value, IntValueNode):
            return int(value.value)
        number = self.variables.get(value.name.value) if isinstance(value, VariableNode) else None
        return number if isinstance(number, int) else None
