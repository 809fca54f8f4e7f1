"""Runs a request against the schema: parsed and validated once per text, bounded, answered as plain data."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from graphql.validation.specified_rules import recommended_rules

from oce.kit.actor import Power, refuse_powerless
from oce.kit.graphql.answers import answered_error, refused_answer
from oce.kit.graphql.asking import running
from oce.kit.graphql.executor import ShortExecutor, prepare
from oce.kit.graphql.limits import refuse_excess
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Mapping

    import strawberry
    from graphql import DocumentNode, GraphQLSchema

    from oce.kit.graphql.asking import Asking

TOKENS_MAX = 5_000
DOCUMENTS_KEPT = 500
ERRORS_MAX = 20
NO_OPERATION = gettext_noop(
    "The request names no operation of its document. Send one operation, or its name as `operationName`."
)
NOT_BY_GET = gettext_noop("A mutation is not sent by GET. Send it by POST.")

_RULES = tuple(dict.fromkeys((*specified_rules, *recommended_rules)))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that was parsed and validated, or what is wrong with it."""

    document: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()


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
        self._kept: OrderedDict[str, Prepared] = OrderedDict()
        self._lock = Lock()

    def answer(self, request: Request, asking: Asking) -> dict[str, Any]:
        """Return the answer to a request; one that cannot be run has no `data`."""
        prepared = self.prepared(request.query)
        if prepared.document is None:
            return {"errors": [answered_error(error) for error in prepared.errors]}
        operation = get_operation_ast(prepared.document, request.operation)
        if operation is None:
            return refused_answer([Refusal("graphql.no_operation", NO_OPERATION, "operationName")])
        refusals = self._refusals(prepared.document, operation, request, asking)
        if refusals:
            return refused_answer(refusals)
        with running(asking):
            result = execute_sync(
                self.schema,
                prepared.document,
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

    def prepared(self, query: str) -> Prepared:
        """Return the document of this text, parsed and validated at most once while it is kept."""
        with self._lock:
            kept = self._kept.get(query)
            if kept is not None:
                self._kept.move_to_end(query)
                return kept
        prepared = self._prepare(query)
        with self._lock:
            self._kept[query] = prepared
            if len(self._kept) > DOCUMENTS_KEPT:
                self._kept.popitem(last=False)
        return prepared

    def _prepare(self, query: str) -> Prepared:
        try:
            document = parse(query, max_tokens=TOKENS_MAX)
            errors = validate(self.schema, document, _RULES, max_errors=ERRORS_MAX)
        except GraphQLError as error:
            return Prepared(None, (error,))
        return Prepared(None, tuple(errors)) if errors else Prepared(document)

    def _refusals(
        self, document: DocumentNode, operation: OperationDefinitionNode, request: Request, asking: Asking
    ) -> list[Refusal]:
        """Nobody asks without the right to read, beyond the bounds, or for changes by GET."""
        refusals = [] if _is_introspection(operation) else refuse_powerless(asking.actor, Power.READ)
        if operation.operation is not OperationType.QUERY and not request.may_write:
            refusals.append(Refusal("graphql.not_by_get", NOT_BY_GET))
        return refusals or refuse_excess(self.schema, document, operation, request.variables)


def _is_introspection(operation: OperationDefinitionNode) -> bool:
    """Return whether an operation asks for nothing but the schema, which is public."""
    names = [getattr(getattr(node, "name", None), "value", "") for node in operation.selection_set.selections]
    kinds = {node.kind for node in operation.selection_set.selections}
    return kinds == {"field"} and all(name.startswith("__") for name in names)
