"""Resources that events bring into being: what was told of them, checked, then made before the events happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID
from zlib import crc32

from oce.apps.events.lookups import text_of
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.kit import locks
from oce.kit.identifiers import new_uid
from oce.kit.records import found_by_reference, read_uid
from oce.kit.rows import insert
from oce.kit.values import read_values, refuse_unknown
from oce.kit.writing import known
from oce.vf.actions import ACTIONS
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oce.apps.events.drafts import EventDraft, ResourceDraft

SIDES = {"from": "resource_inventoried_as", "to": "to_resource_inventoried_as"}
_FIELDS = {"from": "resourceInventoriedAs", "to": "toResourceInventoriedAs"}
_COLUMNS = tuple(field.attname for field in EconomicResource._meta.concrete_fields if not field.primary_key)  # noqa: SLF001 (documented by Django)
LOT_CODE_LENGTH_MAX = 200
# The database bounds how many locks a wish may hold; a wish may bring in more lots than that.
LOT_LOCKS = 64
# What a part that is handed over, moved or copied has in common with the thing it comes from, besides its stage and state,
# which only the recorder knows: an earlier event of the same wish may have set them.
TAKEN_OVER = ("conforms_to", "of_batch_lot", "name", "classified_as", "unit_of_effort", "image")


def canonical(reference: str) -> str:
    """Return one text for all spellings of a reference: the identifier, or a foreign address as it is."""
    uid = read_uid(reference)
    return reference if uid is None else str(uid)


class Births:
    """The resources that some drafts create, by draft and side."""

    def __init__(self, drafts: Sequence[EventDraft]) -> None:
        """Give each resource to be made the reference by which later drafts may name it."""
        self._given: dict[tuple[int, str], str] = {}
        self._named: dict[tuple[int, str], str | None] = {}
        self._plain: dict[tuple[int, str], dict[str, Any]] = {}
        self._uids: dict[tuple[int, str], UUID] = {}
        self._kinds: dict[str, ResourceSpecification | str] = {}
        self._sources = self._split_from(drafts)
        for draft in drafts:
            for side, born in _born(draft):
                uid = born.uid or new_uid()
                self._uids[id(draft), side] = uid
                self._given[id(draft), side] = str(uid)

    def __bool__(self) -> bool:
        """Return whether anything is created."""
        return bool(self._given)

    def reference(self, draft: EventDraft, side: str) -> str | None:
        """Return the reference of the resource on a side of the draft, whether it exists or is made here."""
        place = (id(draft), side)
        given = self._given.get(place)
        if given is None and place not in self._named:
            reference = getattr(draft, SIDES[side])
            self._named[place] = None if reference is None else canonical(text_of(reference))
        return given or self._named[place]

    def is_part(self, draft: EventDraft) -> bool:
        """Return whether the to resource of a draft is made here, of something else, and what it is follows from that."""
        new = next((born for side, born in _born(draft) if side == "to"), None)
        return new is not None and new.iri is None

    def unknown(self, reference: str, side: str) -> Refusal:
        """Return the refusal of a reference that means no resource."""
        return refuse_unknown(EconomicResource, reference, _FIELDS[side])

    def refuse(self, draft: EventDraft) -> list[Refusal]:
        """Return what is wrong with the resources a draft creates, and keep them for `make`."""
        refusals: list[Refusal] = []
        for side, born in _born(draft):
            refusals += _refuse_birth(draft, side)
            plain, faults = read_values(EconomicResource, self._values(draft, born, side), is_new=True)
            refusals += faults
            if born.lot_code is not None and not _is_lot_code(born.lot_code):
                refusals.append(_refuse_lot_code(born.lot_code))
            self._plain[id(draft), side] = plain
        return refusals

    def make(self, drafts: Sequence[EventDraft]) -> None:
        """Write down the new resources, with nothing in them yet."""
        born = [(id(draft), side, each) for draft in drafts for side, each in _born(draft)]
        if not born:
            return
        codes = {each.lot_code for _, _, each in born if each.lot_code is not None}
        lots = _lots(codes) if codes else {}
        resources = []
        for number, side, each in born:
            plain = self._plain[number, side]
            if each.lot_code is not None:
                plain["of_batch_lot"] = lots[each.lot_code]
            resource = EconomicResource(uid=self._uids[number, side], iri=each.iri, **plain)
            resources.append(tuple([getattr(resource, column) for column in _COLUMNS]))
        insert(EconomicResource, _COLUMNS, resources)

    def _split_from(self, drafts: Sequence[EventDraft]) -> dict[str, dict[str, Any]]:
        """Return what new to resources take over from the resources they are split from, by reference of these."""
        references = {
            canonical(text_of(draft.resource_inventoried_as))
            for draft in drafts
            if draft.resource_inventoried_as is not None and any(side == "to" for side, _ in _born(draft))
        }
        found = found_by_reference(EconomicResource, references) if references else {}
        return {
            reference: {name: value for name in TAKEN_OVER if (value := getattr(record, name)) not in (None, "", [])}
            for reference, record in found.items()
        }

    def _values(self, draft: EventDraft, born: ResourceDraft, side: str) -> dict[str, Any]:
        """Return what is told of a new resource, its kind as a record: many drafts of one wish make things of one kind.

        What goes over into a new to resource stays what it was: its kind, lot, name and tags, unless something else is told.
        A resource that was born elsewhere is what is said of it there, and takes nothing over.
        """
        values = dict(born.values)
        if draft.resource_conforms_to is not None:
            values.setdefault("conforms_to", draft.resource_conforms_to)
        source = self.reference(draft, "from")
        if side == "to" and source is not None and self.is_part(draft):
            values = self._source(source) | values
        kind = values.get("conforms_to")
        if isinstance(kind, str | UUID):
            text = str(kind)
            if text not in self._kinds:
                found = known(ResourceSpecification, [text]).get(text)
                self._kinds[text] = text if found is None else found.meant
            values["conforms_to"] = self._kinds[text]
        return values

    def _source(self, reference: str) -> dict[str, Any]:
        """Return what is taken over from a resource that is there, or that an earlier draft of the wish brings in."""
        if reference in self._sources:
            return self._sources[reference]
        earlier = next((key for key, given in self._given.items() if given == reference and key in self._plain), None)
        told = {} if earlier is None else self._plain[earlier]
        return {name: told[name] for name in TAKEN_OVER if told.get(name) not in (None, "", [])}


def _lots(codes: set[str]) -> dict[str, BatchLotRecord]:
    """Return the lots of these codes, those written down that nobody has written down yet."""
    # Two wishes that bring in the same lot at once write it down once.
    for number in sorted({crc32(code.encode()) % LOT_LOCKS for code in codes}):
        locks.alone(f"lots {number}")
    lots = {lot.batch_lot_code: lot for lot in BatchLotRecord.objects.filter(batch_lot_code__in=codes).order_by("-id")}
    new = [BatchLotRecord(batch_lot_code=code) for code in sorted(codes - set(lots))]
    return lots | {lot.batch_lot_code: lot for lot in BatchLotRecord.objects.bulk_create(new)}


def _is_lot_code(code: str) -> bool:
    return 0 < len(code) <= LOT_CODE_LENGTH_MAX and code.isprintable()


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
                gettext_noop(
                    "The action {action} brings no new resource into being here. Name a resource that exists."
                ),
                _FIELDS[side],
                action=draft.action,
            )
        )
    is_told_twice = draft.new_to_resource is not None and draft.new_resource is not None and _side(draft) == "to"
    if is_told_twice or getattr(draft, SIDES[side]) is not None:
        refusals.append(
            Refusal(
                "events.creates_and_names",
                gettext_noop("This names a resource and describes a new one, or describes two. Choose one of them."),
                _FIELDS[side],
            )
        )
    return refusals


def _refuse_lot_code(code: str) -> Refusal:
    return Refusal(
        "events.lot_code",
        gettext_noop(
            "A lot code has between 1 and {most} characters that can be seen; this one has {length}. Write it anew."
        ),
        "ofBatchLot",
        most=LOT_CODE_LENGTH_MAX,
        length=len(code),
    )
