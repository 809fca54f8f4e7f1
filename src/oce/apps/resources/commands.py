"""Wishes about resources and lots that no event is needed for: how they are described, and what a group allows of its stock.

A resource comes into being by an event, and its quantities, place, stage and state follow from events alone.
"""

from __future__ import annotations

from oce.apps.agents.models import Agent
from oce.apps.resources import rules
from oce.apps.resources.models import BatchLotRecord, EconomicResource, Shortage, StockPolicy
from oce.kit import writing
from oce.kit.access import refuse_unentitled
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, tell
from oce.kit.writing import Values, plain_commands
from oce.vf.refusals import Refusal, gettext_noop, refuse_if


@command(changes=EconomicResource, says=gettext_noop("described {subject} anew"))
def change_resource(
    _actor: Actor, resource: EconomicResource, revision_id: str | None, values: Values
) -> EconomicResource:
    """Change how a resource is described: its name, note, pictures, tags, lot or serial number."""

    def refuse_change_of_nature(after: Values) -> list[Refusal]:
        # Asked here, where the resource is held already.
        before = EconomicResource.every().filter(pk=resource.pk).values_list("current_virtual_location", flat=True)
        return rules.refuse_change_of_nature(
            was_digital=any(before),
            is_digital=bool(after["current_virtual_location"]),
            is_contained=resource.contained_in.exists(),
        )

    return writing.change(resource, revision_id, values, refuse_change_of_nature)


make_lot, change_lot, delete_lot = plain_commands(
    BatchLotRecord,
    "lot",
    made=gettext_noop("wrote down the lot {subject}"),
    changed=gettext_noop("changed the lot {subject}"),
    deleted=gettext_noop("deleted the lot {subject}"),
)
"""Lots, into which resources can be put."""


@command(says=gettext_noop("decided about shortages of the stock of {subject}: {shortage}"), needs=Power.COORDINATE)
def set_stock_policy(actor: Actor, agent: Agent, shortage: str) -> StockPolicy:
    """Let an agent be warned of events that take more than is there, or have them refused.

    Args:
        shortage: `warn` or `refuse`.
    """
    refuse_if(refuse_unentitled(actor, Power.COORDINATE, (agent.pk,)))
    refuse_if(rules.refuse_unknown_shortage(shortage, list(Shortage.values)))
    policy, _ = StockPolicy.objects.update_or_create(agent=agent, defaults={"shortage": shortage})
    tell(agent.address, subject=str(agent), shortage=shortage)
    return policy
