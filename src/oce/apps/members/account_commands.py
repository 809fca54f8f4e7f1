"""Wishes about accounts: opening one, closing and opening it again, and who looks after the whole house."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession

from oce.apps.agents.commands import make_agent
from oce.apps.members import queries, rules
from oce.apps.members.accounts import Account
from oce.kit import clock, locks
from oce.kit.actor import SYSTEM, Actor, Power
from oce.kit.commands import command, tell
from oce.vf.refusals import gettext_noop, refuse_if

# A password is typed at a page of this house and nowhere else.
NO_PASSWORDS = "A password is typed at a page and never travels otherwise."
# Two who take the right from each other at the same moment would leave the house to nobody.
ADMINISTRATORS_LOCK = "members.administrators"


@command(
    says=gettext_noop("opened an account for {subject}"),
    needs=Power.ADMINISTER,
    without={"mutation": NO_PASSWORDS},
)
def open_account(_actor: Actor, account: Account, name: str = "", *, is_verified: bool = False) -> Account:
    """Store an account that has an address and a password; without a person yet, one of that name is written down.

    Args:
        account: not stored yet.
        name: what the new person is called.
        is_verified: whether the address is known to be theirs; otherwise allauth asks them.
    """
    account.email = account.email.strip().lower()
    refuse_if(rules.refuse_taken_address(account.email, is_taken=queries.account_at(account.email) is not None))
    if account.person_id is None:
        account.person = make_agent(SYSTEM, {"name": name, "agent_class": "Person"})
    account.made = clock.now()
    account.save()
    if is_verified:
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    tell(account.person.address, subject=str(account.person))
    return account


@command(
    says=gettext_noop("let {subject} look after the whole house"),
    needs=Power.ADMINISTER,
)
def make_administrator(_actor: Actor, account: Account) -> Account:
    """Let somebody look after the whole house."""
    return _changed(account, is_administrator=True)


@command(says=gettext_noop("no longer let {subject} look after the whole house"), needs=Power.ADMINISTER)
def unmake_administrator(_actor: Actor, account: Account) -> Account:
    """Let somebody no longer look after the house; somebody must be left who does."""
    locks.alone(ADMINISTRATORS_LOCK)
    refuse_if(rules.refuse_last_administrator(account, is_last=queries.is_last_administrator(account)))
    return _changed(account, is_administrator=False)


@command(says=gettext_noop("closed the account of {subject}"), needs=Power.ADMINISTER)
def close_account(_actor: Actor, account: Account) -> Account:
    """Keep somebody from signing in, and end their sessions; their tokens no longer open anything either."""
    locks.alone(ADMINISTRATORS_LOCK)
    refuse_if(rules.refuse_last_administrator(account, is_last=queries.is_last_administrator(account)))
    end_sessions(account)
    return _changed(account, is_active=False)


@command(says=gettext_noop("opened the account of {subject} again"), needs=Power.ADMINISTER)
def reopen_account(_actor: Actor, account: Account) -> Account:
    """Let somebody sign in again."""
    return _changed(account, is_active=True)


@command(says=gettext_noop("ended {count} sessions of {subject}"), needs=Power.READ)
def end_own_sessions(actor: Actor, *, but: str | None = None) -> int:
    """End all sessions of the one who asks, but the one of a key, and return how many there were."""
    account = queries.account_of(actor)
    ended = end_sessions(account, but=but)
    tell(account.person.address, subject=str(account), count=ended)
    return ended


def end_sessions(account: Account, *, but: str | None = None) -> int:
    """End the sessions of an account, but the one of a key, and return how many there were."""
    sessions = [each for each in UserSession.objects.filter(user=account) if each.session_key != but]
    for session in sessions:
        session.end()
    return len(sessions)


def _changed(account: Account, **columns: bool) -> Account:
    for name, value in columns.items():
        setattr(account, name, value)
    account.save(update_fields=list(columns))
    tell(account.person.address, subject=str(account.person))
    return account
