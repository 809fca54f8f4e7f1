"""The page of one thing: what it is, where, how much; its life, origin and use; who worked on it; and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from oce.apps.documents import queries as documents
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.commands import change_resource
from oce.apps.resources.models import EconomicResource
from oce.apps.things import life, queries
from oce.apps.things.completeness import completeness_of
from oce.apps.things.state import state_of
from oce.kit import access
from oce.kit.pages.answers import sentences
from oce.kit.pages.navigation import list_url, record_url
from oce.kit.pages.panels import buttons_of, panels_of
from oce.kit.pages.records import shown_of
from oce.kit.pages.requests import Asked
from oce.kit.records import Record
from oce.kit.visibility import Visibility
from oce.vf.refusals import Refused

# What these apps say of a thing elsewhere, this page says itself.
SAID_HERE = frozenset({"documents", "events", "things"})


class Act(NamedTuple):
    """Something to do with a thing: its words, its address and its icon."""

    words: str | Promise
    url: str
    icon: str


def home(request: Asked, resource: Record) -> HttpResponse:
    """Show all about one thing."""
    assert isinstance(resource, EconomicResource)  # noqa: S101 (plugged to this class alone)
    actor = request.actor
    events = queries.events_of(actor, resource)
    around = queries.surroundings_of(actor, resource, events)
    attached = documents.attachments_of(actor, resource)
    may_write = not access.refuse_writing(actor, resource)
    origin = life.made_from(around, events, resource)
    contributors = life.contributors_of(around, events)
    shown = {
        **shown_of(request, resource),
        "photo": next((each for each in attached if each.is_picture), None),
        "state": state_of(resource),
        "moments": life.moments_of(resource, events, queries.undone(events)),
        "all_url": f"{list_url(EconomicEvent)}?resourceInventoriedAs={resource.uid}",
        "has_more": len(events) == queries.LIFE_MAX,
        "origin": origin,
        "uses": life.went_into(around, events, resource),
        "contributors": contributors,
        "complete": completeness_of(resource, attached, has_origin=bool(origin), has_contributors=bool(contributors)),
        "may_write": may_write,
        "acts": list(_acts(resource, events)) if may_write else [],
        "visibilities": [(value, label, value == resource.visibility) for value, label in Visibility.choices],
        "is_public": resource.visibility == Visibility.PUBLIC,
        "panels": list(panels_of(request, resource, SAID_HERE)),
        "buttons": list(buttons_of(request, resource, SAID_HERE)),
        **_documents(resource, attached, may_write=may_write),
    }
    return render(request, "things/thing.html", shown)


@require_POST
def share(request: Asked, resource: Record) -> HttpResponse:
    """Keep who may see a thing, and show it."""
    assert isinstance(resource, EconomicResource)  # noqa: S101 (plugged to this class alone)
    wanted = request.POST.get("visibility", "")
    try:
        changed = change_resource(request.actor, resource, None, {"visibility": wanted})
    except Refused as refused:
        for sentence in sentences(refused.refusals):
            messages.error(request, sentence)
    else:
        seen_by = Visibility(changed.visibility).label
        messages.success(request, _("From now on this may be seen by: {whom}.").format(whom=seen_by))
    return HttpResponseRedirect(record_url(resource))


def _documents(resource: EconomicResource, attached: list[Any], *, may_write: bool) -> dict[str, Any]:
    return {
        "pictures": [each for each in attached if each.is_picture],
        "papers": [each for each in attached if not each.is_picture],
        "attach_url": documents.attach_url(resource),
        "may_attach": may_write,
    }


def _acts(resource: EconomicResource, events: list[EconomicEvent]) -> Iterator[Act]:
    """Yield what can be done with a thing, what is most likely wanted first."""
    here = record_url(resource)
    use = f"/log?events.0.action={{}}&events.0.resourceInventoriedAs={resource.uid}&next={here}"
    is_tool = any(event.action == "use" for event in events)
    is_left = bool(resource.onhand_quantity_value and resource.onhand_quantity_value > 0)
    using = (
        Act(gettext_lazy("Use it"), use.format("use"), "wrench")
        if is_tool
        else Act(gettext_lazy("Use some of it"), use.format("consume"), "package-minus")
    )
    moving = Act(gettext_lazy("Move it"), f"{here}/move", "truck")
    counting = Act(gettext_lazy("Count it"), f"{here}/count", "list-checks")
    giving = Act(gettext_lazy("Hand it over"), f"{here}/give", "hand-helping")
    first = counting if not is_left else using if is_tool or resource.current_location_id else moving
    yield first
    yield from (act for act in (using, moving, giving, counting) if act is not first and (is_left or act is not giving))
    if is_left:
        yield Act(gettext_lazy("Split some off"), f"{here}/split", "split")
    yield Act(gettext_lazy("Set right"), f"{here}/adjust", "scale")
    yield Act(gettext_lazy("Describe it"), f"{here}/edit", "pencil")
    yield Act(gettext_lazy("Print labels"), f"{here}/label", "printer")
