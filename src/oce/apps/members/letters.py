"""Letters by e-mail: sent by the worker where a server is known; else kept a while, for an administrator to read out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext

from oce.apps.members import queries
from oce.apps.members.accounts import Letter
from oce.kit import clock, outbox

if TYPE_CHECKING:
    from django.db.models import QuerySet

SEND = "members.send_letter"
# What a letter says, such as a code, is of no use for longer.
KEPT_HOURS = 24


def write(to: str, subject: str, text: str) -> None:
    """Write a letter in the running transaction; where a mail server is known, the worker sends it."""
    waiting().exclude(made__gte=_oldest()).delete()
    letter = Letter.objects.create(to=to, subject=subject, text=text, made=clock.now())
    if settings.OCE_MAIL:
        outbox.enqueue(SEND, {"letter": letter.pk})


def write_trial(to: str) -> None:
    """Write a letter that shows whether the house can send e-mail."""
    name = queries.house_name()
    text = gettext("This letter was sent to try out whether {name} can send e-mail. It can.").format(name=name)
    write(to, gettext("A letter from {name}").format(name=name), text)


def waiting() -> QuerySet[Letter]:
    """Return the letters that were not sent, newest first."""
    return Letter.objects.order_by("-id")


@outbox.worker(SEND)
def send(work: outbox.Work) -> None:
    """Send one letter, and forget it."""
    letter = Letter.objects.filter(pk=work["letter"]).first()
    if letter is not None:
        send_mail(letter.subject, letter.text, None, [letter.to])
        letter.delete()


def _oldest() -> object:
    return clock.now() - timedelta(hours=KEPT_HOURS)
