"""Wishes about agreements and bundles of agreements."""

from __future__ import annotations

from oce.apps.agreements.models import Agreement, AgreementBundle
from oce.kit import writing
from oce.kit.actor import Actor
from oce.kit.commands import command
from oce.kit.writing import Values
from oce.vf.refusals import gettext_noop


@command(creates=Agreement, says=gettext_noop("wrote down the agreement {subject}"))
def make_agreement(_actor: Actor, values: Values) -> Agreement:
    """Write down an agreement, alone or as part of a bundle."""
    return writing.create(Agreement, values)


@command(changes=Agreement, says=gettext_noop("changed the agreement {subject}"))
def change_agreement(_actor: Actor, agreement: Agreement, revision_id: str | None, values: Values) -> Agreement:
    """Change an agreement, or put it into another bundle."""
    return writing.change(agreement, revision_id, values)


@command(deletes=Agreement, says=gettext_noop("deleted the agreement {subject}"))
def delete_agreement(_actor: Actor, agreement: Agreement, revision_id: str | None) -> None:
    """Delete an agreement that nothing refers to."""
    writing.delete(agreement, revision_id)


@command(creates=AgreementBundle, says=gettext_noop("wrote down the bundle of agreements {subject}"))
def make_bundle(_actor: Actor, values: Values) -> AgreementBundle:
    """Write down a bundle, into which agreements can then be put."""
    return writing.create(AgreementBundle, values)


@command(changes=AgreementBundle, says=gettext_noop("changed the bundle of agreements {subject}"))
def change_bundle(_actor: Actor, bundle: AgreementBundle, revision_id: str | None, values: Values) -> AgreementBundle:
    """Change a bundle of agreements."""
    return writing.change(bundle, revision_id, values)


@command(deletes=AgreementBundle, says=gettext_noop("deleted the bundle of agreements {subject}"))
def delete_bundle(_actor: Actor, bundle: AgreementBundle, revision_id: str | None) -> None:
    """Delete a bundle that has no agreements in it."""
    writing.delete(bundle, revision_id)
