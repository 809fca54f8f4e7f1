"""Runs a request against the schema: asks who asks, reads what is asked, bounds it, and answers with plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    VariableDefinitionNode,
    execute_sync,
    get_operation_ast,
    parse,
)
from graphql.execution.values import VariableValues, get_variable_values

from oce.kit.actor import Power, refuse_powerless
from oce.kit.graphql.answers import answered_error, refused_answer
from oce.kit.graphql.asking import running
from oce.kit.graphql.documents import Documents
from oce.kit.graphql.executor import ShortExecutor, prepare
from oce.kit.graphql.limits import refuse_excess
from oce.kit.graphql.validity import ERRORS_MAX, errors_in
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import strawberry
    from graphql import DocumentNode, GraphQLSchema

    from oce.kit.actor import Actor
    from oce.kit.graphql.asking import Asking

TOKENS_MAX = 5_000
# In characters. Long texts and lists are sent as variables, which are read a hundred times faster than a document.
DOCUMENT_LENGTH_MAX = 100_000
# Strangers may ask for the schema, and no tool asks for it in more characters; what is longer is not even read.
STRANGERS_LENGTH_MAX = 5_000
NO_OPERATION = gettext_noop(
    "The request names no operation of its document. Send one operation, or its name as `operationName`."
)
NOT_BY_GET = gettext_noop("A mutation is not sent by GET. Send it by POST.")


class Invalid(Exception):
    """A document cannot be read, or is not one of this schema."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        """Keep what is wrong with it."""
        super().__init__(errors)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sends: a document, its variables, and which operation to run."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation: str | None = None
    may_write: bool = True


class Engine:
    """Answers requests with one schema; keeps the documents it has seen, the latest used longest."""

    def __init__(self, schema: strawberry.Schema) -> None:
        """Keep the schema as graphql-core knows it; strawberry's own execution adds nothing that we use."""
        self.schema: GraphQLSchema = schema._schema  # noqa: SLF001 (the schema strawberry made)
        prepare(self.schema)
        self.documents = Documents()

    def answer(self, request: Request, asking: Asking) -> dict[str, Any]:
        """Return the answer to a request; one that cannot be run has no `data`."""
        try:
            document = self._granted(request, asking.actor)
        except Refused as refused:
            return refused_answer(refused.refusals)
        except Invalid as invalid:
            return {"errors": [answered_error(error) for error in invalid.errors]}
        with running(asking):
            result = execute_sync(
                self.schema,
                document,
                context_value=asking,
                variable_values=dict(request.variables),
                operation_name=request.operation,
                executor_class=ShortExecutor,
            )
        answer: dict[str, Any] = {}
        if result.errors:
            answer["errors"] = [answered_error(error) for error in result.errors]
        if result.data is not None or not result.errors or any(error.path for error in result.errors):
            answer["data"] = result.data
        return answer

    def _granted(self, request: Request, actor: Actor) -> DocumentNode:
        """Return the document of a request that may be run: what costs least to find out is found out first.

        Raises:
            Refused: where the actor may not ask this, or asks for more than the house answers.
            Invalid: where the document is none of this schema.
        """
        powerless = refuse_powerless(actor, Power.READ)
        if len(request.query) > STRANGERS_LENGTH_MAX:
            refuse_if(powerless)
        kept = self.documents.get(request.query)
        document = kept or _parsed(request.query)
        operation = get_operation_ast(document, request.operation)
        if operation is None:
            raise Refused(Refusal("graphql.no_operation", NO_OPERATION, "operationName"))
        if not _is_introspection(operation):
            refuse_if(powerless)
        if operation.operation is not OperationType.QUERY and not request.may_write:
            raise Refused(Refusal("graphql.not_by_get", NOT_BY_GET))
        if kept is None:
            errors = errors_in(self.schema, document)
            if errors:
                raise Invalid(errors)
            self.documents.keep(request.query, document)
        refuse_if(refuse_excess(self.schema, document, operation, self._numbers(operation, request.variables)))
        return document

    def _numbers(self, operation: OperationDefinitionNode, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the variables that can be page sizes as the fields will get them, defaults included.

        Where they cannot be read there are none: the execution refuses them before anything is read.
        """
        sizes = [each for each in operation.variable_definitions or () if _is_number(each)]
        read = get_variable_values(self.schema, sizes, dict(given), max_errors=ERRORS_MAX)
        return read.coerced if isinstance(read, VariableValues) else {}


def _parsed(query: str) -> DocumentNode:
    try:
        return parse(query, max_tokens=TOKENS_MAX, max_source_length=DOCUMENT_LENGTH_MAX)
    except GraphQLError as error:
        raise Invalid([error]) from error


def _is_number(definition: VariableDefinitionNode) -> bool:
    named: Any = definition.type
    while hasattr(named, "type"):
        named = named.type
    return bool(named.name.value == "Int")


def _is_introspection(operation: OperationDefinitionNode) -> bool:
    """Return whether an operation asks for nothing but the schema, which is public."""
    names = [getattr(getattr(node, "name", None), "value", "") for node in operation.selection_set.selections]
    kinds = {node.kind for node in operation.selection_set.selections}
    return kinds == {"field"} and all(name.startswith("__") for name in names)
