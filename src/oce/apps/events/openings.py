"""What a resource was when this house first heard of it: told by a document, and not by any event."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from oce.apps.resources import stock
from oce.kit.commands import command, tell
from oce.vf.refusals import Refusal, gettext_noop, refuse_if
from oce.vf.states import ResourceState

if TYPE_CHECKING:
    from oce.apps.agents.models import Agent, SpatialThing
    from oce.apps.knowledge.models import ProcessSpecification
    from oce.apps.resources.models import EconomicResource
    from oce.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class OpeningDraft:
    """A state as a document tells it; what it does not tell is nothing."""

    accounting: Decimal = Decimal(0)
    onhand: Decimal = Decimal(0)
    unit: str = ""
    accountable: Agent | None = None
    location: SpatialThing | None = None
    stage: ProcessSpecification | None = None
    state: str = ""
    contained_in: tuple[EconomicResource, ...] = ()


@command(says=gettext_noop("opened {subject} with what a document says of it"))
def open_resource(actor: Actor, resource: EconomicResource, opening: OpeningDraft) -> None:  # noqa: ARG001
    """Let a resource that no event has touched begin with `opening` instead of with nothing.

    Raises:
        Refused: `events.already_open` where it has a history or an opening.
    """
    # Held first: nobody may record what happens to it while it is being opened.
    held = stock.held([resource.pk])[resource.pk]
    refuse_if(_refuse_history(resource, has_events=held.state.previous_event is not None))
    state = ResourceState(
        accounting=opening.accounting,
        onhand=opening.onhand,
        unit=opening.unit or None,
        accountable=opening.accountable.pk if opening.accountable else None,
        location=opening.location.pk if opening.location else None,
        stage=opening.stage.pk if opening.stage else None,
        state=opening.state or None,
        contained_in=tuple(container.pk for container in opening.contained_in),
    )
    stock.open_with(resource.pk, state)
    tell(resource.address, subject=str(resource))


def _refuse_history(resource: EconomicResource, *, has_events: bool) -> list[Refusal]:
    if not has_events and resource.pk not in stock.openings([resource.pk]):
        return []
    return [
        Refusal(
            "events.already_open",
            gettext_noop("{subject} already has a history here. Record an event that raises or lowers it instead."),
            "accountingQuantity",
            subject=str(resource),
        )
    ]
