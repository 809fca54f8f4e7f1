"""Wishes about the house itself: work that failed is tried again, and a letter shows whether letters arrive."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from oce.apps.members import letters
from oce.kit import clock
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, tell
from oce.kit.outbox import Job
from oce.vf.refusals import Refusal, Refused, gettext_noop

NO_ADDRESS = gettext_noop("“{to}” is not an e-mail address. Write it as ana@coop.example.")
NOT_FAILED = gettext_noop("This work has not failed: it is done, or somebody is at it. Look at the page again.")


@dataclass(frozen=True, slots=True)
class Sent:
    """To whom a trial letter goes."""

    to: str


@command(says=gettext_noop("let the work “{work}” be tried again"), needs=Power.ADMINISTER)
def retry_job(_actor: Actor, job: Job) -> Job:
    """Let work that failed be tried again at once, as often as new work.

    Raises:
        Refused: `node.not_failed`.
    """
    changed = Job.objects.filter(pk=job.pk, done=None, leased=None, tries__gt=0).update(tries=0, due=clock.now())
    if not changed:
        raise Refused(Refusal("node.not_failed", NOT_FAILED))
    tell(work=job.worker)
    job.refresh_from_db()
    return job


@command(says=gettext_noop("sent a letter to {to} to try out the mail"), needs=Power.ADMINISTER)
def send_trial_letter(_actor: Actor, to: str) -> Sent:
    """Send a letter that shows whether the house can send e-mail; without a mail server it waits under Accounts.

    Raises:
        Refused: `node.no_address`.
    """
    to = to.strip()[:254]
    try:
        validate_email(to)
    except ValidationError as error:
        raise Refused(Refusal("node.no_address", NO_ADDRESS, "to", to=to)) from error
    letters.write_trial(to)
    tell(to=to)
    return Sent(to)
