"""The scanner: codes come from a hand scanner, the camera or the keys; each is answered, and one stays where one is.

Everything that the scanner remembers travels in its form, so that it works without scripts, and in two windows at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from oce.apps.agents.models import SpatialThing
from oce.apps.events.commands import undo_events
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.things import queries, rules
from oce.apps.things.commands import count_thing, move_things
from oce.kit import access
from oce.kit.actor import seen_by
from oce.kit.measures import in_words
from oce.kit.numerals import decimal_in
from oce.kit.pages.answers import sentences
from oce.kit.pages.choices import Choices, Offers
from oce.kit.pages.forms import KEY, fresh_key
from oce.kit.pages.requests import Asked
from oce.kit.records import read_uid
from oce.kit.security import HEADER, POLICY
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

LOOK, COUNT, MOVE, PICK = "look", "count", "move", "pick"
MODES = (
    (LOOK, gettext_lazy("Look up"), "search"),
    (COUNT, gettext_lazy("Count"), "list-checks"),
    (MOVE, gettext_lazy("Move"), "truck"),
    (PICK, gettext_lazy("Pick list"), "clipboard-check"),
)
# The camera's reader is a small program of its own (WebAssembly), where the browser has none.
WITH_READER = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")

FOREIGN = gettext_noop(
    "“{text}” means nothing here that you may see. Search for it by name, or write the thing down with this as its lot."
)
NOT_ON_LIST = gettext_noop("{name} is not on the pick list. Put it back, or add it to the list.")
NO_NUMBER = gettext_noop("“{text}” is not a number. Write digits, such as 12 or 2.5.")
SEVERAL = gettext_noop("“{text}” means several things: {names}. Scan the label of one, or choose it here.")


class Line(NamedTuple):
    """A line of the pick list."""

    thing: EconomicResource
    is_picked: bool


@dataclass(slots=True)
class Scan:
    """What the scanner shows after a code: the mode it is in, what was found, and what came of it."""

    mode: str
    code: str = ""
    found: list[EconomicResource] = field(default_factory=list)
    done: str = ""
    undo: str = ""
    faults: list[str] = field(default_factory=list)
    is_foreign: bool = False
    asks_count: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: Asked) -> HttpResponse:
    """Show the scanner, with what the last code led to."""
    told = request.POST if request.method == "POST" else request.GET
    mode = told.get("mode", LOOK)
    result = Scan(mode if mode in {name for name, *_rest in MODES} else LOOK, told.get("code", "").strip())
    picked = set(told.getlist("picked")[: rules.TOGETHER_MAX])
    things = queries.things_of(request.actor, told.getlist("of")[: rules.TOGETHER_MAX]) if result.mode == PICK else []
    try:
        _answer(request, result, things, picked)
    except Refused as refused:
        result.faults = sentences(refused.refusals)
    lines = [Line(each, str(each.uid) in picked) for each in things]
    lines.sort(key=lambda line: (str(line.thing.current_location or ""), str(line.thing)))
    shown = {
        "scan": result,
        "modes": MODES,
        "lines": lines,
        "places": [(place, list(some)) for place, some in groupby(lines, lambda line: line.thing.current_location)],
        "left": sum(not line.is_picked for line in lines),
        "place": told.get("place", ""),
        "choices": _places(request, told.get("place", "")) if result.mode == MOVE else None,
        "key": fresh_key(),
    }
    response = render(request, "things/scan.html", shown)
    response.headers[HEADER] = WITH_READER
    return response


def _answer(request: Asked, result: Scan, things: list[EconomicResource], picked: set[str]) -> None:
    """Do what was asked of the scanner, and write into the result what came of it.

    Raises:
        Refused: in sentences that the scanner shows.
    """
    if request.method == "POST" and request.POST.get("undo"):
        _undo(request, result)
    elif request.method == "POST" and "counted" in request.POST:
        _count(request, result)
    elif result.code:
        result.found = queries.found_by_code(request.actor, result.code)
        if not result.found:
            result.is_foreign = True
            raise Refused(Refusal("things.foreign_code", FOREIGN, "code", text=result.code[:100]))
        _DO[result.mode](request, result, things, picked)


def _one(result: Scan) -> EconomicResource:
    """Return the one thing that was found.

    Raises:
        Refused: `things.several`, naming those there are.
    """
    if len(result.found) == 1:
        return result.found[0]
    names = ", ".join(dict.fromkeys(str(each) for each in result.found[:5]))
    raise Refused(Refusal("things.several", SEVERAL, "code", text=result.code[:100], names=names))


def _look(_request: Asked, _result: Scan, _things: list[EconomicResource], _picked: set[str]) -> None:
    """What was found is shown; nothing is done with it."""


def _ask_count(request: Asked, result: Scan, _things: list[EconomicResource], _picked: set[str]) -> None:
    thing = _one(result)
    refuse_if(access.refuse_writing(request.actor, thing))
    result.asks_count = True


def _move(request: Asked, result: Scan, _things: list[EconomicResource], _picked: set[str]) -> None:
    thing = _one(result)
    uid = read_uid(request.POST.get("place", ""))
    place = None if uid is None else seen_by(request.actor, SpatialThing.every()).filter(uid=uid).first()
    refuse_if(rules.refuse_no_place(place))
    assert place is not None  # noqa: S101 (refused above)
    if thing.current_location_id == place.pk:
        result.done = _("{name} is there already.").format(name=thing)
        return
    wish: Callable[..., list[EconomicEvent]] = move_things
    events = wish(request.actor, [thing], place, key=request.POST.get(KEY) or None)
    result.done = _("{name} is now here: {place}.").format(name=thing, place=place)
    result.undo = " ".join(str(event.uid) for event in events)


def _pick(_request: Asked, result: Scan, things: list[EconomicResource], picked: set[str]) -> None:
    found = {str(each.uid) for each in result.found}
    waiting = [each for each in things if str(each.uid) in found - picked] or [
        each for each in things if str(each.uid) in found
    ]
    if not waiting:
        raise Refused(Refusal("things.not_on_list", NOT_ON_LIST, "code", name=str(result.found[0])))
    result.found = waiting[:1]
    picked.add(str(waiting[0].uid))
    result.done = _("{name}: picked.").format(name=waiting[0])


def _count(request: Asked, result: Scan) -> None:
    """Set the books of the thing right that was scanned before."""
    result.found = queries.things_of(request.actor, [request.POST.get("count_of", "")])
    thing = _one(result)
    text = request.POST["counted"].strip()
    number = decimal_in(text)
    if number is None:
        result.asks_count = True
        raise Refused(Refusal("things.no_number", NO_NUMBER, "counted", text=text[:50]))
    unit = (
        thing.onhand_quantity_unit or (thing.conforms_to.default_unit_of_resource if thing.conforms_to else "") or "one"
    )
    wish: Callable[..., Any] = count_thing
    count = wish(request.actor, thing, Measure(number, unit), key=request.POST.get(KEY) or None)
    result.done = _("{name}: {amount} counted.").format(name=thing, amount=in_words(count.counted))
    result.undo = str(count.event.uid) if count.event else ""


def _undo(request: Asked, result: Scan) -> None:
    references = request.POST["undo"].split()[: rules.TOGETHER_MAX]
    uids = {uid for each in references if (uid := read_uid(each)) is not None}
    events = list(seen_by(request.actor, EconomicEvent.every()).filter(uid__in=uids))
    wish: Callable[..., list[EconomicEvent]] = undo_events
    wish(request.actor, events, key=request.POST.get(KEY) or None)
    result.done = _("It is undone, as if it had not happened.")


def _places(request: Asked, chosen: str) -> Choices:
    return Offers(request.actor).choices(SpatialThing, [chosen])


_DO = {LOOK: _look, COUNT: _ask_count, MOVE: _move, PICK: _pick}
