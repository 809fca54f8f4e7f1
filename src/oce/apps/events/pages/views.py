"""The pages that write into the ledger: recording, correcting, undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oce.apps.events import commands, queries
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages.entry import LINES_MAX, Entry, with_line, without_line
from oce.apps.events.pages.verbs import groups
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.choices import Offers
from oce.kit.pages.forms import KEY, RecordForm, fresh_key, in_words_of_a_form
from oce.kit.pages.inputs import typed_from
from oce.kit.pages.listing import FIND
from oce.kit.pages.navigation import list_url, record_url
from oce.kit.pages.records import SHOW
from oce.kit.pages.requests import Asked
from oce.kit.pages.values import name_of
from oce.kit.properties import property_of
from oce.kit.records import Record
from oce.vf.measures import Measure
from oce.vf.refusals import Refused, refuse_if

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
ADD, REMOVE, UNDO = "_add", "_remove", "_undo"
RECORD_URL = "/events/record"


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Asked) -> HttpResponse:
    """Show the form of what happened, or write it into the ledger and show it there."""
    sent = _lines_of(request)
    entry = Entry(Offers(request.actor), sent)
    is_sent = request.method == "POST" and not {ADD, REMOVE, FIND, SHOW} & set(request.POST)
    status = 200
    if is_sent and entry.lines:
        try:
            events = _recorded(request, entry)
        except Refused as refused:
            refusals = in_words_of_a_form(refused.refusals)
            entry.refuse(refusals)
            status = status_of(refusals)
        else:
            _say(request, events)
            return HttpResponseRedirect(_after(events))
    shown = {
        "entry": entry,
        "groups": groups(),
        "kept": [(name, text) for name, text in sent.items() if not name.startswith(("_", "csrf"))],
        "has_room": len(entry.lines) < LINES_MAX,
        "key": fresh_key() if entry.is_used else sent.get(KEY) or fresh_key(),
    }
    return render(request, "events/record.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Asked, event: Record) -> HttpResponse:
    """Show the form of a correction, or write the correction (or the undoing) and show it."""
    assert isinstance(event, EconomicEvent)  # noqa: S101 (this view is plugged to events alone)
    form = _correction_form(request, event)
    if request.method == "POST" and SHOW not in request.POST:
        try:
            correction = _corrected(request, event, form)
        except Refused as refused:
            form.refuse(in_words_of_a_form(refused.refusals))
        else:
            _say(request, [correction])
            return HttpResponseRedirect(record_url(correction))
    shown = {
        "record": event,
        "model": EconomicEvent,
        "form": form,
        "corrections": queries.corrections_of(request.actor, event),
        "key": fresh_key() if form.is_used else request.POST.get(KEY) or fresh_key(),
    }
    return render(request, "events/correct.html", shown, status=form.status)


def _lines_of(request: Asked) -> QueryDict:
    """Return what the form says, with the line that a button added or without the one it removed."""
    if request.method != "POST":
        return with_line(request.GET, request.GET.get("action", ""))
    if request.POST.get(ADD):
        return with_line(request.POST, request.POST[ADD])
    if request.POST.get(REMOVE, "").isdecimal():
        return without_line(request.POST, int(request.POST[REMOVE]))
    return request.POST


def _recorded(request: Asked, entry: Entry) -> Sequence[EconomicEvent]:
    """Return the events that the form tells of, after writing them into the ledger.

    Raises:
        Refused: each refusal at the line it means.
    """
    drafts, refusals = entry.read()
    refuse_if(refusals)
    if len(drafts) > 1:
        return _once(request, commands.record_events, drafts)
    try:
        return [_once(request, commands.record_event, drafts[0])]
    except Refused as refused:
        raise Refused(refusal.at(entry.lines[0].prefix) for refusal in refused.refusals) from refused


def _corrected(request: Asked, event: EconomicEvent, form: RecordForm) -> EconomicEvent:
    """Return the correction that the form asks for, after writing it into the ledger."""
    values, refusals = form.read()
    if UNDO in request.POST:
        return _once(request, commands.undo_event, event, note=values.get("note", ""))
    refuse_if(refusals)
    return _once(request, commands.correct_event, event, **values)


def _once(request: Asked, command: Callable[..., T], *told: object, **said: object) -> T:
    """Return what the wish leads to; a form sent twice is granted once."""
    return command(request.actor, *told, key=request.POST.get(KEY) or None, **said)


def _say(request: Asked, events: Sequence[EconomicEvent]) -> None:
    if len(events) == 1:
        messages.success(request, _("In the ledger: {event}.").format(event=name_of(events[0])))
    else:
        messages.success(request, _("{count} events are in the ledger.").format(count=len(events)))
    for event in events:
        for sentence in sentences(event.warnings):
            messages.warning(request, sentence)


def _after(events: Sequence[EconomicEvent]) -> str:
    if len(events) == 1:
        return record_url(events[0])
    process = next((each for event in events if (each := event.output_of or event.input_of)), None)
    return record_url(process) if process else list_url(EconomicEvent)


def _correction_form(request: Asked, event: EconomicEvent) -> RecordForm:
    """Return the form that asks for a difference in the quantities that the event has, in their units."""
    names = [name for name in ("resource_quantity", "effort_quantity") if getattr(event, name) is not None]
    asked = tuple(each for name in (*names, "note") if (each := property_of(EconomicEvent, name)))
    sent = request.POST if request.method == "POST" else None
    form = RecordForm(EconomicEvent, Offers(request.actor), sent, asked=asked)
    if sent is None:
        for name in names:
            field = form.by_term(next(each.term for each in asked if each.name == name))
            quantity: Measure = getattr(event, name)
            if field is not None:
                field.typed = type(field.typed)((), typed_from(field.each, quantity).unit)
    return form
