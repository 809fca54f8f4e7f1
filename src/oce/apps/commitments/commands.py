"""Wishes about intents and commitments."""

from __future__ import annotations

from oce.apps.commitments import rules
from oce.apps.commitments.models import Commitment, Intent
from oce.kit.writing import Values, plain_commands
from oce.vf import flows
from oce.vf.refusals import Refusal, gettext_noop


def facts_of(values: Values) -> rules.Facts:
    """Return what the rules need to know of the values of an intent, a commitment or a claim, references as records."""
    resource = values.get("resource_inventoried_as")
    return rules.Facts(
        action=values["action"],
        provider=values.get("provider"),
        receiver=values.get("receiver"),
        resource=resource,
        kind=values.get("resource_conforms_to"),
        tags=tuple(values.get("resource_classified_as") or ()),
        input_of=values.get("input_of"),
        output_of=values.get("output_of"),
        resource_quantity=values.get("resource_quantity"),
        effort_quantity=values.get("effort_quantity"),
        has_beginning=values.get("has_beginning"),
        has_end=values.get("has_end"),
        name_of_resource=str(resource or ""),
        kind_of_resource=resource and resource.conforms_to,
        amount_of_resource=resource and resource.accounting_quantity,
    )


def _refuse_intent(values: Values) -> list[Refusal]:
    has_agents = {f"has_{name}": values.get(name) is not None for name in ("provider", "receiver")}
    amounts = (values.get(f"{name}_quantity") for name in ("resource", "minimum", "available"))
    return [
        *rules.refuse_flow(facts_of(values)),
        *flows.refuse_wishless(**has_agents),
        *rules.refuse_amounts(*amounts),
    ]


def _refuse_commitment(values: Values) -> list[Refusal]:
    sides = (values.get("clause_of"), values.get("reciprocal_clause_of"))
    return [
        *rules.refuse_flow(facts_of(values)),
        *rules.refuse_both_sides(*sides),
        *(
            refusal
            for intent in values.get("satisfies", ())
            for refusal in flows.refuse_unlike(values.get("resource_quantity"), intent.resource_quantity, "satisfies")
        ),
    ]


make_intent, change_intent, delete_intent = plain_commands(
    Intent,
    "intent",
    _refuse_intent,
    made=gettext_noop("wished or offered: {subject}"),
    changed=gettext_noop("changed the intent {subject}"),
    deleted=gettext_noop("took back the intent {subject}"),
)
"""What agents wish for or offer, until it is finished."""

make_commitment, change_commitment, delete_commitment = plain_commands(
    Commitment,
    "commitment",
    _refuse_commitment,
    made=gettext_noop("promised: {subject}"),
    changed=gettext_noop("changed the commitment {subject}"),
    deleted=gettext_noop("took back the commitment {subject}"),
)
"""What agents promise, until a person says that no more will come. While it is being planned, agents may be missing."""
