"""What all flows have in common: which side, which quantities, which agents an action allows.

Every check here follows from the row of the action and a few yes-or-no facts, the *shape*
of a flow. There are few shapes and many events, so `refusals_of` remembers its answers and
an import asks it a million times at the price of a dictionary look-up.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from oce.vf.actions import ACTIONS, Action
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, gettext_noop
from oce.vf.units import convertible, units

NOT_INPUT = gettext_noop("“{action}” cannot be an input of a process. Leave the process out, or choose another action.")
NOT_OUTPUT = gettext_noop(
    "“{action}” cannot be an output of a process. Leave the process out, or choose another action."
)
NO_RESOURCE_QUANTITY = gettext_noop("“{action}” takes an effort quantity only. Leave the resource quantity out.")
NO_EFFORT_QUANTITY = gettext_noop("“{action}” takes a resource quantity only. Leave the effort quantity out.")
NO_QUANTITY = gettext_noop("Nothing says how much. Give a resource quantity.")
NO_QUANTITY_OF_EITHER = gettext_noop("Nothing says how much. Give a resource quantity or an effort quantity.")
NEGATIVE = gettext_noop(
    "Only a correction may be negative. Give a positive quantity, or name the event that this corrects."
)
PLANNED_NEGATIVE = gettext_noop("What is still to happen cannot be negative. Give a positive quantity.")
UNLIKE_UNITS = gettext_noop(
    "{one} and {other} cannot be compared: they are counted in units of different kinds. Use a unit of the same kind."
)
NO_PROVIDER = gettext_noop("Nobody is named as provider. Name the agent from whom this comes.")
NO_RECEIVER = gettext_noop("Nobody is named as receiver. Name the agent to whom this goes.")
NO_AGENT = gettext_noop("Neither provider nor receiver is named. Name at least the one who makes this wish.")
SAME_AGENTS = gettext_noop(
    "“{action}” needs two different agents. Choose “move” if it stays with one agent, or name the other."
)
AGENTS_DIFFER = gettext_noop(
    "“{action}” stays with one agent. Choose “transfer” if it passes to another, or name the same twice."
)
NO_RESOURCE = gettext_noop("Nothing says what flows. Name a resource, or the specification it conforms to.")
NO_TO_SIDE = gettext_noop("“{action}” has no receiving resource. Leave it out.")
NO_TO_SIDE_WITHIN = gettext_noop(
    "“{action}” within one agent keeps its resource. Leave the receiving resource out, or name two different agents."
)
NOT_INTO_ITSELF = gettext_noop("A thing cannot be put into itself. Name another resource as its container.")
NOT_ONTO_ITSELF = gettext_noop(
    "“{action}” leaves the original as it is. Name another resource that receives what is new."
)


class Shape(NamedTuple):
    """The yes-or-no facts of a flow on which its checks depend.

    Attributes:
        same: both sides name the same resource.
        agents: "none", "provider", "receiver" (only that one is named), "same" or "differ".
        negative: a quantity is below zero.
        has_kind: the specification is named.
    """

    action: str
    has_from: bool = False
    has_to: bool = False
    same: bool = False
    input: bool = False
    output: bool = False
    agents: str = "differ"
    has_resource_quantity: bool = True
    has_effort_quantity: bool = False
    negative: bool = False
    corrects: bool = False
    has_kind: bool = False


@cache
def refusals_of(shape: Shape) -> tuple[Refusal, ...]:
    """Return all that forbids an event of this shape (D10, D24, D29 and the table of actions)."""
    row = ACTIONS[shape.action]
    return (
        *refuse_side(row, input_of=shape.input, output_of=shape.output),
        *refuse_quantities(
            row,
            has_resource_quantity=shape.has_resource_quantity,
            has_effort_quantity=shape.has_effort_quantity,
            negative=shape.negative,
            corrects=shape.corrects,
        ),
        *refuse_agents(row, shape.agents),
        *refuse_nothing(has_resource=shape.has_from or shape.has_to, has_kind=shape.has_kind),
        *refuse_to_side(row, has_to=shape.has_to, same=shape.same, agents=shape.agents),
    )


@cache
def refusals_of_planned(shape: Shape) -> tuple[Refusal, ...]:
    """Return all that forbids an intent, a commitment or a claim of this shape: agents and amounts may still be open (D10)."""
    row = ACTIONS[shape.action]
    kinds = {"has_resource_quantity": shape.has_resource_quantity, "has_effort_quantity": shape.has_effort_quantity}
    field = "resourceQuantity" if shape.has_resource_quantity else "effortQuantity"
    return (
        *refuse_side(row, input_of=shape.input, output_of=shape.output),
        *refuse_quantity_kinds(row, **kinds),
        *([Refusal("flows.negative", PLANNED_NEGATIVE, field)] if shape.negative else []),
        *refuse_parties(row, shape.agents),
        *refuse_nothing(has_resource=shape.has_from, has_kind=shape.has_kind),
    )


def agents_of(provider: object, receiver: object) -> str:
    """Return the word of a shape for two agents, either of whom may be None."""
    if provider is None:
        return "none" if receiver is None else "receiver"
    if receiver is None:
        return "provider"
    return "same" if provider == receiver else "differ"


def refuse_side(action: Action, *, input_of: bool, output_of: bool) -> list[Refusal]:
    """An action stands on the side of a process that its row names; a service may stand between two."""
    refusals = []
    if input_of and not action.may_be_input:
        refusals.append(Refusal("flows.wrong_side", NOT_INPUT, "inputOf", action=action.label))
    if output_of and not action.may_be_output:
        refusals.append(Refusal("flows.wrong_side", NOT_OUTPUT, "outputOf", action=action.label))
    return refusals


def refuse_quantities(
    action: Action, *, has_resource_quantity: bool, has_effort_quantity: bool, negative: bool, corrects: bool
) -> list[Refusal]:
    """An event says how much, in the kind of quantity its action takes, and below zero only to correct."""
    refusals = refuse_quantity_kinds(
        action, has_resource_quantity=has_resource_quantity, has_effort_quantity=has_effort_quantity
    )
    if not has_resource_quantity and not has_effort_quantity:
        template = NO_QUANTITY_OF_EITHER if action.takes_effort_quantity else NO_QUANTITY
        refusals.append(Refusal("flows.no_quantity", template, "resourceQuantity"))
    if negative and not corrects:
        field = "resourceQuantity" if has_resource_quantity else "effortQuantity"
        refusals.append(Refusal("flows.negative", NEGATIVE, field))
    return refusals


def refuse_quantity_kinds(action: Action, *, has_resource_quantity: bool, has_effort_quantity: bool) -> list[Refusal]:
    """A flow is measured as its action takes it: how many of the resource, for how long, or both."""
    refusals = []
    if has_resource_quantity and not action.takes_resource_quantity:
        refusals.append(Refusal("flows.quantity_kind", NO_RESOURCE_QUANTITY, "resourceQuantity", action=action.label))
    if has_effort_quantity and not action.takes_effort_quantity:
        refusals.append(Refusal("flows.quantity_kind", NO_EFFORT_QUANTITY, "effortQuantity", action=action.label))
    return refusals


def refuse_unlike(one: Measure | None, other: Measure | None, field: str) -> list[Refusal]:
    """Two amounts of the same thing are counted in units that one factor leads between (D31, D36)."""
    if one is None or other is None or are_like(one.unit, other.unit):
        return []
    return [Refusal("flows.unlike_units", UNLIKE_UNITS, field, one=str(one), other=str(other))]


def are_like(unit: str, other: str) -> bool:
    """Return whether amounts in two units can be compared; a unit of a house's own is like itself alone."""
    return unit == other or (unit in units() and other in units() and convertible(unit, other))


