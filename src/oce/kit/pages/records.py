"""The plain pages of every record class: list, record, new, change, delete; one set for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oce.kit import commands
from oce.kit.actor import Power, is_seen_by, refuse_powerless, seen_by
from oce.kit.app import plugs
from oce.kit.jsonld.collections import collection_response
from oce.kit.jsonld.documents import record_response
from oce.kit.jsonld.negotiation import refuse_unacceptable, wants_document
from oce.kit.onlooking import open_where_public
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.choices import Offers
from oce.kit.pages.exports import exports
from oce.kit.pages.filters import filters_of
from oce.kit.pages.forms import KEY, REVISION, RecordForm, fresh_key, in_words_of_a_form
from oce.kit.pages.listing import FIND, listing_of
from oce.kit.pages.navigation import list_url, record_url
from oce.kit.pages.panels import buttons_of, home_of, panels_of, view_of
from oce.kit.pages.relations import relations_of
from oce.kit.pages.requests import Asked
from oce.kit.pages.values import filled, held, is_empty, name_of
from oce.kit.properties import Kind, properties_of
from oce.kit.records import Record, record_model
from oce.vf.refusals import Refused, refuse_if

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from oce.kit.commands import Command

# A form that is only to be shown again as it was sent: after signing in anew, or to search in one of its lists.
SHOW = "_show"


@require_safe
def record_list(request: Asked, kind: str) -> HttpResponseBase:
    """Show the records of a class: searched, filtered, sorted, page by page."""
    model = _model(kind)
    refuse_if(refuse_unacceptable(request))
    listing = listing_of(model)(model, request.actor, request.GET)
    if wants_document(request):
        return collection_response(request, model, listing.accepted())
    offered = exports()
    export = offered.get(request.GET.get("format", ""))
    if export is not None:
        return export.answer(request, model, listing.accepted())
    filters = filters_of(listing, Offers(request.actor))
    shown = {
        "model": model,
        "listing": listing,
        "rows": listing.rows,
        "filters": filters,
        "is_filtered": any(each.is_used for each in filters),
        "new_url": new_url(model),
        "faults": sentences(listing.refusals),
        "previous_link": listing.link(page=listing.page - 1) if listing.page > 1 else "",
        "next_link": listing.link(page=listing.page + 1) if listing.page < listing.page_count else "",
        "exports": [
            *((listing.link(format=name, page=None), each.words) for name, each in offered.items()),
            (listing.link(format="jsonld", page=None), _("as linked data (JSON-LD)")),
        ],
        **listing.shows(request),
    }
    return render(request, listing.template, shown, status=422 if listing.refusals else 200)


@require_safe
def record_choices(request: Asked, kind: str) -> HttpResponse:
    """Show the records that a search in a form's list finds, as options."""
    model = _model(kind)
    chosen = [text for name, texts in request.GET.lists() if not name.endswith(".sought") for text in texts]
    sought = next((texts[0] for name, texts in request.GET.lists() if name.endswith(".sought")), "")
    offered = Offers(request.actor).choices(model, chosen, sought[:200].replace("\x00", "").strip())
    return render(request, "kit/choices.html", {"choices": offered, "is_many": "many" in request.GET})


@open_where_public
@require_safe
def record_detail(request: Asked, kind: str, uid: UUID) -> HttpResponse:
    """Show all that is known of one record."""
    record = _record(request, kind, uid)
    refuse_if(refuse_unacceptable(request))
    if wants_document(request):
        return record_response(request, record)
    if record.meant != record and is_seen_by(request.actor, record.meant):
        return HttpResponseRedirect(record_url(record.meant))
    home = home_of(type(record))
    return home(request, record) if home else render(request, "kit/detail.html", shown_of(request, record))


def shown_of(request: Asked, record: Record) -> dict[str, Any]:
    """Return what the page of a record shows; its panels and what points at it are made only where the template asks."""
    model = type(record)
    return {
        "record": record,
        "exports": [("?format=jsonld", _("as linked data (JSON-LD)"))],
        "model": model,
        "filled": list(filled(record)),
        "empty": [each for each in properties_of(model) if is_empty(held(record, each))],
        "relations": lambda: relations_of(record, request.actor),
        "panels": lambda: list(panels_of(request, record)),
        "buttons": list(buttons_of(request, record)),
        "edit_url": f"{record_url(record)}/edit" if _may(request, commands.changer(model), record) else "",
        "delete_url": f"{record_url(record)}/delete" if _may(request, commands.deleter(model), record) else "",
    }


@open_where_public
def record_view(request: Asked, kind: str, uid: UUID, word: str) -> HttpResponse:
    """Show what an app shows of one record under a word of its own; to strangers only where the view says so as well."""
    view = view_of(_model(kind), word)
    if view is None:
        raise Http404
    if not getattr(view, "open_where_public", False):
        refuse_if(refuse_powerless(request.actor, Power.READ))
    return view(request, _record(request, kind, uid))


