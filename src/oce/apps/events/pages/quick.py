"""Logging: the sheet, the same thing once more by one press, and taking back what was logged by mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from oce.apps.agents.models import Agent, AgentClass
from oce.apps.events import commands, recent
from oce.apps.events.drafts import EventDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages import photos
from oce.apps.events.pages.entry import without_line
from oce.apps.events.pages.sheet import LINES_MAX, NOTE, ON, Sheet, Told, actions_of
from oce.apps.events.pages.sheet_lines import told_by
from oce.apps.events.pages.verbs import VERBS
from oce.kit import clock
from oce.kit.actor import Power, seen_by
from oce.kit.pages import undoing
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.forms import KEY, fresh_key, in_words_of_a_form
from oce.kit.pages.listing import FIND
from oce.kit.pages.records import SHOW
from oce.kit.pages.requests import Asked
from oce.kit.pages.values import name_of
from oce.kit.records import read_uid
from oce.vf.actions import ACTIONS
from oce.vf.refusals import Refusal, Refused

if TYPE_CHECKING:
    from oce.apps.processes.models import Process
    from oce.kit.actor import Actor
    from oce.kit.pages.scopes import Group

T = TypeVar("T")
LOG_URL = "/log"
BE, ADD, REMOVE, NEXT = "_be", "_add", "_remove", "next"
AGAIN, INSTEAD = "again", "instead"
HABITS_SHOWN = 5
NEARBY_SHOWN = 3
EVENTS_MAX = 40
# What a refusal is about when it is about the process that the sheet begins, and where the sheet asks for it.
_OF_PROCESS = frozenset({"name", "inScopeOf", "note"})


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: Asked) -> HttpResponse:
    """Show the sheet, or write what it tells into the ledger and go back to where it was opened."""
    me = person_of(request.actor)
    habits = recent.habits_of(request.actor, me.pk, limit=HABITS_SHOWN) if me else []
    wrong = _events(request, (request.POST if request.method == "POST" else request.GET).getlist(INSTEAD))
    sheet = Sheet(request.actor, _sent(request, habits, wrong), me, habits, _nearby(request))
    status = 200
    if request.method == "POST" and not {BE, ADD, REMOVE, FIND, SHOW} & set(request.POST):
        events, status = _saved(request, sheet, wrong)
        if events:
            _offer_undoing(request, events)
            return HttpResponseRedirect(way_back(request))
    shown = {
        "sheet": sheet,
        "verbs": VERBS,
        "has_room": len(sheet.lines) < LINES_MAX,
        "wrong": wrong,
        "next": way_back(request, ""),
        "takes_photos": photos.are_taken(),
        "key": fresh_key() if sheet.is_used else sheet.said(KEY) or fresh_key(),
    }
    return render(request, "events/log.html", shown, status=status)


@require_POST
def log_again(request: Asked) -> HttpResponse:
    """Log the same as an earlier event once more, as of now."""
    for event in _events(request, request.POST.getlist("event"))[:1]:
        try:
            logged = _once(request, commands.record_event, again(event))
        except Refused as refused:
            _complain(request, refused)
            return HttpResponseRedirect(f"{LOG_URL}?{AGAIN}={event.uid}")
        _offer_undoing(request, [logged])
    return HttpResponseRedirect(way_back(request))


@require_POST
def undo(request: Asked) -> HttpResponse:
    """Back out the events that a message names, all or none."""
    events = _events(request, request.POST.get("events", "").split())
    try:
        _once(request, commands.undo_events, events)
    except Refused as refused:
        _complain(request, refused)
    else:
        undone = ngettext(
            "It is undone, as if it had not happened.", "They are undone, as if they had not happened.", len(events)
        )
        messages.success(request, undone)
    return HttpResponseRedirect(way_back(request))


def person_of(actor: Actor) -> Agent | None:
    """Return the person who asks, where that is one."""
    return None if actor.agent is None else Agent.every().filter(pk=actor.agent).first()


def again(event: EconomicEvent) -> EventDraft:
    """Return the draft of the same once more, as of now."""
    return EventDraft(
        action=event.action,
        provider=event.provider,
        receiver=event.receiver,
        resource_inventoried_as=event.resource_inventoried_as,
        to_resource_inventoried_as=event.to_resource_inventoried_as,
        resource_conforms_to=event.resource_conforms_to,
        resource_classified_as=tuple(event.resource_classified_as),
        resource_quantity=event.resource_quantity,
        effort_quantity=event.effort_quantity,
        input_of=event.input_of,
        output_of=event.output_of,
        has_point_in_time=clock.moment_of_wish(),
    )


def way_back(request: Asked, otherwise: str = "/") -> str:
    """Return where the sheet was opened, if that is in this house."""
    wanted = request.POST.get(NEXT) or request.GET.get(NEXT, "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if is_ours else otherwise


def _sent(request: Asked, habits: Sequence[EconomicEvent], wrong: Sequence[EconomicEvent]) -> QueryDict:
    """Return what the sheet says: as it was sent, changed by a button, or filled in before."""
    if request.method != "POST":
        return _filled_in(request, habits, wrong)
    sent = request.POST.copy()
    actions = list(actions_of(sent))
    be, add, remove = (request.POST.get(name, "") for name in (BE, ADD, REMOVE))
    if be in ACTIONS:
        sent["events.0.action"] = be
    elif add in ACTIONS and len(actions) < LINES_MAX:
        sent[f"events.{len(actions)}.action"] = add
    elif remove.isdecimal():
        return without_line(sent, int(remove))
    return sent


def _filled_in(request: Asked, habits: Sequence[EconomicEvent], wrong: Sequence[EconomicEvent]) -> QueryDict:
    """Return a fresh sheet: what the address says, what an earlier event was, and for whom one acts mostly."""
    sent = request.GET.copy()
    told = wrong or _events(request, request.GET.getlist(AGAIN))[:1]
    for number, event in enumerate(told):
        for name, text in told_by(event, number):
            sent.setdefault(name, text)
        process = event.input_of or event.output_of
        is_habit = any(event.pk == each.pk for each in habits)
        if process is not None:
            sent.setdefault(*((ON, str(event.uid)) if is_habit else ("process", str(process.uid))))
    if wrong:
        sent.setdefault("day", wrong[0].occurred_at.date().isoformat())
        sent.setdefault(NOTE, wrong[0].note)
    if "events.0.action" not in sent:
        asked = request.GET.get("action", "")
        sent["events.0.action"] = asked if asked in ACTIONS else VERBS[0].action
    group = _group_of(request, habits)
    if group and not told and "process" not in sent:
        sent.setdefault("receiver", group)
    return sent


def _group_of(request: Asked, habits: Sequence[EconomicEvent]) -> str:
    """Return the group for which somebody most likely acts: the chosen one, that of last time, or the only one."""
    if request.scope.group:
        return request.scope.group.uid
    last = next((each.receiver for each in habits if each.receiver.agent_class != AgentClass.PERSON), None)
    if last is not None:
        return str(last.uid)
    own = _own_groups(request)
    return own[0].uid if len(own) == 1 else ""


def _own_groups(request: Asked) -> list[Group]:
    """Return the groups for which one may log, out of those one can look at."""
    return [each for each in request.scope.groups if request.actor.may(Power.RECORD, each.pk)]


def _nearby(request: Asked) -> Sequence[Process]:
    """Return open work of the groups that one looks at."""
    groups = request.scope.agents or [each.pk for each in _own_groups(request)]
    return recent.open_work(request.actor, groups, limit=NEARBY_SHOWN) if groups else ()


def _events(request: Asked, references: Iterable[str]) -> list[EconomicEvent]:
    """Return the events that identifiers mean, as far as the actor may see them, in their order."""
    uids = [uid for text in list(references)[:EVENTS_MAX] if (uid := read_uid(text)) is not None]
    return list(seen_by(request.actor, EconomicEvent.every()).filter(uid__in=uids)) if uids else []


def _saved(request: Asked, sheet: Sheet, wrong: Sequence[EconomicEvent]) -> tuple[Sequence[EconomicEvent], int]:
    """Return the events that the sheet tells of, after writing them; or none, with its refusals placed in it."""
    told: Told | None = None
    photo, refusals = photos.sent_with(request)
    try:
        told, faults = sheet.read()
        refusals += faults
        if refusals:
            sheet.refuse(refusals, None)
            return (), status_of(refusals)
        events = _written(request, sheet, told, wrong)
    except Refused as refused:
        refusals = in_words_of_a_form(_of_line(each, told) for each in refused.refusals)
        sheet.refuse(refusals, told)
        return (), status_of(refusals)
    if photo is not None:
        try:
            photos.attach(request, events[0], photo, request.POST.get(KEY))
        except Refused as refused:
            _complain(request, refused)
    return events, 200


def _written(request: Asked, sheet: Sheet, told: Told, wrong: Sequence[EconomicEvent]) -> Sequence[EconomicEvent]:
    """Return the events after writing them into the ledger, by the one command that fits."""
    drafts = told.drafts
    if wrong:
        return _once(request, commands.record_instead, wrong, list(_kept(drafts, wrong)), note=sheet.note)
    if told.process is not None:
        return _once(request, commands.record_unplanned, told.process, drafts)
    if len(drafts) == 1:
        return [_once(request, commands.record_event, drafts[0])]
    return _once(request, commands.record_events, drafts)


def _once(request: Asked, command: Callable[..., T], *told: object, **said: object) -> T:
    """Return what the wish leads to; a form sent twice is granted once."""
    return command(request.actor, *told, key=request.POST.get(KEY) or None, **said)


def _kept(drafts: Sequence[EventDraft], wrong: Sequence[EconomicEvent]) -> Iterable[EventDraft]:
    """Yield the drafts with what their events were an answer to, which the sheet does not ask for."""
    for number, draft in enumerate(drafts):
        event = wrong[number] if number < len(wrong) and wrong[number].action == draft.action else None
        if event is None:
            yield draft
            continue
        yield replace(
            draft,
            fulfills=tuple(event.fulfills.all()),
            satisfies=tuple(event.satisfies.all()),
            realization_of=event.realization_of,
            reciprocal_realization_of=event.reciprocal_realization_of,
        )


def _of_line(refusal: Refusal, told: Told | None) -> Refusal:
    """Return a refusal at its line; of a single event, the command does not number it."""
    field = refusal.field or ""
    if told is None or len(told.drafts) != 1 or not field or field.startswith("events"):
        return refusal
    return refusal if told.process is not None and field in _OF_PROCESS else refusal.at("events.0")


def _offer_undoing(request: Asked, events: Sequence[EconomicEvent]) -> None:
    """Let the next page say what is in the ledger now, with the way to take it back and to add a note."""
    if len(events) == 1:
        said = _("Logged: {event}.").format(event=name_of(events[0]))
    else:
        said = _("Logged: {event}, and {count} more.").format(event=name_of(events[0]), count=len(events) - 1)
    link = f"{LOG_URL}?{urlencode([(INSTEAD, str(each.uid)) for each in events])}#note"
    words = _("Change it or add a note")
    sends = {"events": " ".join(str(each.uid) for each in events), KEY: fresh_key()}
    undoing.offer(request, said, undo=f"{LOG_URL}/undo", sends=sends, link=(link, words))
    for event in events:
        for sentence in sentences(event.warnings):
            messages.warning(request, sentence)


def _complain(request: Asked, refused: Refused) -> None:
    for sentence in sentences(refused.refusals):
        messages.error(request, sentence)
