"""Health: what is well and what is not, the work that failed and can be tried again, and a letter to try out the mail."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from oce.apps.node import state
from oce.apps.node.commands import retry_job, send_trial_letter
from oce.apps.node.pages.doors import for_administrators
from oce.kit.outbox import Job
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.requests import Asked
from oce.vf.refusals import Refused

HEALTH = "/node/health"


class Worry(NamedTuple):
    """Something to look at: what it is, what to do, and where."""

    said: str
    advice: str
    url: str


WORRIES = {
    "unwell": (
        gettext_lazy("Something keeps this house from working."),
        gettext_lazy("See below what it is. Often the worker has stopped: start “oce serve” anew, or “oce work”."),
        HEALTH,
    ),
    "disk": (
        gettext_lazy("The disk is almost full."),
        gettext_lazy("Throw old backups away, or make more room, before nothing can be written any more."),
        "/node/backups",
    ),
    "given_up": (
        gettext_lazy("Some work failed so often that it was given up."),
        gettext_lazy("Look at the reason, mend it, and let it be tried again."),
        f"{HEALTH}#jobs",
    ),
    "no_worker": (
        gettext_lazy("No worker was heard of yet."),
        gettext_lazy("“oce serve” starts one along; without it, letters, imports and backups wait."),
        HEALTH,
    ),
    "backup": (
        gettext_lazy("There is no backup of the last seven days."),
        gettext_lazy("Make one now: it takes a press, and the work goes on meanwhile."),
        "/node/backups",
    ),
    "test": (
        gettext_lazy("No backup was tried out lately."),
        gettext_lazy("Only a backup that was read back is known to be good."),
        "/node/backups",
    ),
}


@for_administrators
@require_safe
def wellbeing(request: Asked) -> HttpResponse:
    """Show how the house is."""
    return _shown(request)


@for_administrators
@require_POST
def retry(request: Asked, key: int) -> HttpResponse:
    """Let one piece of work be tried again."""
    job = get_object_or_404(Job, pk=key)
    try:
        retry_job(request.actor, job)
    except Refused as refused:
        return _shown(request, sentences(refused.refusals), status_of(refused.refusals))
    messages.success(request, _("It is tried again now."))
    return HttpResponseRedirect(HEALTH)


@for_administrators
@require_POST
def mail(request: Asked) -> HttpResponse:
    """Send a letter to try out the mail."""
    try:
        sent = send_trial_letter(request.actor, request.POST.get("to", ""))
    except Refused as refused:
        return _shown(request, sentences(refused.refusals), status_of(refused.refusals))
    messages.success(request, _("A letter is on its way to {to}. Look whether it arrives.").format(to=sent.to))
    return HttpResponseRedirect(HEALTH)


def worries_in_words(found: state.Wellbeing) -> list[Worry]:
    """Return what to look at, the worst first, in the reader's language."""
    return [Worry(*map(str, WORRIES[name])) for name in found.worries]


def _shown(request: Asked, faults: list[str] | None = None, status: int = 200) -> HttpResponse:
    found = state.wellbeing()
    silent = found.house.get("worker_silent_seconds")
    shown = {
        "found": found,
        "worries": worries_in_words(found),
        "used_share": round(100 * (1 - found.free_bytes / found.disk_bytes)),
        "silent": None
        if silent is None
        else ngettext("{count} second ago", "{count} seconds ago", silent).format(count=silent),
        "jobs": state.jobs_in_trouble()[: state.JOBS_SHOWN],
        "jobs_waiting": found.house.get("jobs_waiting", 0),
        "faults": faults or [],
        "sent_to": request.POST.get("to", ""),
    }
    return render(request, "node/health.html", shown, status=status)
