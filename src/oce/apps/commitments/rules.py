"""What may be wished and promised: decisions over plain values.

What depends on the action alone is in `oce.vf.flows`; here is what is left: times, kinds, amounts and clauses.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from oce.vf import flows
from oce.vf.decimals import PLACES_MAX
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, gettext_noop

KIND_DIFFERS = gettext_noop(
    "{name} is of another kind than is said here. Choose a resource of that kind, or leave the kind out."
)


class Facts(NamedTuple):
    """What the rules need to know of an intent, a commitment or a claim; records by whatever tells them apart.

    `kind_of_resource` and `amount_of_resource` belong to the resource that is named, as `name_of_resource`.
    """

    action: str
    provider: object = None
    receiver: object = None
    resource: object = None
    kind: object = None
    tags: tuple[str, ...] = ()
    input_of: object = None
    output_of: object = None
    resource_quantity: Measure | None = None
    effort_quantity: Measure | None = None
    has_beginning: datetime | None = None
    has_end: datetime | None = None
    name_of_resource: str = ""
    kind_of_resource: object = None
    amount_of_resource: Measure | None = None


def refuse_flow(facts: Facts) -> list[Refusal]:
    """What is planned fits its action, as an event must, and the resource that it names."""
    shape = flows.Shape(
        action=facts.action,
        has_from=facts.resource is not None,
        input=facts.input_of is not None,
        output=facts.output_of is not None,
        agents=flows.agents_of(facts.provider, facts.receiver),
        has_resource_quantity=facts.resource_quantity is not None,
        has_effort_quantity=facts.effort_quantity is not None,
        negative=any(each is not None and each.value < 0 for each in (facts.resource_quantity, facts.effort_quantity)),
        has_kind=facts.kind is not None or bool(facts.tags),
    )
    return [
        *flows.refusals_of_planned(shape),
        *refuse_backwards(facts.has_beginning, facts.has_end),
        *_refuse_other_kind(facts),
        *flows.refuse_unlike(facts.resource_quantity, facts.amount_of_resource, "resourceQuantity"),
    ]


def refuse_backwards(has_beginning: datetime | None, has_end: datetime | None) -> list[Refusal]:
    """What is planned ends when it begins, or later."""
    if has_beginning is None or has_end is None or has_beginning <= has_end:
        return []
    backwards = gettext_noop("This would end at {end}, before it begins at {begin}. Correct one of the two.")
    end, begin = (moment.isoformat(" ", "minutes") for moment in (has_end, has_beginning))
    return [Refusal("commitments.ends_before_it_begins", backwards, "hasEnd", end=end, begin=begin)]


def refuse_amounts(quantity: Measure | None, minimum: Measure | None, available: Measure | None) -> list[Refusal]:
    """What there is of an offer, and what one takes of it at least, are amounts of the same thing."""
    refusals = [
        Refusal("flows.negative", flows.PLANNED_NEGATIVE, field)
        for each, field in ((minimum, "minimumQuantity"), (available, "availableQuantity"))
        if each is not None and each.value < 0
    ]
    refusals += flows.refuse_unlike(minimum, quantity, "minimumQuantity")
    refusals += flows.refuse_unlike(available, quantity, "availableQuantity")
    unlike = flows.refuse_unlike(minimum, available, "minimumQuantity")
    if unlike or minimum is None or available is None:
        return refusals or unlike
    if minimum.to(available.unit, places=PLACES_MAX) > available:
        too_much = gettext_noop(
            "At least {minimum} are to be taken, but there are only {available}. Lower the one or raise the other."
        )
        facts = {"minimum": str(minimum), "available": str(available)}
        refusals.append(Refusal("commitments.minimum_above_available", too_much, "minimumQuantity", **facts))
    return refusals


def refuse_both_sides(clause_of: object, reciprocal_clause_of: object) -> list[Refusal]:
    """A commitment stands on one side of an agreement: it is what is given, or what is given in return."""
    if clause_of is None or reciprocal_clause_of is None:
        return []
    both = gettext_noop(
        "A commitment is what is agreed, or what is agreed in return, not both. Leave one of the two agreements out."
    )
    return [Refusal("commitments.both_sides", both, "reciprocalClauseOf")]


def _refuse_other_kind(facts: Facts) -> list[Refusal]:
    if facts.kind is None or facts.kind_of_resource is None or facts.kind == facts.kind_of_resource:
        return []
    return [Refusal("commitments.kind_differs", KIND_DIFFERS, "resourceConformsTo", name=facts.name_of_resource)]


def remaining(promised: Measure | None, done: Iterable[Measure]) -> Measure | None:
    """Return what is left of an amount after what was done towards it; nothing is left where more was done (D30).

    Corrections count with their sign. None where no amount was promised.
    """
    if promised is None:
        return None
    left = promised
    for each in done:
        left -= each.to(promised.unit, places=PLACES_MAX)
    return left if left.value > 0 else promised * 0
