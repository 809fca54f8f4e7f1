"""What there is: by places, by kinds with their sums, and thing by thing; narrowed as somebody asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from oce.apps.agents.models import SpatialThing
from oce.apps.documents.models import Attachment
from oce.apps.documents.queries import pictures_of
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.apps.things import state
from oce.kit import clock
from oce.kit.actor import Actor, seen_by
from oce.kit.quantities import Total
from oce.vf.measures import Measure
from oce.vf.states import ZERO

PAGE_SIZE = 50
# Of more things than this, amounts are summed only once a place, a kind or a group is chosen.
SUMMED_MAX = 20_000
TILES_MAX = 24
SORTS = {
    "new": F("id").desc(),
    "name": F("name").asc(),
    # What has no day comes last, whatever the database would do.
    "day": F("of_batch_lot__expiration_date").asc(nulls_last=True),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of the inventory.

    Attributes:
        agents: the private keys of those whose things are meant; empty for all.
        stands: the name of a state (`oce.apps.things.state`); empty for everything that is not used up.
    """

    agents: frozenset[int] = frozenset()
    place: UUID | None = None
    kind: UUID | None = None
    sought: str = ""
    stands: str = ""
    sort: str = "new"
    page: int = 1


class PlaceShown(NamedTuple):
    """A place with how many things are at it and inside it, at some depth of the tree of places."""

    place: SpatialThing
    depth: int
    number: int
    is_open: bool


class Tile(NamedTuple):
    """All of a kind in one unit: how much, in how many things, how it stands, and how large its tile is drawn."""

    kind: ResourceSpecification
    amount: Measure
    number: int
    state: state.State
    size: str
    picture: Attachment | None


class Line(NamedTuple):
    """One thing in the list."""

    thing: EconomicResource
    state: state.State
    picture: Attachment | None


