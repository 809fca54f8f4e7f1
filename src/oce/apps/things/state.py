"""How a thing stands: enough, low, nothing left, used up beyond what there was, or past its day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oce.apps.resources.models import EconomicResource
from oce.kit import clock

SOON = timedelta(days=7)


class State(NamedTuple):
    """How a thing stands, in words with an icon; `tone` is the look of its badge."""

    name: str
    words: str | Promise
    icon: str
    tone: str


EXPIRED = State("expired", _("past its day"), "triangle-alert", "bad")
SHORT = State("short", _("more was taken than there was"), "triangle-alert", "bad")
SOON_OVER = State("soon", _("to be used within a week"), "hourglass", "mark")
GONE = State("gone", _("nothing left"), "circle", "")
ENOUGH = State("enough", _("in stock"), "circle-check", "good")
STATES = (EXPIRED, SHORT, SOON_OVER, ENOUGH, GONE)


def state_of(resource: EconomicResource) -> State:
    """Return how a thing stands now."""
    amount = resource.onhand_quantity_value
    if amount is not None and amount < 0:
        return SHORT
    if not amount:
        return GONE
    lot = resource.of_batch_lot
    return by_day(lot.expiration_date if lot else None)


def by_day(use_by: datetime | None) -> State:
    """Return how something of which there is enough stands, by the day until which it can be used."""
    now = clock.now()
    if use_by is None or use_by > now + SOON:
        return ENOUGH
    return SOON_OVER if use_by > now else EXPIRED
