"""What is done with one thing: moved, split, counted, set right, handed over. Each is a short form that ends in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.things import drafts, queries, rules
from oce.apps.things.commands import Count, count_thing
from oce.apps.things.pages.asking import asked, form_of, granted
from oce.kit import access
from oce.kit.measures import in_words
from oce.kit.pages import undoing
from oce.kit.pages.answers import sentences
from oce.kit.pages.forms import KEY, RecordForm, fresh_key
from oce.kit.pages.listing import FIND
from oce.kit.pages.navigation import record_url
from oce.kit.pages.records import SHOW
from oce.kit.pages.requests import Asked
from oce.kit.pages.values import name_of
from oce.kit.properties import RecordProperty
from oce.kit.records import Record
from oce.vf.measures import Measure
from oce.vf.refusals import refuse_if

UNDO_URL = "/log/undo"
PLACES = {"quantity": "resourceQuantity", "note": "note", "toLocation": "toLocation"}
T = TypeVar("T")
Values = dict[str, Any]

_NOTE = asked(EconomicEvent, "note", gettext_lazy("Note"), gloss=gettext_lazy("What others should know about it."))
_REASON = asked(
    EconomicEvent,
    "note",
    gettext_lazy("Why"),
    gloss=gettext_lazy("So that others understand it later."),
    is_required=True,
)
_PLACE = asked(
    EconomicEvent,
    "to_location",
    gettext_lazy("Where to"),
    gloss=gettext_lazy("The place where it is from now on."),
    is_required=True,
)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done: its words, what it asks for, and what it leads to."""

    title: str | Promise
    lead: str | Promise
    button: str | Promise
    icon: str
    asks: tuple[RecordProperty, ...]
    given: Callable[[EconomicResource], Values]
    wish: Callable[[Asked, EconomicResource, Values], Any]


