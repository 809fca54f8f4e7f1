"""Whether a document is one of the schema: the rules of the standard, and what this house wants of it besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import (
    ASTValidationRule,
    GraphQLError,
    IntValueNode,
    OverlappingFieldsCanBeMergedRule,
    StringValueNode,
    specified_rules,
    validate,
)
from graphql.validation.specified_rules import recommended_rules
from graphql.validation.validate import ValidationAbortedError

from oce.vf.texts import is_text

if TYPE_CHECKING:
    from graphql import DocumentNode, GraphQLSchema, ValidationContext

ERRORS_MAX = 20
# How often fields may be compared with one another: far more than queries need that were written to be answered, and
# done in a fraction of a second. The engine's own bound takes several seconds.
COMPARISONS_MAX = 50_000
# Longer than any number that can be kept.
DIGITS_MAX = 100
GIVEN_UP = (
    "The document names the same fields so often, or nests fragments so deeply, that checking it was given up. "
    "Ask for each field once."
)


class ReadableValues(ASTValidationRule):
    """No text in a document holds a character that a database cannot keep, and no number is as long as a book."""

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        """Report a text that no database keeps."""
        if not is_text(node.value):
            self.report_error(GraphQLError(f"{node.value[:40]!r} holds what is no character. Leave it out.", node))

    def enter_int_value(self, node: IntValueNode, *_: object) -> None:
        """Report a number that is too long to be read."""
        if len(node.value) > DIGITS_MAX:
            self.report_error(GraphQLError(f"A number has at most {DIGITS_MAX} digits.", node))


class ComparableFields(OverlappingFieldsCanBeMergedRule):
    """The standard's rule that fields of one name can be merged, given up where it would take long."""

    def __init__(self, context: ValidationContext) -> None:
        """Bound the comparisons."""
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = COMPARISONS_MAX


_STANDARD = dict.fromkeys((*specified_rules, *recommended_rules))
_RULES = [ComparableFields if rule is OverlappingFieldsCanBeMergedRule else rule for rule in _STANDARD]


def errors_in(schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
    """Return what is wrong with a document: of values that cannot be read first, as no other rule can read them."""
    errors = validate(schema, document, [ReadableValues], max_errors=ERRORS_MAX)
    errors = errors or validate(schema, document, _RULES, max_errors=ERRORS_MAX)
    was_given_up = bool(errors) and isinstance(errors[-1], ValidationAbortedError) and len(errors) <= ERRORS_MAX
    return [*errors[:-1], GraphQLError(GIVEN_UP)] if was_given_up else errors
