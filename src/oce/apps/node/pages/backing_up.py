"""Backups: which there are, whether they can be read back, and how they are made, taken along and thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oce.apps.node import backing_up
from oce.apps.node.commands import ask_backup, ask_restore_test, delete_backup
from oce.apps.node.models import Backup
from oce.apps.node.pages.doors import for_administrators
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.requests import Asked
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from oce.kit.actor import Actor

BACKUPS = "/node/backups"
SHOWN_MAX = 50
PAUSE_SECONDS = 3


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def backups(request: Asked) -> HttpResponse:
    """Show the backups, or ask for one more."""
    if request.method == "POST":
        try:
            ask_backup(request.actor)
        except Refused as refused:
            return _shown(request, sentences(refused.refusals), status_of(refused.refusals))
        return HttpResponseRedirect(BACKUPS)
    return _shown(request)


@for_administrators
@require_safe
def download(_request: Asked, uid: UUID) -> HttpResponseBase:
    """Send the file of a backup."""
    path = backing_up.path_of(get_object_or_404(Backup, uid=uid))
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


@for_administrators
@require_POST
def act(request: Asked, uid: UUID, word: str) -> HttpResponse:
    """Do with a backup what a button says."""
    do = ACTS.get(word)
    if do is None:
        raise Http404
    backup = get_object_or_404(Backup, uid=uid)
    name = str(backup)
    try:
        do(request.actor, backup)
    except Refused as refused:
        return _shown(request, sentences(refused.refusals), status_of(refused.refusals))
    if word == "delete":
        messages.success(request, _("{name} is thrown away.").format(name=name))
    return HttpResponseRedirect(BACKUPS)


def _shown(request: Asked, faults: list[str] | None = None, status: int = 200) -> HttpResponse:
    found = list(Backup.objects.order_by("-id")[:SHOWN_MAX])
    is_waiting = any("waiting" in {each.state, each.test_state} for each in found)
    shown = {
        "backups": [(each, backing_up.path_of(each) is not None) for each in found],
        "is_waiting": is_waiting,
        "folder": backing_up.folder(),
        "faults": faults or [],
    }
    response = render(request, "node/backups.html", shown, status=status)
    if is_waiting and not faults:
        # Every browser follows this, also one without scripts.
        response.headers["Refresh"] = f"{PAUSE_SECONDS}; url={BACKUPS}"
    return response


ACTS: dict[str, Callable[[Actor, Backup], object]] = {"test": ask_restore_test, "delete": delete_backup}
