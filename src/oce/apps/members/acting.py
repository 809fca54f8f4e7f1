"""Who acts when an account or a token of it signs a wish."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from oce.apps.members.accounts import AccessToken
from oce.kit import clock
from oce.kit.access import acting
from oce.kit.actor import Actor, Power

if TYPE_CHECKING:
    from oce.apps.members.accounts import Account

# When a token was used is written down no oftener than this: reading must not become writing.
USE_NOTED_EVERY = timedelta(minutes=10)


def actor_of(account: Account, scopes: Iterable[Power] = Power) -> Actor:
    """Return the actor an account stands for: its person, with what follows from memberships, narrowed to `scopes`."""
    powers = frozenset(Power) if account.is_administrator else frozenset({Power.READ})
    return acting(account.person_id, str(account.person), powers, scopes)


def actor_of_token(token: str) -> Actor | None:
    """Return the person whose token this is, narrowed to its scopes; None where it is none, or over."""
    found = AccessToken.objects.select_related("account__person").filter(digest=fingerprint(token)).first()
    now = clock.now()
    if found is None or found.expires <= now or not found.account.is_active:
        return None
    if found.last_used is None or now - found.last_used > USE_NOTED_EVERY:
        AccessToken.objects.filter(pk=found.pk).update(last_used=now)
    return actor_of(found.account, map(Power, found.powers))


def fingerprint(secret: str) -> str:
    """Return what is kept of a secret that was made at random; it needs no salt."""
    return sha256(secret.strip().encode()).hexdigest()
