"""The inventory: places as a tree, kinds as tiles, things as a list; and what is done with several things at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oce.apps.events.models import EconomicEvent
from oce.apps.things import queries, state
from oce.apps.things.commands import move_things
from oce.apps.things.holdings import SORTS, Asked, Holdings
from oce.apps.things.pages.acting import PLACES, tell
from oce.apps.things.pages.asking import asked, form_of, granted
from oce.kit.actor import Power
from oce.kit.pages.forms import KEY, fresh_key
from oce.kit.pages.listing import FIND
from oce.kit.pages.records import SHOW
from oce.kit.pages.requests import Asked as Request
from oce.kit.records import read_uid

SOUGHT_LENGTH_MAX = 200
PAGES_MAX = 400
TILES, TABLE = "tiles", "table"


@require_safe
def inventory(request: Request) -> HttpResponse:
    """Show what there is, where it is, and how it stands."""
    holdings = Holdings(request.actor, _asked(request))
    shows = request.GET.get("view", TILES)
    shown = {
        "holdings": holdings,
        "asked": holdings.asked,
        "states": [(each.name, each.words) for each in state.STATES],
        "shows_table": shows == TABLE,
        "previous": holdings.asked.page - 1,
        "next": holdings.asked.page + 1 if holdings.asked.page < holdings.page_count else 0,
        "may_record": request.actor.may(Power.RECORD),
        "scope_group": request.scope.group,
    }
    return render(request, "things/inventory.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def move_together(request: Request) -> HttpResponse:
    """Show the form by which the chosen things go to one place, or move them there."""
    references = (request.POST if request.method == "POST" else request.GET).getlist("of")
    things = queries.things_of(request.actor, references)
    where = asked(
        EconomicEvent,
        "to_location",
        _("Where to"),
        gloss=_("The place where all of them are from now on."),
        is_required=True,
    )
    note = asked(EconomicEvent, "note", _("Note"), gloss=_("What others should know about it."))
    form = form_of(request, EconomicEvent, (where, note))
    if request.method == "POST" and not {FIND, SHOW} & set(request.POST):
        done = granted(form, lambda values: _moved(request, things, values), PLACES)
        if done is not None:
            tell(request, done, "/things/")
            return HttpResponseRedirect("/things/")
    key = fresh_key() if form.is_used else request.POST.get(KEY) or fresh_key()
    return render(request, "things/together.html", {"things": things, "form": form, "key": key}, status=form.status)


def _moved(request: Request, things: list[Any], values: dict[str, Any]) -> list[EconomicEvent]:
    wish: Any = move_things
    place, note = values.get("to_location") or "", values.get("note") or ""
    moved: list[EconomicEvent] = wish(request.actor, things, place, note=note, key=request.POST.get(KEY) or None)
    return moved


def _asked(request: Request) -> Asked:
    told = request.GET
    page = told.get("page", "")
    sort = told.get("sort", "")
    return Asked(
        agents=request.scope.agents,
        place=read_uid(told.get("place", "")),
        kind=read_uid(told.get("kind", "")),
        sought=told.get("q", "")[:SOUGHT_LENGTH_MAX].replace("\x00", "").strip(),
        stands=told.get("state", "") if told.get("state", "") in {each.name for each in state.STATES} else "",
        sort=sort if sort in SORTS else "new",
        page=min(max(int(page), 1), PAGES_MAX) if page.isdecimal() and len(page) < len(str(PAGES_MAX)) + 1 else 1,
    )
