"""What a document says of a resource at one place: the state it opens with, or one to compare with the derived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oce.apps.events.openings import OpeningDraft
from oce.kit.jsonld.comparison import differing
from oce.kit.jsonld.descriptions import Ref
from oce.vf.refusals import Refusal, Refused, gettext_noop
from oce.vf.states import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from oce.kit.records import Record
    from oce.vf.measures import Measure

DIFFERS = gettext_noop("The document says of {id} that its {term} is {stated}; by its events it is {derived}.")
SEVERAL_CONTAINERS = gettext_noop(
    "{id} lies in several containers at once, which only digital things can. Say in which one it is."
)
UNITS_DIFFER = gettext_noop("{id} is counted in {unit} and in {other} at once. State both quantities in one unit.")


def opening_of(
    identity: str, stated: Mapping[str, Any], resolve: Callable[[str, Ref], Record], *, is_digital: bool
) -> OpeningDraft:
    """Return the state that a resource opens with.

    Where only one of the two quantities is stated the other is the same; but what lies in a container is not on hand.

    Args:
        identity: what to call the resource in a refusal.
        stated: the derived properties that the document states.
        resolve: gives the record that a reference of a property means.
        is_digital: whether it has a place on the net, and so may lie in several containers (D13).
    """
    accounting: Measure | None = stated.get("accounting_quantity")
    onhand: Measure | None = stated.get("onhand_quantity")
    if accounting is not None and onhand is not None and accounting.unit != onhand.unit:
        raise Refused(
            Refusal("documents.units_differ", UNITS_DIFFER, None, id=identity, unit=accounting.unit, other=onhand.unit)
        )
    if len(stated.get("contained_in", ())) > 1 and not is_digital:
        raise Refused(Refusal("documents.several_containers", SEVERAL_CONTAINERS, "containedIn", id=identity))
    measure = accounting or onhand
    containers = tuple(
        resolve("contained_in", ref) for ref in sorted(stated.get("contained_in", ()), key=lambda ref: ref.id)
    )
    records: dict[str, Any] = {
        field: resolve(name, stated[name])
        for name, field in (
            ("primary_accountable", "accountable"),
            ("current_location", "location"),
            ("stage", "stage"),
        )
        if name in stated
    }
    return OpeningDraft(
        accounting=_amount(accounting or onhand),
        onhand=_amount(onhand) if onhand is not None or containers else _amount(accounting),
        unit=measure.unit if measure else "",
        state=stated.get("state", ""),
        contained_in=containers,  # type: ignore[arg-type]
        **records,
    )


def remarks_on(resource: Record, stated: Mapping[str, Any], identity: str) -> list[Refusal]:
    """Return a remark for each stated value that differs from what the events give."""
    return [
        Refusal(
            "documents.snapshot_differs",
            DIFFERS,
            each.term,
            id=identity[:200],
            term=each.term,
            stated=_shown(stated[each.name]),
            derived=_shown(getattr(resource, each.name)),
        )
        for each in differing(resource, stated)
    ]


def _amount(measure: Measure | None) -> Any:
    return ZERO if measure is None else measure.value


def _shown(value: Any) -> str:
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, frozenset):
        return ", ".join(sorted(ref.id for ref in value))
    if hasattr(value, "all"):
        return ", ".join(sorted(record.address for record in value.all())) or "nothing"
    return str(getattr(value, "address", value))
