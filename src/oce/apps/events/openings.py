"""What a resource was when this house first heard of it: told by a document, and not by any event."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from oce.apps.resources import stock
from oce.kit.access import refuse_unentitled
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, tell
from oce.vf.refusals import Refusal, gettext_noop, refuse_if
from oce.vf.states import ResourceState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oce.apps.agents.models import Agent, SpatialThing
    from oce.apps.knowledge.models import ProcessSpecification
    from oce.apps.resources.models import EconomicResource


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


BROUGHT_BY_DOCUMENTS = "Documents bring what was there before; who counts something here records an event."


@command(
    says=gettext_noop("opened {count} resources with what a document says of them, the first of them {subject}"),
    without={"page": BROUGHT_BY_DOCUMENTS, "mutation": BROUGHT_BY_DOCUMENTS},
)
def open_resources(actor: Actor, drafts: Sequence[tuple[EconomicResource, OpeningDraft]]) -> None:
    """Let resources that no event has touched begin with what is told of them instead of with nothing.

    Raises:
        Refused: `events.already_open` for each that has a history or an opening; `kit.not_entitled` where the actor may not
            record for who is to be accountable.
    """
    refuse_if(*(refuse_unentitled(actor, Power.RECORD, _accountable(opening)) for _, opening in drafts))
    refuse_if(_refuse_history(drafts))
    stock.open_with({resource.pk: _state(opening) for resource, opening in drafts})
    if drafts:
        tell(*(resource.address for resource, _ in drafts), subject=str(drafts[0][0]), count=len(drafts))


def _accountable(opening: OpeningDraft) -> list[int]:
    return [opening.accountable.pk] if opening.accountable else []


def _state(opening: OpeningDraft) -> ResourceState:
    return ResourceState(
        accounting=opening.accounting,
        onhand=opening.onhand,
        unit=opening.unit or None,
        accountable=opening.accountable.pk if opening.accountable else None,
        location=opening.location.pk if opening.location else None,
        stage=opening.stage.pk if opening.stage else None,
        state=opening.state or None,
        contained_in=tuple(container.pk for container in opening.contained_in),
    )


def _refuse_history(drafts: Sequence[tuple[EconomicResource, OpeningDraft]]) -> list[Refusal]:
    template = gettext_noop("{subject} already has a history here. Record an event that raises or lowers it instead.")
    keys = [resource.pk for resource, _ in drafts]
    # Held first: nobody may record what happens to a resource while it is being opened.
    held = stock.held_many(keys)
    opened = stock.openings(keys)
    return [
        Refusal("events.already_open", template, "accountingQuantity", subject=str(resource))
        for resource, _ in drafts
        if held[resource.pk].state.previous_event is not None or resource.pk in opened
    ]
