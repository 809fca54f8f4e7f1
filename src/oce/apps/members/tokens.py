"""Wishes about tokens: what a program of somebody may do for them, until when, and that it may no longer."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from oce.apps.members import queries, rules
from oce.apps.members.accounts import NAME_LENGTH_MAX, AccessToken
from oce.apps.members.acting import fingerprint
from oce.kit import clock
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, tell
from oce.vf.refusals import gettext_noop, refuse_if

# Administering is done by people at pages.
POWERS = (Power.READ, Power.RECORD, Power.COORDINATE)
# A token that finds itself in a text can be recognised as one of ours.
PREFIX = "oce_"


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token with its text, which is known at this moment only."""

    token: AccessToken
    text: str


# A token must not be able to make others that live longer than itself.
@command(
    says=gettext_noop("made the token “{name}”"),
    needs=Power.READ,
    without={"mutation": "A program must not make keys for itself; people make tokens at a page."},
)
def make_token(actor: Actor, name: str, powers: Sequence[str], *, days: int = 90) -> Issued:
    """Make a token with which a program acts for the one who asks, and may no more than is chosen."""
    account = queries.account_of(actor)
    refuse_if(
        rules.refuse_token_by_token(comes_by_token=actor.scopes != frozenset(Power)),
        rules.refuse_no_name(name, NAME_LENGTH_MAX),
        rules.refuse_token_powers(powers, known=[power.value for power in POWERS]),
        rules.refuse_days(days),
    )
    text, now = PREFIX + secrets.token_urlsafe(32), clock.now()
    token = AccessToken.objects.create(
        account=account,
        name=name.strip(),
        digest=fingerprint(text),
        powers=sorted(set(powers)),
        made=now,
        expires=now + timedelta(days=days),
    )
    tell(account.person.address, name=token.name)
    return Issued(token, text)


@command(says=gettext_noop("took the token “{name}” back"), needs=Power.READ)
def revoke_token(actor: Actor, token: AccessToken) -> None:
    """Let a token of one's own open nothing any more."""
    account = queries.account_of(actor)
    refuse_if(rules.refuse_foreign_token(is_own=token.account_id == account.pk))
    tell(account.person.address, name=token.name)
    token.delete()
