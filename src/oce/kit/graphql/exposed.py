"""Which records an app puts into GraphQL, and the root fields that read and write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import strawberry
from django.db.models import Q

from oce.kit.commands import changer, creator, deleter
from oce.kit.graphql.asking import seen, was_deleted, wished
from oce.kit.graphql.connections import connection_type, page_arguments, page_of, read_slice
from oce.kit.graphql.fields import argument, asked_field, optional, read_field, replace_fields
from oce.kit.graphql.filters import filter_type, narrowed
from oce.kit.graphql.inputs import create_type, sent_values, update_type
from oce.kit.graphql.registry import about, type_of
from oce.kit.records import found_by_reference, read_uid
from oce.kit.synonyms import in_use
from oce.kit.writing import refuse_unknown
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from strawberry.types.field import StrawberryField

    from oce.kit.commands import Command
    from oce.kit.records import Record


@dataclass(frozen=True, slots=True)
class Exposed:
    """How a record class appears in GraphQL.

    Attributes:
        model: the record class.
        name: the GraphQL name, where it is not that of the class: `Person`.
        plural: the name of its list, where it is not the usual plural.
        argument: the name of the mutation's argument, where it is not the name.
        answer: the name of the field in a mutation's response, where it is not the argument.
        node: the type of the list's nodes, where it is not that of the class.
        only: which records it means.
        given: property values that follow from the name.
        inputs: the beginning of the names of its inputs, where it is not the name.
        without: properties that its inputs do not have.
        hidden: properties that its type does not have.
        inverses: the names of the lists that lead to it, by the `related_name` of its references, where they are not
            that name; empty for none.
        plain: the `related_name` of those lists that are plain lists; what the vocabulary names always is.
        shown_as: what a mutation answers with, made from the record, where it is not the record itself.
        reads, writes: whether it has root fields to read, and to write.
    """

    model: type[Record]
    name: str = ""
    plural: str = ""
    argument: str = ""
    answer: str = ""
    node: Any = None
    only: Q = Q()  # noqa: RUF009 (an empty condition, never changed)
    given: tuple[tuple[str, Any], ...] = ()
    inputs: str = ""
    without: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    inverses: Mapping[str, str] = field(default_factory=dict)
    plain: tuple[str, ...] = ()
    shown_as: Callable[[Any], Any] | None = None
    reads: bool = True
    writes: bool = True

    @property
    def title(self) -> str:
        """The GraphQL name."""
        return self.name or self.model.vf_class

    @property
    def single(self) -> str:
        """The name of the field that finds one."""
        return self.title[0].lower() + self.title[1:]

    @property
    def several(self) -> str:
        """The name of the field that lists them."""
        return self.plural or self.single + ("es" if self.single.endswith("s") else "s")

    def answered(self, record: Record) -> Any:
        """Return what a mutation answers with for `record`."""
        return record if self.shown_as is None else self.shown_as(record)

    @property
    def type(self) -> Any:
        """The GraphQL type of one."""
        return self.node or type_of(self.model)


def exposed(record: Any) -> Exposed:
    """Return how a record appears that an app lists by its class alone, or as Exposed."""
    return record if isinstance(record, Exposed) else Exposed(record)


def query_fields(shown: Exposed) -> Iterator[StrawberryField]:
    """Yield the root fields that find one record and list them all."""
    if not shown.reads:
        return
    one = argument("id", strawberry.ID, "The identifier or the address of the record.")
    yield asked_field(shown.single, optional(shown.type), _finder(shown), about(shown.model), [one])
    yield list_field(shown, shown.several)


def list_field(shown: Exposed, name: str, deprecated: str | None = None) -> StrawberryField:
    """Return the root field `name` that lists the records page by page."""
    arguments = page_arguments(shown.model, filter_type(shown.model))
    described = f"{about(shown.model)} All of them, page by page."
    return asked_field(name, connection_type(shown.type), _lister(shown), described, arguments, deprecated=deprecated)


def _finder(shown: Exposed) -> Callable[..., Record | None]:
    def find_one(_root: None, info: Any, id: str) -> Record | None:  # noqa: A002
        uid = read_uid(id)
        meant = Q(iri=id) if uid is None else Q(uid=uid)
        return seen(info, shown.model).filter(shown.only & meant).first()

    return find_one


def _lister(shown: Exposed) -> Callable[..., Any]:
    def list_page(_root: None, info: Any, filter: Any = None, **asked: Any) -> Any:  # noqa: A002
        records = narrowed(in_use(seen(info, shown.model)).filter(shown.only), filter)
        return page_of(records, read_slice(shown.model, **asked))

    return list_page


def mutation_fields(shown: Exposed) -> Iterator[StrawberryField]:
    """Yield the mutations of a record, for as many of create, update and delete as it has commands."""
    if not shown.writes:
        return
    creates, changes, deletes = creator(shown.model), changer(shown.model), deleter(shown.model)
    if creates is not None:
        yield _create_field(shown, creates)
    if changes is not None:
        yield _update_field(shown, changes)
    if deletes is not None:
        yield _delete_field(shown, deletes)


def key_argument() -> Any:
    """Return the argument that makes a retried wish be granted once."""
    return argument("key", optional(str), "An idempotency key: a retry with the same key gets the first answer.")


@cache
def response_type(name: str, **fields: Any) -> Any:
    """Return the wrapper a mutation answers with, so that more can be added later; fields are read from a mapping."""
    made: Any = strawberry.type(
        type(f"{name}Response", (), {}), name=f"{name}Response", description="What a mutation answers."
    )
    replace_fields(
        made.__strawberry_definition__,
        [read_field(term, of_type, _item(term), "What was written.") for term, of_type in fields.items()],
    )
    return made


def _item(term: str) -> Callable[[dict[str, Any]], Any]:
    return lambda answer: answer.get(term)


def _response(shown: Exposed) -> tuple[Any, str]:
    term = shown.answer or shown.argument or shown.single
    return response_type(shown.title, **{term: shown.type}), term


def _create_field(shown: Exposed, wish: Command) -> StrawberryField:
    given = dict(shown.given)
    response, term = _response(shown)
    name = shown.argument or shown.single
    sent = create_type(shown.model, f"{shown.inputs or shown.title}CreateParams", (*given, *shown.without))

    def create(_root: None, info: Any, sent: Any, key: str | None = None) -> dict[str, Any]:
        values = sent_values(sent) | given
        return {term: shown.answered(wished(info, wish.function, values, key=key))}

    arguments = [argument(name, sent, "What is known of it.", "sent"), key_argument()]
    return asked_field(
        f"create{shown.title}", optional(response), create, f"Write down: {about(shown.model)}", arguments
    )


def _update_field(shown: Exposed, wish: Command) -> StrawberryField:
    response, term = _response(shown)
    name = shown.argument or shown.single
    sent = update_type(shown.model, f"{shown.inputs or shown.title}UpdateParams", (*dict(shown.given), *shown.without))

    def update(_root: None, info: Any, sent: Any) -> dict[str, Any]:
        record = revised(info, shown, sent.revision_id)
        changed = wished(info, wish.function, record, str(sent.revision_id), sent_values(sent))
        return {term: shown.answered(changed)}

    arguments = [argument(name, sent, "What changes.", "sent")]
    return asked_field(f"update{shown.title}", optional(response), update, "Change what is known of it.", arguments)


def _delete_field(shown: Exposed, wish: Command) -> StrawberryField:
    def delete(_root: None, info: Any, revision_id: str) -> bool:
        try:
            record = revised(info, shown, revision_id)
        except Refused:
            # A retry finds what it asks to delete gone already.
            if was_deleted(info, wish.name, shown.model, str(revision_id)):
                return True
            raise
        wished(info, wish.function, record, str(revision_id))
        return True

    arguments = [
        argument("revisionId", strawberry.ID, "The version that is deleted, as it was last read.", "revision_id")
    ]
    return asked_field(
        f"delete{shown.title}", optional(bool), delete, "Delete a record that nothing refers to.", arguments
    )


def revised(info: Any, shown: Exposed, revision_id: str) -> Record:
    """Return the record that a revision belongs to.

    Raises:
        Refused: `kit.unknown_record`.
    """
    record = found_by_reference(shown.model, [str(revision_id)]).get(str(revision_id))
    visible = record and seen(info, shown.model).filter(shown.only, pk=record.pk).first()
    if visible is None:
        raise Refused(refuse_unknown(shown.model, str(revision_id), "revisionId"))
    return visible