@require_http_methods(["GET", "HEAD", "POST"])
def record_new(request: Asked, kind: str) -> HttpResponse:
    """Show the form of a new record, or write the record down and show it."""
    model = _model(kind)
    elsewhere = _own_form(model)
    if elsewhere:
        return HttpResponseRedirect(f"{elsewhere}?{request.GET.urlencode()}" if request.GET else elsewhere)
    command = _command(commands.creator(model))
    form = RecordForm(model, Offers(request.actor), request.POST if request.method == "POST" else request.GET)
    if _is_sent(request):
        record = _granted(request, form, lambda values, key: command.function(request.actor, values, key=key))
        if record is not None:
            messages.success(request, _("{name} is written down.").format(name=name_of(record)))
            return HttpResponseRedirect(_after_new(request, record))
    return _form_page(request, form, _("New: {kind}").format(kind=model._meta.verbose_name), list_url(model))  # noqa: SLF001


@require_http_methods(["GET", "HEAD", "POST"])
def record_edit(request: Asked, kind: str, uid: UUID) -> HttpResponse:
    """Show the form of a change, or make the change and show the record."""
    record = _record(request, kind, uid)
    command = _command(commands.changer(type(record)))
    revision = request.POST.get(REVISION, record.revision_id)
    form = RecordForm(type(record), Offers(request.actor), request.POST if request.method == "POST" else None, record)
    if _is_sent(request):
        changed = _granted(
            request, form, lambda values, key: command.function(request.actor, record, revision, values, key=key)
        )
        if changed is not None:
            messages.success(request, _("{name} is changed.").format(name=name_of(changed)))
            return HttpResponseRedirect(record_url(changed))
    title = _("Change {name}").format(name=name_of(record))
    return _form_page(request, form, title, record_url(record), revision)


@require_http_methods(["GET", "HEAD", "POST"])
def record_delete(request: Asked, kind: str, uid: UUID) -> HttpResponse:
    """Ask whether the record is to be deleted, or delete it and show the list."""
    record = _record(request, kind, uid)
    command = _command(commands.deleter(type(record)))
    faults: list[str] = []
    status = 200
    if request.method == "POST":
        name = name_of(record)
        try:
            command.function(request.actor, record, request.POST.get(REVISION, record.revision_id))
        except Refused as refused:
            faults, status = sentences(refused.refusals), status_of(refused.refusals)
        else:
            messages.success(request, _("{name} is deleted.").format(name=name))
            return HttpResponseRedirect(list_url(type(record)))
    shown = {"record": record, "model": type(record), "revision": record.revision_id, "faults": faults}
    return render(request, "kit/delete.html", shown, status=status)


def new_url(model: type[Record]) -> str:
    """Return the address of the form for a new record of this class; empty where nobody can make one by hand."""
    return _own_form(model) or (f"{list_url(model)}new" if commands.creator(model) else "")


def _own_form(model: type[Record]) -> str:
    """Return the address that an app's `pages.forms` gives for new records of this class instead of the plain form."""
    for _app, pages in plugs("pages"):
        url = getattr(pages, "forms", {}).get(model)
        if url:
            return str(url)
    return ""


def _granted(request: Asked, form: RecordForm, wish: Any) -> Any:
    """Return what the wish led to, or None after placing its refusals in the form."""
    values, refusals = form.read()
    if not refusals:
        try:
            return wish(values, request.POST.get(KEY) or None)
        except Refused as refused:
            refusals = in_words_of_a_form(refused.refusals)
    form.refuse(refusals)
    return None


def _form_page(request: Asked, form: RecordForm, title: str, back: str, revision: str = "") -> HttpResponse:
    shown = {
        "form": form,
        "model": form.model,
        "title": title,
        "back": back,
        "revision": revision,
        "key": fresh_key() if form.is_used else request.POST.get(KEY) or fresh_key(),
    }
    return render(request, "kit/form.html", shown, status=form.status)


def _is_sent(request: Asked) -> bool:
    return request.method == "POST" and FIND not in request.POST and SHOW not in request.POST


def _after_new(request: Asked, record: Record) -> str:
    return new_url(type(record)) if request.POST.get("_then") == "another" else record_url(record)


def _may(request: Asked, command: Command | None, record: Record) -> bool:
    return command is not None and not command.refuse(request.actor, record)


def _command(command: Command | None) -> Command:
    if command is None:
        raise Http404
    return command


def _model(kind: str) -> type[Record]:
    model = record_model(kind)
    if model is None:
        raise Http404
    return model


def _record(request: Asked, kind: str, uid: UUID) -> Record:
    """Return the record with everything it points at, or raise 404, also for one that the actor may not see."""
    model = _model(kind)
    references = [each.name for each in properties_of(model) if each.kind is Kind.REFERENCE]
    lists = [each.name for each in properties_of(model) if each.kind is Kind.REFERENCES]
    records: QuerySet[Record] = seen_by(request.actor, model.every()).select_related(*references)
    found = records.prefetch_related(*lists).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found
