"""Short forms: a few properties asked under words of their own, read and refused as all forms are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.functional import Promise

from oce.kit.pages.choices import Offers
from oce.kit.pages.forms import RecordForm, in_words_of_a_form
from oce.kit.pages.inputs import Typed, typed_from
from oce.kit.pages.requests import Asked
from oce.kit.properties import RecordProperty, property_of
from oce.kit.records import Record
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, Refused


def asked(
    model: type[Record], name: str, label: str | Promise, *, gloss: str | Promise = "", is_required: bool = False
) -> RecordProperty:
    """Return a property of a record as a form asks for it, under words of its own."""
    found = property_of(model, name)
    assert found is not None, name  # noqa: S101 (names of our own models)
    return replace(found, label=label, gloss=gloss or found.gloss, is_required=is_required)  # type: ignore[arg-type]


def form_of(
    request: Asked, model: type[Record], properties: tuple[RecordProperty, ...], given: dict[str, Any] | None = None
) -> RecordForm:
    """Return the form as it was sent; a fresh one filled with what the address says, or else with what is given."""
    offers = Offers(request.actor)
    if request.method == "POST":
        return RecordForm(model, offers, request.POST, asked=properties)
    form = RecordForm(model, offers, request.GET, asked=properties)
    for field in form.fields:
        value = (given or {}).get(field.each.name)
        if field.typed.is_blank and value is not None:
            # A measure of nothing stands for its unit, which is known where the number is to be said.
            is_unit = isinstance(value, Measure) and not value.value
            field.typed = Typed((), value.unit) if is_unit else typed_from(field.each, value)
    return form


def granted(form: RecordForm, wish: Callable[[dict[str, Any]], Any], places: dict[str, str] | None = None) -> Any:
    """Return what the wish leads to, or None after placing its refusals in the form.

    Args:
        places: the inputs that refusals belong to which name another field.
    """
    values, refusals = form.read()
    if not refusals:
        try:
            return wish(values)
        except Refused as refused:
            refusals = in_words_of_a_form(refused.refusals)
    form.refuse([_placed(refusal, places or {}) for refusal in refusals])
    return None


def _placed(refusal: Refusal, places: dict[str, str]) -> Refusal:
    field = (refusal.field or "").rpartition(".")[2]
    place = places.get(field)
    return refusal if place is None else Refusal(refusal.code, refusal.template, place, **refusal.values)
