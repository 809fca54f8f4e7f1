"""Settings: what was said of this house, each in a form of its own, and what only its environment says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oce.apps.members import queries
from oce.apps.members.setup import decide_visibility, name_network
from oce.apps.node.commands import decide_shortages
from oce.apps.node.pages.doors import for_administrators
from oce.apps.node.stock import shortages_decided
from oce.apps.resources.models import Shortage
from oce.kit.addresses import known_addresses
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.requests import Asked
from oce.kit.visibility import Visibility, house_visibility
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from oce.kit.actor import Actor

SETTINGS = "/node/settings"


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def settings_of_the_house(request: Asked) -> HttpResponse:
    """Show what was said of this house, or say one of it anew."""
    faults: list[str] = []
    status, about = 200, ""
    if request.method == "POST":
        about = next((name for name in WISHES if name in request.POST), "")
        try:
            if about:
                WISHES[about](request.actor, request.POST[about])
        except Refused as refused:
            faults, status = sentences(refused.refusals), status_of(refused.refusals)
        else:
            messages.success(request, _("Kept."))
            return HttpResponseRedirect(SETTINGS)
    present, *former = known_addresses()
    shown = {
        "name": request.POST.get("name", queries.house().name),
        "visibilities": _visibilities(),
        "shortages": [(value, label) for value, label in Shortage.choices],
        "decided": shortages_decided(),
        "address": present,
        "former": former,
        "is_local": "localhost" in present,
        "languages": [get_language_info(code)["name_local"] for code, _name in settings.LANGUAGES],
        "spoken_first": get_language_info(settings.LANGUAGE_CODE)["name_local"],
        "zone": settings.TIME_ZONE,
        "has_mail": bool(settings.OCE_MAIL),
        "faults": faults,
        "about": about,
    }
    return render(request, "node/settings.html", shown, status=status)


def _visibilities() -> list[tuple[str, str, bool]]:
    words = {
        Visibility.NETWORK.value: _("Everybody who has an account here"),
        Visibility.GROUP.value: _("Only the groups whom it concerns"),
    }
    return [(value, said, value == house_visibility().value) for value, said in words.items()]


WISHES: dict[str, Callable[[Actor, str], object]] = {
    "name": name_network,
    "who": decide_visibility,
    "shortage": decide_shortages,
}
