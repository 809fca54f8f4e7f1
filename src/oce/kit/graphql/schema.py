"""One GraphQL schema, joined from what the apps put into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import strawberry
from strawberry.schema.config import StrawberryConfig

from oce.kit.graphql.connections import connection_type, page_arguments
from oce.kit.graphql.exposed import Exposed, exposed, mutation_fields, query_fields
from oce.kit.graphql.fields import added_to, argument, asked_field, many, optional, replace_fields
from oce.kit.graphql.filters import complete_filters, filter_type
from oce.kit.graphql.inverses import Inverse, connection_of, list_of
from oce.kit.graphql.properties import identity_fields, property_fields
from oce.kit.graphql.registry import stands_in, type_of, variants_of
from oce.kit.graphql.scalars import SCALARS
from oce.kit.graphql.searching import search_queries
from oce.kit.graphql.vocabulary import action_queries, complete_vocabulary
from oce.kit.records import Record
from oce.vf import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import ModuleType

    from strawberry.types.field import StrawberryField


@dataclass(slots=True)
class _Parts:
    """What the apps put into the schema."""

    shown: list[Exposed] = field(default_factory=list)
    queries: list[StrawberryField] = field(default_factory=list)
    mutations: list[StrawberryField] = field(default_factory=list)
    types: list[Any] = field(default_factory=list)


def joined(modules: Iterable[ModuleType], *, compatible: bool) -> strawberry.Schema:
    """Return the schema of the apps whose `graphql` modules are given, with the names of older clients or without.

    A module may have `records` (record classes, or Exposed), `Query` and `Mutation` (strawberry types), `types`
    (further types), and calls of `add_field`.
    """
    parts = _gathered(modules)
    complete_vocabulary(compatible=compatible)
    complete_filters(compatible=compatible)
    main = {each.model: each for each in reversed(parts.shown)}
    for shown in main.values():
        _complete(shown, main, compatible=compatible)
    parts.queries.extend(search_queries(main))
    query = _root("Query", "What can be asked.", parts.queries, compatible=compatible)
    mutation = (
        _root("Mutation", "What can be wished.", parts.mutations, compatible=compatible) if parts.mutations else None
    )
    variants = [each for model in main for each in variants_of(model).values()]
    return strawberry.Schema(
        query,
        mutation,
        types=[*variants, *parts.types],
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=False),
    )


def _gathered(modules: Iterable[ModuleType]) -> _Parts:
    parts = _Parts(queries=action_queries())
    for module in modules:
        shown = [exposed(record) for record in getattr(module, "records", ())]
        parts.shown.extend(shown)
        for each in shown:
            parts.queries.extend(query_fields(each))
            parts.mutations.extend(mutation_fields(each))
        for name, fields in (("Query", parts.queries), ("Mutation", parts.mutations)):
            own = getattr(module, name, None)
            if own is not None:
                fields.extend(own.__strawberry_definition__.fields)
        parts.types.extend(getattr(module, "types", ()))
    return parts


ROOTS = {name: type(name, (), {}) for name in ("Query", "Mutation")}
"""Stand for the roots in `add_field`."""


def _root(name: str, description: str, fields: Sequence[StrawberryField], *, compatible: bool) -> Any:
    made: Any = strawberry.type(type(name, (), {}), name=name, description=description)
    replace_fields(made.__strawberry_definition__, fields, list(added_to(ROOTS[name], compatible=compatible)))
    return made


def _complete(shown: Exposed, main: dict[type[Record], Exposed], *, compatible: bool) -> None:
    """Give the type of a record its fields; an interface hands them on to its object types."""
    model = shown.model
    if stands_in(model):
        return
    hidden = {terms.camel(name) for name in shown.hidden}
    own = [each for each in (*identity_fields(), *property_fields(model)) if each.graphql_name not in hidden]
    groups = (own, list(_inverse_fields(model, main)), list(added_to(model, compatible=compatible)))
    for of_type in (type_of(model), *variants_of(model).values()):
        replace_fields(of_type.__strawberry_definition__, *groups, list(added_to(of_type, compatible=compatible)))


def _inverse_fields(model: type[Record], main: dict[type[Record], Exposed]) -> Iterator[StrawberryField]:
    """Yield a list for each reference that leads to `model` from a record that is shown as well."""
    for relation in model._meta.related_objects:  # noqa: SLF001 (Django's documented model API)
        source = relation.related_model
        name = relation.related_name
        if source not in main or not name or name.endswith("+"):
            continue
        shown = main[source]
        term = shown.inverses.get(name, terms.camel(name))
        if term:
            inverse = Inverse(source, (relation.field.name,))
            is_plain = term in terms.PROPERTIES or name in shown.plain
            yield plain_list(term, inverse) if is_plain else connection(term, inverse)


def connection(name: str, inverse: Inverse, description: str = "", deprecated: str | None = None) -> StrawberryField:
    """Return a field that lists the records of `inverse` page by page; over several paths in order of birth only."""
    arguments = page_arguments(inverse.model, filter_type(inverse.model))
    if len(inverse.paths) > 1:
        arguments = [each for each in arguments if each.graphql_name != "order"]
    of_type = connection_type(type_of(inverse.model))
    return asked_field(
        name, of_type, connection_of(inverse), description or _about(name, inverse), arguments, deprecated=deprecated
    )


def plain_list(name: str, inverse: Inverse, description: str = "", deprecated: str | None = None) -> StrawberryField:
    """Return a field that lists the records of `inverse` at once."""
    asked = [
        argument("filter", optional(filter_type(inverse.model)), "Which records to list; all conditions must hold.")
    ]
    described = description or _about(name, inverse)
    return asked_field(name, many(type_of(inverse.model)), list_of(inverse), described, asked, deprecated=deprecated)


def _about(name: str, inverse: Inverse) -> str:
    if name in terms.PROPERTIES:
        return terms.PROPERTIES[name].gloss
    return (
        f"The records of {inverse.model.vf_class} that name this one as {' or '.join(map(terms.camel, inverse.paths))}."
    )
