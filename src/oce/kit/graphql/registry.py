"""Which GraphQL type stands for which record class.

Types of records refer to one another in circles, and upper apps add to them. So a type is first made empty, wherever
somebody names it, and gets its fields when the schema is joined (see `oce.kit.graphql.schema`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import strawberry

from oce.vf import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from oce.kit.records import Record

_types: dict[type[Record], type] = {}
_by_hand: set[type[Record]] = set()
_variants: dict[type[Record], dict[str, type]] = {}


def type_of(model: type[Record]) -> Any:
    """Return the GraphQL type that stands for `model`, empty until the schema is joined."""
    if model not in _types:
        _types[model] = strawberry.type(type(model.vf_class, (), {}), name=model.vf_class, description=about(model))
    return _types[model]


def stand_in(model: type[Record], of_type: type) -> None:
    """Let a type that is written by hand stand for `model`."""
    _types[model] = of_type
    _by_hand.add(model)


def stands_in(model: type[Record]) -> bool:
    """Return whether the type of `model` is written by hand."""
    return model in _by_hand


def split(model: type[Record], names: Mapping[str, str]) -> None:
    """Make the type of `model` an interface, with an object type for each of its classes.

    Args:
        model: a record whose `vf_type` tells its class.
        names: the name of the object type for each `vf_type`.
    """
    definition = type_of(model).__strawberry_definition__
    definition.is_interface = True
    definition.resolve_type = name_alone(lambda record, *_: names[record.vf_type])
    _variants[model] = {vf_type: _variant(definition, vf_type, name) for vf_type, name in names.items()}


def name_alone(resolve: Callable[..., str]) -> Callable[..., str]:
    """Mark a function that names the type of a record from the record alone."""
    resolve.names_alone = True  # type: ignore[attr-defined]
    return resolve


def names_alone(resolve: Callable[..., Any] | None) -> bool:
    """Return whether a function names the type of a record from the record alone."""
    return getattr(resolve, "names_alone", False)


def _variant(interface: Any, vf_type: str, name: str) -> type:
    known = terms.CLASSES.get(name)
    made: type = strawberry.type(
        type(name, (), {}), name=name, description=known.gloss if known else interface.description
    )
    definition = made.__strawberry_definition__  # type: ignore[attr-defined]
    definition.interfaces = [interface]
    definition.is_type_of = lambda record, _info: record.vf_type == vf_type
    return made


def variants_of(model: type[Record]) -> dict[str, type]:
    """Return the object types of a record class that was split, by class; empty for all others."""
    return _variants.get(model, {})


def about(model: type[Record]) -> str:
    """Return what a record is: the gloss of its class, or the first line of its own docstring."""
    known = terms.CLASSES.get(model.vf_class)
    return known.gloss if known else (model.__doc__ or model.vf_class).strip().splitlines()[0]