def refuse_agents(action: Action, agents: str) -> list[Refusal]:
    """An event has provider and receiver; what changes hands needs two agents, what is moved needs one."""
    refusals = []
    if agents in {"none", "receiver"}:
        refusals.append(Refusal("flows.no_provider", NO_PROVIDER, "provider"))
    if agents in {"none", "provider"}:
        refusals.append(Refusal("flows.no_receiver", NO_RECEIVER, "receiver"))
    return [*refusals, *refuse_parties(action, agents)]


def refuse_parties(action: Action, agents: str) -> list[Refusal]:
    """What changes hands needs two agents, what is moved stays with one; who is not known yet is no fault."""
    refusals = []
    if agents == "same" and action.changes_hands:
        refusals.append(Refusal("flows.same_agents", SAME_AGENTS, "receiver", action=action.label))
    if agents == "differ" and action.stays_with_agent:
        refusals.append(Refusal("flows.agents_differ", AGENTS_DIFFER, "receiver", action=action.label))
    return refusals


def refuse_wishless(*, has_provider: bool, has_receiver: bool) -> list[Refusal]:
    """An intent comes from somebody: it has a provider or a receiver (D10)."""
    if has_provider or has_receiver:
        return []
    return [Refusal("flows.no_agent", NO_AGENT, "provider")]


def refuse_nothing(*, has_resource: bool, has_kind: bool) -> list[Refusal]:
    """A flow says what flows: a resource on either side, or a specification (D10)."""
    if has_resource or has_kind:
        return []
    return [Refusal("flows.no_resource", NO_RESOURCE, "resourceInventoriedAs")]


def refuse_to_side(action: Action, *, has_to: bool, same: bool, agents: str) -> list[Refusal]:
    """Only what hands over, puts into something or implies a transfer between two agents has a receiving resource."""
    template = _fault_of_to_side(action, same=same, agents=agents) if has_to else None
    return [Refusal("flows.to_side", template, "toResourceInventoriedAs", action=action.label)] if template else []


def _fault_of_to_side(action: Action, *, same: bool, agents: str) -> str | None:
    if action.contained_effect == "update":
        return NOT_INTO_ITSELF if same else None
    if action.implied_transfer and action.counts:
        return NO_TO_SIDE_WITHIN if agents == "same" and not same else None
    if action.create_resource != "optionalTo":
        return NO_TO_SIDE
    return NOT_ONTO_ITSELF if same and not action.hands_over else None