class Holdings:
    """What the actor sees of what was asked for; each part is read when it is shown."""

    def __init__(self, actor: Actor, asked: Asked) -> None:
        """Keep who asks, and for what."""
        self.actor = actor
        self.asked = asked

    @cached_property
    def all_places(self) -> dict[int, SpatialThing]:
        """The places that the actor sees, by private key."""
        return {each.pk: each for each in seen_by(self.actor, SpatialThing.every())}

    @cached_property
    def place(self) -> SpatialThing | None:
        """The chosen place."""
        return next((each for each in self.all_places.values() if each.uid == self.asked.place), None)

    @cached_property
    def kind(self) -> ResourceSpecification | None:
        """The chosen kind."""
        if self.asked.kind is None:
            return None
        return seen_by(self.actor, ResourceSpecification.every()).filter(uid=self.asked.kind).first()

    @cached_property
    def places(self) -> list[PlaceShown]:
        """The tree of places where something is, open along the way to the chosen one."""
        own = dict(self._held().values_list("current_location").order_by().annotate(Count("pk")))
        within: dict[int | None, list[int]] = defaultdict(list)
        for key, each in self.all_places.items():
            within[each.within_id if each.within_id in self.all_places else None].append(key)
        above = set(self._above(self.place))
        return list(self._branches(None, 0, within, own, above))

    @cached_property
    def count(self) -> int:
        """How many things there are, counted no further than anybody turns pages."""
        return self._things()[: SUMMED_MAX + 1].count()

    @property
    def is_summed(self) -> bool:
        """Whether there are so few that their sums can be shown at once."""
        return self.count <= SUMMED_MAX

    @cached_property
    def tiles(self) -> list[Tile]:
        """The kinds with their sums, the most pressing and the largest first."""
        if not self.is_summed:
            return []
        left = Q(onhand_quantity_value__gt=ZERO)
        summed = (
            self._things()
            .exclude(conforms_to=None)
            .order_by()
            .values_list("conforms_to", "onhand_quantity_unit")
            .annotate(
                there=Total("onhand_quantity_value"),
                things=Count("pk"),
                short=Count("pk", filter=Q(onhand_quantity_value__lt=ZERO)),
                day=Min("of_batch_lot__expiration_date", filter=left),
            )
        )
        rows = [row for row in summed if row[1]]
        kinds = seen_by(self.actor, ResourceSpecification.every()).in_bulk({row[0] for row in rows})
        pictures = pictures_of(kinds.values())
        made = [
            self._tile(kinds[key], Measure(total or ZERO, unit), counts, _state(total, short, day), pictures)
            for key, unit, total, counts, short, day in rows
            if key in kinds
        ]
        order = [each.name for each in state.STATES]
        made.sort(key=lambda tile: (order.index(tile.state.name), -tile.number, tile.kind.name.casefold()))
        return _sized(made[:TILES_MAX])

    @cached_property
    def lines(self) -> list[Line]:
        """The things of the page."""
        first = (self.asked.page - 1) * PAGE_SIZE
        order = SORTS.get(self.asked.sort, SORTS["new"])
        found = (
            self._things()
            .order_by(order, "-id")
            .select_related("conforms_to", "current_location", "of_batch_lot", "primary_accountable")
        )
        things = list(found[first : first + PAGE_SIZE])
        pictures = pictures_of(things)
        return [Line(each, state.state_of(each), pictures.get(each.uid)) for each in things]

    @property
    def page_count(self) -> int:
        """How many pages there are to turn."""
        return -(-self.count // PAGE_SIZE)

    @property
    def is_narrowed(self) -> bool:
        """Whether fewer things are asked for than there are."""
        asked = self.asked
        return bool(asked.place or asked.kind or asked.sought or asked.stands)

    def _held(self) -> QuerySet[EconomicResource]:
        """Return the things of those who were chosen, wherever they are, without what is used up."""
        # What people pay with lies on accounts, and not on shelves.
        money = ResourceSpecification.objects.filter(medium_of_exchange=True).values("pk")
        things = seen_by(self.actor, EconomicResource.every()).exclude(conforms_to__in=money)
        if self.asked.agents:
            things = things.filter(primary_accountable__in=self.asked.agents)
        return things if self.asked.stands == state.GONE.name else things.filter(_standing(self.asked.stands))

    def _things(self) -> QuerySet[EconomicResource]:
        things = self._held()
        if self.asked.stands == state.GONE.name:
            things = things.filter(_standing(state.GONE.name))
        if self.place is not None:
            things = things.filter(current_location__in=self._below(self.place))
        if self.kind is not None:
            things = things.filter(conforms_to=self.kind)
        if self.asked.sought:
            things = things.filter(_named(self.asked.sought))
        return things

    def _above(self, place: SpatialThing | None) -> Iterable[int]:
        seen: set[int] = set()
        while place is not None and place.pk not in seen:
            seen.add(place.pk)
            yield place.pk
            place = self.all_places.get(place.within_id or 0)

    def _below(self, place: SpatialThing) -> set[int]:
        return {key for key, each in self.all_places.items() if place.pk in set(self._above(each))}

    def _branches(
        self,
        parent: int | None,
        depth: int,
        within: dict[int | None, list[int]],
        own: dict[int | None, int],
        above: Collection[int],
    ) -> Iterable[PlaceShown]:
        for key in sorted(within.get(parent, ()), key=lambda key: self.all_places[key].name.casefold()):
            count = sum(own.get(each, 0) for each in self._inside(key, within))
            is_open = key in above
            if count or is_open:
                yield PlaceShown(self.all_places[key], depth, count, is_open)
                if is_open:
                    yield from self._branches(key, depth + 1, within, own, above)

    def _inside(self, key: int, within: dict[int | None, list[int]]) -> set[int]:
        reached: set[int] = set()
        waiting = [key]
        while waiting:
            each = waiting.pop()
            if each not in reached:
                reached.add(each)
                waiting.extend(within.get(each, ()))
        return reached

    @staticmethod
    def _tile(
        kind: ResourceSpecification,
        amount: Measure,
        count: int,
        stands: state.State,
        pictures: dict[UUID, Attachment],
    ) -> Tile:
        return Tile(kind, amount, count, stands, "", pictures.get(kind.uid))


def _state(total: Decimal | None, short: int, day: object) -> state.State:
    if short:
        return state.SHORT
    return state.by_day(day) if total else state.GONE  # type: ignore[arg-type]


def _sized(tiles: list[Tile]) -> list[Tile]:
    """Return the tiles with their sizes: large for most of what there is in a unit, wide for a good part of it."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for tile in tiles:
        totals[tile.amount.unit] += max(tile.amount.value, ZERO)
    shares = [tile.amount.value / totals[tile.amount.unit] if totals[tile.amount.unit] else ZERO for tile in tiles]
    return [
        tile._replace(
            size="large" if share > Decimal("0.5") and len(tiles) > 1 else "wide" if share > Decimal("0.2") else ""
        )
        for tile, share in zip(tiles, shares, strict=True)
    ]


def _standing(stands: str) -> Q:
    """Return the condition that a thing stands so; without a word, that something of it is left or missing."""
    now = clock.now()
    left = Q(onhand_quantity_value__gt=ZERO)
    dated = BatchLotRecord.objects.filter(expiration_date__lte=now + state.SOON).values("pk")
    over = BatchLotRecord.objects.filter(expiration_date__lte=now).values("pk")
    return {
        state.EXPIRED.name: left & Q(of_batch_lot__in=over),
        state.SOON_OVER.name: left & Q(of_batch_lot__in=dated) & ~Q(of_batch_lot__in=over),
        state.SHORT.name: Q(onhand_quantity_value__lt=ZERO),
        state.GONE.name: Q(onhand_quantity_value=ZERO) | Q(onhand_quantity_value=None),
        state.ENOUGH.name: left & (Q(of_batch_lot=None) | ~Q(of_batch_lot__in=dated)),
    }.get(stands, left | Q(onhand_quantity_value__lt=ZERO))


def _named(sought: str) -> Q:
    lots = BatchLotRecord.objects.filter(batch_lot_code__icontains=sought).values("pk")
    return (
        Q(name__icontains=sought)
        | Q(tracking_identifier__icontains=sought)
        | Q(of_batch_lot__in=lots)
        | Q(conforms_to__name__icontains=sought)
    )
