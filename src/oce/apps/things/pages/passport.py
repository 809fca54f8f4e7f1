"""The public passport of a thing, and labels that lead to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oce.apps.resources.models import EconomicResource
from oce.apps.things import passports, queries
from oce.apps.things.codes import square
from oce.kit import access
from oce.kit.jsonld.documents import response
from oce.kit.jsonld.negotiation import wants_document
from oce.kit.onlooking import open_where_public
from oce.kit.pages.requests import Asked
from oce.kit.records import Record
from oce.kit.visibility import Visibility

COPIES = 12
COPIES_MAX = 120


@open_where_public
@require_safe
def passport(request: Asked, resource: Record) -> HttpResponse:
    """Show the passport of a thing to whoever may see the thing."""
    assert isinstance(resource, EconomicResource)  # noqa: S101 (plugged to this class alone)
    found = passports.passport_of(request.actor, resource)
    if wants_document(request):
        return response(request, passports.document_of(found))
    address = passports.passport_url(resource)
    shown = {
        "passport": found,
        "record": resource,
        "lot": resource.of_batch_lot,
        "address": address,
        "square": square(address),
        "is_public": resource.visibility == Visibility.PUBLIC,
        "may_write": not access.refuse_writing(request.actor, resource),
    }
    return render(request, "things/passport.html", shown)


@require_safe
def label(request: Asked, resource: Record) -> HttpResponse:
    """Show a sheet of labels of one thing, to be printed."""
    assert isinstance(resource, EconomicResource)  # noqa: S101 (plugged to this class alone)
    return _sheet(request, [resource], _copies(request, COPIES))


@require_safe
def labels(request: Asked) -> HttpResponse:
    """Show a sheet with a label of each thing that the address names."""
    things = queries.things_of(request.actor, request.GET.getlist("of")[:COPIES_MAX])
    return _sheet(request, things, _copies(request, 1))


def _copies(request: Asked, otherwise: int) -> int:
    asked = request.GET.get("copies", "")
    return (
        min(max(int(asked), 1), COPIES_MAX) if asked.isdecimal() and len(asked) <= len(str(COPIES_MAX)) else otherwise
    )


def _sheet(request: Asked, things: list[EconomicResource], copies: int) -> HttpResponse:
    each_once = [(thing, square(passports.passport_url(thing))) for thing in things]
    shown = {
        "things": things,
        "labels": [one for one in each_once for _copy in range(copies)][:COPIES_MAX],
        "copies": copies,
        "most": COPIES_MAX,
    }
    return render(request, "things/labels.html", shown)
