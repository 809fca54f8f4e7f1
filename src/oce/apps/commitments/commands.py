"""Wishes about intents and commitments."""

from __future__ import annotations

from oce.apps.commitments import rules
from oce.apps.commitments.models import Commitment, Intent
from oce.kit import writing
from oce.kit.actor import Actor
from oce.kit.commands import command
from oce.kit.writing import Values
from oce.vf import flows
from oce.vf.refusals import Refusal, gettext_noop


@command(creates=Intent, says=gettext_noop("wished or offered: {subject}"))
def make_intent(_actor: Actor, values: Values) -> Intent:
    """Write down what an agent wishes for or offers."""
    return writing.create(Intent, values, _refuse_intent)


@command(changes=Intent, says=gettext_noop("changed the intent {subject}"))
def change_intent(_actor: Actor, intent: Intent, revision_id: str | None, values: Values) -> Intent:
    """Change an intent, for instance to finish it."""
    return writing.change(intent, revision_id, values, _refuse_intent)


@command(deletes=Intent, says=gettext_noop("took back the intent {subject}"))
def delete_intent(_actor: Actor, intent: Intent, revision_id: str | None) -> None:
    """Delete an intent that nothing satisfies."""
    writing.delete(intent, revision_id)


@command(creates=Commitment, says=gettext_noop("promised: {subject}"))
def make_commitment(_actor: Actor, values: Values) -> Commitment:
    """Write down what an agent promises; while it is being planned, agents may still be missing."""
    return writing.create(Commitment, values, _refuse_commitment)


@command(changes=Commitment, says=gettext_noop("changed the commitment {subject}"))
def change_commitment(_actor: Actor, commitment: Commitment, revision_id: str | None, values: Values) -> Commitment:
    """Change a commitment, for instance to finish it: that no more will come is always said by a person."""
    return writing.change(commitment, revision_id, values, _refuse_commitment)


@command(deletes=Commitment, says=gettext_noop("took back the commitment {subject}"))
def delete_commitment(_actor: Actor, commitment: Commitment, revision_id: str | None) -> None:
    """Delete a commitment that nothing fulfils."""
    writing.delete(commitment, revision_id)


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
