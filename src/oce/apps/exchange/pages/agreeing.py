"""The form to agree: between whom, on what, and what each promises; written down in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from oce.apps.agreements.models import Agreement
from oce.apps.commitments.models import Commitment
from oce.apps.exchange.commands import agree
from oce.apps.exchange.rules import CLAUSES_MAX
from oce.kit.pages.choices import Offers
from oce.kit.pages.forms import KEY, RecordForm, fresh_key, in_words_of_a_form
from oce.kit.pages.listing import FIND
from oce.kit.pages.navigation import record_url
from oce.kit.pages.records import SHOW
from oce.kit.pages.requests import Asked
from oce.kit.properties import RecordProperty, property_of
from oce.kit.records import Record
from oce.vf.refusals import Refusal, Refused

ADD = "_add"
CLAUSES_SHOWN = 2
ACTION = "transfer"
# Commands take a key besides what their functions say.
WISH: Callable[..., Agreement] = agree


def _of(model: type[Record], name: str, label: Any = None, gloss: Any = "") -> RecordProperty:
    """Return what the form asks for, in the words of this form."""
    found = property_of(model, name)
    assert found is not None, name  # noqa: S101 (names of our own models)
    return replace(found, label=label or found.label, gloss=gloss, is_required=False)


HEAD = (
    _of(
        Agreement, "name", gettext_lazy("what it is about"), gettext_lazy("A few words: flour for bread, for instance.")
    ),
    _of(Agreement, "parties", gloss=gettext_lazy("Whoever is named in a promise takes part anyway.")),
    _of(Agreement, "note", gettext_lazy("what else you agreed")),
)
CLAUSE = (
    _of(Commitment, "provider", gettext_lazy("who gives")),
    _of(Commitment, "resource_quantity"),
    _of(Commitment, "resource_conforms_to", gettext_lazy("of what")),
    _of(Commitment, "receiver", gettext_lazy("who gets it"), gettext_lazy("Of two parties, this is the other one.")),
    _of(Commitment, "due", gettext_lazy("until when")),
    _of(Commitment, "action", gettext_lazy("what happens"), gettext_lazy("Where nothing is said, it is handed over.")),
    _of(Commitment, "effort_quantity", gettext_lazy("or how long"), gettext_lazy("Of work: 3 hours, for instance.")),
)


class Agreeing:
    """The whole form: the agreement, and as many promises as were begun."""

    def __init__(self, offers: Offers, sent: QueryDict, count: int) -> None:
        """Take what came back from the browser, or what the address fills in before."""
        self.head = RecordForm(Agreement, offers, sent, asked=HEAD)
        self.clauses = [
            RecordForm(Commitment, offers, sent, prefix=f"clauses.{number}", asked=CLAUSE) for number in range(count)
        ]
        self.told: list[RecordForm] = []

    def read(self) -> tuple[dict[str, Any], list[dict[str, Any]], bool]:
        """Return what the agreement says, what is promised in it (empty promises left out), and whether all can be read."""
        values, refusals = self.head.read()
        self.head.refuse(refusals)
        promises = []
        for form in self.clauses:
            said, faults = form.read()
            form.refuse(faults)
            refusals += faults
            if said.keys() - {"action"}:
                promises.append({"action": ACTION, **said})
                self.told.append(form)
        return values, promises, not refusals

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Show every refusal where it belongs: at the promise it means, or at the agreement."""
        for refusal in refusals:
            first, _dot, rest = (refusal.field or "").partition(".")
            number, _dot, term = rest.partition(".")
            is_of_promise = first == "clauses" and number.isdecimal() and int(number) < len(self.told)
            place = self.told[int(number)] if is_of_promise else self.head
            field = term or None if is_of_promise else refusal.field
            place.refuse([Refusal(refusal.code, refusal.template, field, **refusal.values)])

    @property
    def status(self) -> int:
        """The status of the answer that shows the form."""
        return max(form.status for form in (self.head, *self.clauses))

    @property
    def is_used(self) -> bool:
        """Whether its key has granted another wish."""
        return any(form.is_used for form in (self.head, *self.clauses))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked) -> HttpResponse:
    """Show the form of an agreement, or write it down with its promises and show it."""
    sent = request.POST if request.method == "POST" else request.GET
    form = Agreeing(Offers(request.actor), sent, _count(sent))
    if request.method == "POST" and not {ADD, FIND, SHOW} & set(request.POST):
        values, promises, is_readable = form.read()
        agreed = _granted(request, form, values, promises) if is_readable else None
        if agreed is not None:
            messages.success(request, _("{name} is agreed.").format(name=agreed))
            return HttpResponseRedirect(record_url(agreed))
    shown = {
        "form": form.head,
        "clauses": form.clauses,
        "count": len(form.clauses),
        "has_room": len(form.clauses) < CLAUSES_MAX,
        "key": fresh_key() if form.is_used else sent.get(KEY) or fresh_key(),
    }
    return render(request, "exchange/agree.html", shown, status=form.status)


def _granted(
    request: Asked, form: Agreeing, values: dict[str, Any], promises: list[dict[str, Any]]
) -> Agreement | None:
    """Return the agreement, or None after placing what is refused in the form."""
    try:
        return WISH(request.actor, values, promises, key=request.POST.get(KEY) or None)
    except Refused as refused:
        form.refuse(in_words_of_a_form(refused.refusals))
    return None


def _count(sent: QueryDict) -> int:
    """Return how many promises the form has room for, one more where somebody asked for it."""
    text = sent.get("_clauses", "")
    count = int(text) if text.isdecimal() and len(text) < 3 else CLAUSES_SHOWN
    return min(max(count, 1) + (ADD in sent), CLAUSES_MAX)
