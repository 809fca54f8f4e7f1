"""What groups decided about taking more from their stock than there is, and one wish that decides it for all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from oce.apps.agents.models import Agent, AgentClass
from oce.apps.resources import queries as resources
from oce.apps.resources.commands import set_stock_policy
from oce.apps.resources.models import Shortage
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, tell
from oce.vf.refusals import gettext_noop


@dataclass(frozen=True, slots=True)
class DecidedForAll:
    """For how many groups it was decided."""

    count: int


def shortages_decided() -> list[tuple[str, int]]:
    """Return each way to deal with shortages in words, with how many groups chose it."""
    groups = Agent.every().filter(agent_class=AgentClass.ORGANIZATION).count()
    refusing = resources.agents_refusing_shortages().filter(agent_class=AgentClass.ORGANIZATION).count()
    counts = Counter({Shortage.REFUSE.value: refusing, Shortage.WARN.value: groups - refusing})
    return [(str(label), counts[value]) for value, label in Shortage.choices]


@command(
    says=gettext_noop("decided for {count} groups what happens when more is taken than there is"),
    needs=Power.ADMINISTER,
)
def decide_shortages(actor: Actor, shortage: str) -> DecidedForAll:
    """Decide for all groups that there are now; each may decide otherwise for itself.

    Raises:
        Refused: by the command that decides it for one.
    """
    groups = Agent.every().filter(agent_class=AgentClass.ORGANIZATION)
    count = 0
    for group in groups:
        set_stock_policy(actor, group, shortage)
        count += 1
    tell(count=count)
    return DecidedForAll(count)
