"""Resources that events bring into being: what was told of them, checked, then made before the events happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oce.apps.events.lookups import text_of
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.kit import locks
from oce.kit.identifiers import new_uid
from oce.kit.records import read_uid
from oce.kit.writing import read_values, refuse_unknown
from oce.vf.actions import ACTIONS
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oce.apps.events.drafts import EventDraft, ResourceDraft
    from oce.apps.events.lookups import Lookups

SIDES = {"from": "resource_inventoried_as", "to": "to_resource_inventoried_as"}
_FIELDS = {"from": "resourceInventoriedAs", "to": "toResourceInventoriedAs"}
LOT_CODE_LENGTH_MAX = 200


def canonical(reference: str) -> str:
    """Return one text for all spellings of a reference: the identifier, or a foreign address as it is."""
    uid = read_uid(reference)
    return reference if uid is None else str(uid)


class Births:
    """The resources that some drafts create, by draft and side."""

    def __init__(self, drafts: Sequence[EventDraft]) -> None:
        """Give each resource to be made the reference by which later drafts may name it."""
        self._given: dict[tuple[int, str], str] = {}
        self._plain: dict[tuple[int, str], dict[str, Any]] = {}
        self._uids: dict[tuple[int, str], Any] = {}
        for draft in drafts:
            for side, born in _born(draft):
                uid = born.uid or new_uid()
                self._uids[id(draft), side] = uid
                self._given[id(draft), side] = str(uid)

    def reference(self, draft: EventDraft, side: str) -> str | None:
        """Return the reference of the resource on a side of the draft, whether it exists or is made here."""
        given = self._given.get((id(draft), side))
        if given is not None:
            return given
        reference = getattr(draft, SIDES[side])
        return None if reference is None else canonical(text_of(reference))

    def unknown(self, reference: str, side: str) -> Refusal:
        """Return the refusal of a reference that means no resource."""
        return refuse_unknown(EconomicResource, reference, _FIELDS[side])

    def refuse(self, draft: EventDraft) -> list[Refusal]:
        """Return what is wrong with the resources a draft creates, and keep them for `make`."""
        refusals: list[Refusal] = []
        for side, born in _born(draft):
            refusals += _refuse_birth(draft, side)
            values = dict(born.values)
            if draft.resource_conforms_to is not None:
                values.setdefault("conforms_to", text_of(draft.resource_conforms_to))
            plain, faults = read_values(EconomicResource, values, is_new=True)
            refusals += faults
            if born.lot_code is not None and not 0 < len(born.lot_code) <= LOT_CODE_LENGTH_MAX:
                refusals.append(_refuse_lot_code(born.lot_code))
            self._plain[id(draft), side] = plain
        return refusals

    def make(self, drafts: Sequence[EventDraft]) -> None:
        """Write down the new resources, with nothing in them yet."""
        # Two wishes that bring in the same lot at once write it down once.
        for code in sorted({born.lot_code for draft in drafts for _, born in _born(draft) if born.lot_code}):
            locks.alone(f"lot {code}")
        for draft in drafts:
            for side, born in _born(draft):
                plain = self._plain[id(draft), side]
                if born.lot_code is not None:
                    plain["of_batch_lot"] = lot(born.lot_code)
                EconomicResource.objects.create(uid=self._uids[id(draft), side], iri=born.iri, **plain)


def lot(code: str) -> BatchLotRecord:
    """Return the lot of this code, written down if nobody has yet."""
    known = BatchLotRecord.objects.filter(batch_lot_code=code).order_by("id").first()
    return known or BatchLotRecord.objects.create(batch_lot_code=code)


def _born(draft: EventDraft) -> Iterator[tuple[str, ResourceDraft]]:
    if draft.new_resource is not None:
        yield _side(draft), draft.new_resource
    if draft.new_to_resource is not None:
        yield "to", draft.new_to_resource


def _side(draft: EventDraft) -> str:
    row = ACTIONS.get(draft.action)
    return "to" if row is not None and row.create_resource == "optionalTo" else "from"


def _refuse_birth(draft: EventDraft, side: str) -> list[Refusal]:
    row = ACTIONS[draft.action]
    agents_differ = draft.provider is not None and draft.provider != draft.receiver
    may = {
        "from": row.create_resource == "optional",
        "to": (row.create_resource == "optionalTo" and (row.implied_transfer is None or agents_differ))
        or (row.create_resource == "optional" and row.implied_transfer is not None and agents_differ),
    }
    refusals = []
    if not may[side]:
        refusals.append(
            Refusal(
                "events.creates_nothing",
                gettext_noop("The action {action} brings no new resource into being here. Name a resource that exists."),
                _FIELDS[side],
                action=draft.action,
            )
        )
    if getattr(draft, SIDES[side]) is not None:
        refusals.append(
            Refusal(
                "events.creates_and_names",
                gettext_noop("This names a resource and describes a new one. Choose one of the two."),
                _FIELDS[side],
            )
        )
    return refusals


def _refuse_lot_code(code: str) -> Refusal:
    return Refusal(
        "events.lot_code",
        gettext_noop("A lot code has between 1 and {most} characters; this one has {length}."),
        "ofBatchLot",
        most=LOT_CODE_LENGTH_MAX,
        length=len(code),
    )