def view_of(act: Act) -> Callable[[Asked, Record], HttpResponse]:
    """Return the view of something that can be done with a thing: its form, and what it leads to."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: Asked, resource: Record) -> HttpResponse:
        assert isinstance(resource, EconomicResource)  # noqa: S101 (plugged to this class alone)
        refuse_if(access.refuse_writing(request.actor, resource))
        form = form_of(request, EconomicEvent, act.asks, act.given(resource))
        if request.method == "POST" and not {FIND, SHOW} & set(request.POST):
            done = granted(form, lambda values: act.wish(request, resource, values), PLACES)
            if done is not None:
                tell(request, done, record_url(resource))
                return HttpResponseRedirect(record_url(resource))
        return _page(request, act, resource, form)

    return view


def tell(request: Asked, done: EconomicEvent | Sequence[EconomicEvent] | Count, back: str) -> None:
    """Let the next page say what is in the ledger now, with the way to undo it."""
    if isinstance(done, Count):
        if done.event is None:
            messages.success(request, _("Counted: {amount}, as the books say.").format(amount=in_words(done.counted)))
            return
        sentence = _("Counted: {amount}. The books said {known}; the difference is in the ledger.").format(
            amount=in_words(done.counted), known=in_words(done.known) if done.known else _("nothing")
        )
        events = [done.event]
    else:
        events = [done] if isinstance(done, EconomicEvent) else list(done)
        sentence = _("In the ledger: {event}.").format(event=name_of(events[0]))
        if len(events) > 1:
            sentence = _("{count} things are moved.").format(count=len(events))
    sends = {"events": " ".join(str(event.uid) for event in events), "next": back, KEY: fresh_key()}
    undoing.offer(request, sentence, undo=UNDO_URL, sends=sends)
    for event in events:
        for warning in sentences(event.warnings):
            messages.warning(request, warning)


def _page(request: Asked, act: Act, resource: EconomicResource, form: RecordForm) -> HttpResponse:
    shown = {
        "act": act,
        "record": resource,
        "model": type(resource),
        "form": form,
        "key": fresh_key() if form.is_used else request.POST.get(KEY) or fresh_key(),
    }
    return render(request, "things/act.html", shown, status=form.status)


def _once(request: Asked, command: Callable[..., T], *told: object, **said: object) -> T:
    return command(request.actor, *told, key=request.POST.get(KEY) or None, **said)


def _nothing_given(_resource: EconomicResource) -> Values:
    return {}


def _all_of_it(resource: EconomicResource) -> Values:
    return {"resource_quantity": resource.onhand_quantity}


def _its_unit(resource: EconomicResource) -> Values:
    there = resource.onhand_quantity
    return {} if there is None else {"resource_quantity": Measure(there.value * 0, there.unit)}


def _move(request: Asked, resource: EconomicResource, values: Values) -> EconomicEvent:
    place: Any = values.get("to_location")
    refuse_if(rules.refuse_no_place(place))
    draft = drafts.move_draft(resource, place, note=values.get("note") or "")
    return _once(request, record_event, draft)


def _split(request: Asked, resource: EconomicResource, values: Values) -> EconomicEvent:
    part = values.get("resource_quantity")
    refuse_if(rules.refuse_part(str(resource), part, resource.onhand_quantity))
    holder = queries.holder_of(resource)
    named = {"name": values["name"]} if values.get("name") else {}
    draft = EventDraft(
        action="move",
        provider=holder,
        receiver=holder,
        resource_inventoried_as=resource,
        resource_quantity=part,
        to_location=values.get("to_location") or resource.current_location,
        note=values.get("note") or "",
        new_resource=ResourceDraft(named),
    )
    return _once(request, record_event, draft)


def _count(request: Asked, resource: EconomicResource, values: Values) -> Count:
    counted: Any = values.get("resource_quantity")
    there = resource.onhand_quantity
    refuse_if(rules.refuse_count(str(resource), counted, there.unit if there else ""))
    return _once(request, count_thing, resource, counted, note=values.get("note") or "")


def _adjust(request: Asked, resource: EconomicResource, values: Values) -> EconomicEvent:
    changed, reason = values.get("resource_quantity"), values.get("note") or ""
    there = resource.onhand_quantity
    refuse_if(rules.refuse_adjustment(str(resource), changed, there.unit if there else "", reason))
    assert changed is not None  # noqa: S101 (refused above)
    return _once(request, record_event, drafts.difference_draft(resource, changed, reason))


def _give(request: Asked, resource: EconomicResource, values: Values) -> EconomicEvent:
    part = values.get("resource_quantity")
    refuse_if(rules.refuse_no_amount(part))
    draft = EventDraft(
        action="transfer",
        provider=queries.holder_of(resource),
        receiver=values.get("receiver"),
        resource_inventoried_as=resource,
        resource_quantity=part,
        to_location=values.get("to_location"),
        note=values.get("note") or "",
        new_resource=ResourceDraft(),
    )
    return _once(request, record_event, draft)


def _amount(label: str | Promise, gloss: str | Promise) -> RecordProperty:
    return asked(EconomicEvent, "resource_quantity", label, gloss=gloss, is_required=True)


MOVE = Act(
    gettext_lazy("Move it"),
    gettext_lazy("It stays the same thing, with the same label; only where it is changes."),
    gettext_lazy("Move it"),
    "truck",
    (_PLACE, _NOTE),
    _nothing_given,
    _move,
)
SPLIT = Act(
    gettext_lazy("Split some off"),
    gettext_lazy("The part becomes a thing of its own, of the same kind and lot, with a label of its own."),
    gettext_lazy("Split it off"),
    "split",
    (
        _amount(gettext_lazy("How much of it"), gettext_lazy("What goes into the new part; the rest stays.")),
        asked(
            EconomicResource,
            "name",
            gettext_lazy("What to call the part"),
            gloss=gettext_lazy("The same name, if none."),
        ),
        asked(
            EconomicEvent, "to_location", gettext_lazy("Where it goes"), gloss=gettext_lazy("It stays here, if none.")
        ),
        _NOTE,
    ),
    _its_unit,
    _split,
)
COUNT = Act(
    gettext_lazy("Count it"),
    gettext_lazy(
        "Write what is really there. If the books say otherwise, the difference goes into the ledger under your name."
    ),
    gettext_lazy("This is what is there"),
    "list-checks",
    (_amount(gettext_lazy("How much is there"), gettext_lazy("What you counted, weighed or measured.")), _NOTE),
    _all_of_it,
    _count,
)
ADJUST = Act(
    gettext_lazy("Set right"),
    gettext_lazy("For what broke, spoiled, was found or was written down wrongly."),
    gettext_lazy("Set it right"),
    "scale",
    (
        _amount(gettext_lazy("By how much"), gettext_lazy("How much more there is, or less with a minus: -3.")),
        _REASON,
    ),
    _its_unit,
    _adjust,
)
GIVE = Act(
    gettext_lazy("Hand it over"),
    gettext_lazy("It is theirs from then on, with all its story; what is left stays here."),
    gettext_lazy("Hand it over"),
    "hand-helping",
    (
        asked(
            EconomicEvent,
            "receiver",
            gettext_lazy("To whom"),
            gloss=gettext_lazy("Whose it is then."),
            is_required=True,
        ),
        _amount(gettext_lazy("How much"), gettext_lazy("All of it, or a part.")),
        asked(
            EconomicEvent,
            "to_location",
            gettext_lazy("Where it goes"),
            gloss=gettext_lazy("The place, if you know it."),
        ),
        _NOTE,
    ),
    _all_of_it,
    _give,
)
