"""The wish to be forgotten: account, address and name go; what was counted stays counted, by a former member."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import TextField
from django.db.models.functions import Cast

from oce.apps.agents.commands import change_agent
from oce.apps.members import joining_queries, queries, rules
from oce.apps.members.account_commands import ADMINISTRATORS_LOCK, end_sessions
from oce.apps.members.accounts import Letter
from oce.apps.members.commands import change_membership
from oce.apps.members.joining import Invitation, JoinRequest, RequestComment
from oce.apps.members.models import Membership
from oce.kit import clock, locks
from oce.kit.actor import SYSTEM, Actor, Power
from oce.kit.commands import command, tell
from oce.kit.forgetting import PersonForgotten
from oce.kit.journal import JournalLine
from oce.kit.notices import announce
from oce.vf.refusals import gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oce.apps.agents.models import Agent

# Kept in the database, where it is the name of a person like any other; in the language of the ledger, as all names are.
FORMER = "Former member"
PORTION = 500


@command(
    says=gettext_noop("left this house for good"),
    needs=Power.READ,
    without={"mutation": "A program must not erase the person it acts for; it is done at a page, with the password."},
)
def erase_myself(actor: Actor) -> None:
    """Forget the one who asks, who comes `nameless`: all that says who they were goes, every number of the ledger stays."""
    account = queries.account_of(actor)
    person, email = account.person, account.email
    locks.alone(ADMINISTRATORS_LOCK)
    refuse_if(rules.refuse_last_administrator(account, is_last=queries.is_last_administrator(account)))
    refuse_if(rules.refuse_last_coordinator(joining_queries.groups_alone_coordinated_by(person)))
    _end_memberships(person)
    end_sessions(account)
    account.delete()
    Letter.objects.filter(to__iexact=email).delete()
    JoinRequest.objects.filter(applicant=person).delete()
    RequestComment.objects.filter(author=person).update(author=None)
    Invitation.objects.filter(made_by=person.name).update(made_by=FORMER)
    name = person.name
    nothing = dict.fromkeys(("note", "image", "primary_location", "classified_as"))
    change_agent(SYSTEM, person, None, {"name": FORMER, **nothing})
    announce(PersonForgotten(person.pk, person.uid, name, FORMER))
    _forget_in_journal(person, name)
    tell(person.address)


def nameless(actor: Actor) -> Actor:
    """Return the one who leaves without a name, so that the last line about them tells none."""
    return replace(actor, name=FORMER)


def _end_memberships(person: Agent) -> None:
    now = clock.now()
    for each in Membership.every().filter(member=person):
        if each.has_end is None or each.has_end > now:
            # One that was to begin later never does.
            begins = each.has_beginning is not None and each.has_beginning >= now
            change_membership(
                SYSTEM, each, None, {"has_beginning": None, "has_end": now} if begins else {"has_end": now}
            )


def _forget_in_journal(person: Agent, name: str) -> None:
    """Take a name out of what the journal tells: where the person acted, and where they were spoken of."""
    JournalLine.objects.filter(agent=person.pk).update(actor=FORMER)
    # Whole words only: who was called Ana is no part of a banana.
    called = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for line in _telling_of(person):
        line.words = {key: _without(word, called) for key, word in line.words.items()}
        line.save(update_fields=["words"])


def _telling_of(person: Agent) -> Iterator[JournalLine]:
    """Yield the lines that name a person as what they are about, and those of the desk."""
    told = JournalLine.objects.annotate(about=Cast("subjects", TextField()))
    about = told.filter(about__contains=str(person.uid))
    of_desk = told.filter(command__startswith="members.")
    yield from (about | of_desk).order_by("id").iterator(PORTION)


def _without(word: Any, called: re.Pattern[str]) -> Any:
    return called.sub(FORMER, word) if isinstance(word, str) else word
