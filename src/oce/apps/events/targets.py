"""What each reference of an event points at, read off its declaration."""

from __future__ import annotations

from typing import cast

from django.db.models import ForeignKey

from oce.apps.events.models import EconomicEvent
from oce.kit.records import Record

# What the recorder itself writes down, such as the previous event, nobody refers to.
TARGETS: dict[str, type[Record]] = {
    each.name: cast("type[Record]", each.related_model)
    for each in EconomicEvent._meta.concrete_fields  # noqa: SLF001 (Django's documented model API)
    if isinstance(each, ForeignKey) and each.name not in EconomicEvent.derived
}
