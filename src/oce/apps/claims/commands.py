"""Wishes about claims. What settles a claim is said by the event, when it is recorded."""

from __future__ import annotations

from oce.apps.claims.models import Claim
from oce.apps.commitments import rules
from oce.apps.commitments.commands import facts_of
from oce.kit.writing import Values, plain_commands
from oce.vf.refusals import Refusal, gettext_noop


def _refuse_claim(values: Values) -> list[Refusal]:
    return rules.refuse_flow(facts_of(values))


make_claim, change_claim, delete_claim = plain_commands(
    Claim,
    "claim",
    _refuse_claim,
    made=gettext_noop("claimed: {subject}"),
    changed=gettext_noop("changed the claim {subject}"),
    deleted=gettext_noop("gave up the claim {subject}"),
)
"""What agents claim, mostly because of an event that nobody had promised to return, until a person says that it is over."""
