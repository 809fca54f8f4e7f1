"""Where a kind of resource is used: who has how much of it, and what was made, used and handed over of it in the period."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oce.apps.agents.models import Agent
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.network import queries
from oce.kit.action_labels import action_label
from oce.kit.measures import in_words
from oce.kit.pages.panels import Panel
from oce.kit.pages.requests import Asked
from oce.kit.records import Record

HOLDERS_SHOWN = 8


def where_used(request: Asked, kind: Record) -> Panel | None:
    """Return who has things of a kind, and what happened to them in the period."""
    assert isinstance(kind, ResourceSpecification)  # noqa: S101 (plugged to this class alone)
    held = queries.holders(request.actor, kind, HOLDERS_SHOWN)
    happened = queries.happened_to(request.actor, kind, request.period.begin, request.period.end)
    if not held and not happened:
        return None
    agents = queries.seen(request.actor, Agent, [each.key for each in held])
    shown = {
        "held": [
            (agents.get(each.key), in_words(each.there, str(kind)) if each.there else "", each.count) for each in held
        ],
        "happened": [
            (action_label(each.action), [in_words(much, str(kind)) for much in each.amounts], each.count)
            for each in happened
        ],
        "kind": kind,
        "period": request.period,
    }
    return Panel(_("Where it is, and what happens with it"), "network/used.html", shown)
