"""Wishes about claims. What settles a claim is said by the event, when it is recorded."""

from __future__ import annotations

from oce.apps.claims.models import Claim
from oce.apps.commitments import rules
from oce.apps.commitments.commands import facts_of
from oce.kit import writing
from oce.kit.actor import Actor
from oce.kit.commands import command
from oce.kit.writing import Values
from oce.vf.refusals import Refusal, gettext_noop


@command(creates=Claim, says=gettext_noop("claimed: {subject}"))
def make_claim(_actor: Actor, values: Values) -> Claim:
    """Write down what an agent claims, mostly because of an event that nobody had promised to return."""
    return writing.create(Claim, values, _refuse_claim)


@command(changes=Claim, says=gettext_noop("changed the claim {subject}"))
def change_claim(_actor: Actor, claim: Claim, revision_id: str | None, values: Values) -> Claim:
    """Change a claim, for instance to finish it: that nothing more is asked is always said by a person."""
    return writing.change(claim, revision_id, values, _refuse_claim)


@command(deletes=Claim, says=gettext_noop("gave up the claim {subject}"))
def delete_claim(_actor: Actor, claim: Claim, revision_id: str | None) -> None:
    """Delete a claim that nothing settles."""
    writing.delete(claim, revision_id)


def _refuse_claim(values: Values) -> list[Refusal]:
    return rules.refuse_flow(facts_of(values))
