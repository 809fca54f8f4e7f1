"""A large network to measure in: ten thousand agents, a hundred thousand things, a million events, the same every time.

Its groups lie in federations, its things in places and lots; work and goods flow between groups by agreements. Who is
busy is busier than most, as everywhere. The events go through the rules of the house, the rest is written in bulk. `COORDINATOR`
and `MEMBER` can sign in: one coordinates a federation with its groups, the other is a busy member of one of these groups.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

Row = dict[str, Any]

EVENTS = int(os.environ.get("OCE_BENCH_EVENTS", "1000000"))
RESOURCES = EVENTS // 10
AGENTS = max(EVENTS // 100, 200)
GROUPS = AGENTS // 32
FEDERATIONS = max(GROUPS // 30, 2)
PROCESSES, LOTS, PROMISES = EVENTS // 50, EVENTS // 30, EVENTS // 30
AGREEMENTS, PLANS, CLAIMS = EVENTS // 100, EVENTS // 500, EVENTS // 200
LINES = EVENTS // 4
KINDS, PLACES, STAGES = 400, 400, 20
DAYS = 730
COORDINATOR, MEMBER = "coordinator@bench.example", "member@bench.example"
# Who they are among the people, the busiest first: they log two or three things a day.
LEADING, BELONGING = 12, 3
FIRST = (
    "Ana",
    "Bela",
    "Cem",
    "Dilan",
    "Eva",
    "Faruk",
    "Grete",
    "Hugo",
    "Inga",
    "Jon",
    "Käthe",
    "Luz",
    "Mário",
    "Noa",
    "Ola",
    "Pia",
)
LAST = (
    "Anders",
    "Baker",
    "Costa",
    "Dvořák",
    "Ekman",
    "Ferrer",
    "Gruber",
    "Hansen",
    "Ivanova",
    "Jansen",
    "Kim",
    "Lopes",
)
GOODS = (
    "Plum jam",
    "Rye bread",
    "Wheat flour",
    "Honey",
    "Goat cheese",
    "Oak board",
    "Circuit board",
    "Wool",
    "Cider",
    "Soap",
)
WORK = ("Baking", "Milling", "Weeding", "Bookkeeping", "Translating", "Soldering", "Delivery", "Cooking")
SHARED = ("network",) * 17 + ("group",) * 2 + ("public",)


@dataclass(frozen=True)
class Written:
    """The records that events are told of, each list in the order of birth."""

    people: list[Any]
    groups: list[Any]
    kinds: list[Any]
    work: list[Any]
    processes: list[Any]
    resources: list[Any]
    agreements: list[Any]
    places: list[Any]


def fill(tell: Callable[[str], None] = print) -> None:
    """Write the network into the running database, unless it is there."""
    from django.db import connection, transaction

    from oce.apps.events.models import EconomicEvent
    from oce.kit.clock import now

    if EconomicEvent.objects.exists():
        return
    chance = random.Random(1871)
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    tell(f"  writing {AGENTS:,} agents, {RESOURCES:,} things and {EVENTS:,} events")
    with transaction.atomic():
        written = _records(chance, today)
        _belonging(chance, today, written)
        _ledger(chance, today, written)
        _promises(chance, today, written)
        _journal(today)
    if connection.vendor == "postgresql":
        # As its own keeper of statistics does within a minute.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _busy(chance: random.Random, many: Sequence[Any]) -> Any:
    """Return one of many, an early one far more often than a late one."""
    return many[int(len(many) * chance.random() ** 3)]


def _records(chance: random.Random, today: datetime) -> Written:
    """Write everybody, the catalogue and the places, then all that people work at and have."""
    from oce.apps.agents.models import Agent, SpatialThing
    from oce.apps.knowledge.models import ProcessSpecification, ResourceSpecification

    regions = SpatialThing.objects.bulk_create(SpatialThing(name=f"Region {number}") for number in range(10))
    places = SpatialThing.objects.bulk_create(
        SpatialThing(name=f"Store {number}", within=regions[number % 10]) for number in range(PLACES)
    )
    people = Agent.objects.bulk_create(
        Agent(agent_class="Person", name=f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}")
        for number in range(AGENTS - GROUPS)
    )
    groups = Agent.objects.bulk_create(
        Agent(agent_class="Organization", name=_group_name(number), primary_location=places[number % PLACES])
        for number in range(GROUPS)
    )
    kinds = ResourceSpecification.objects.bulk_create(
        ResourceSpecification(
            name=f"{chance.choice(GOODS)} {number}",
            default_unit_of_resource="kilogram",
            resource_classified_as=[chance.choice(("food", "craft", "electronics"))],
        )
        for number in range(KINDS)
    )
    work = ResourceSpecification.objects.bulk_create(
        ResourceSpecification(name=name, default_unit_of_effort="hour") for name in WORK
    )
    stages = ProcessSpecification.objects.bulk_create(
        ProcessSpecification(name=f"{WORK[number % len(WORK)]} {number}") for number in range(STAGES)
    )
    processes = _processes(chance, today, groups, stages)
    resources = _things(chance, today, kinds)
    agreements = _agreements(chance, today)
    return Written(people, groups, kinds, work, processes, resources, agreements, places)


def _processes(chance: random.Random, today: datetime, groups: list[Any], stages: list[Any]) -> list[Any]:
    from oce.apps.processes.models import Plan, Process

    plans = Plan.objects.bulk_create(
        Plan(name=f"Plan {number}", group=_busy(chance, groups), due=today + timedelta(days=chance.randrange(-300, 60)))
        for number in range(PLANS)
    )
    return Process.objects.bulk_create(
        Process(
            name=f"{chance.choice(WORK)} of batch {number}",
            based_on=chance.choice(stages),
            in_scope_of=_busy(chance, groups),
            planned_within=chance.choice(plans),
            has_beginning=today - timedelta(days=DAYS) * (1 - number / PROCESSES),
            finished=number < PROCESSES - PROCESSES // 10,
            visibility=chance.choice(SHARED),
        )
        for number in range(PROCESSES)
    )


def _things(chance: random.Random, today: datetime, kinds: list[Any]) -> list[Any]:
    from oce.apps.resources.models import BatchLotRecord, EconomicResource

    lots = BatchLotRecord.objects.bulk_create(
        BatchLotRecord(
            batch_lot_code=f"L-{number:06}", expiration_date=today + timedelta(days=number * 1000 // LOTS - 900)
        )
        for number in range(LOTS)
    )
    return EconomicResource.objects.bulk_create(
        (
            EconomicResource(
                name=f"{kinds[number % KINDS].name.rpartition(' ')[0]} of day {number // 100}, {number % 100}",
                tracking_identifier=f"T{number:07}" if number % 10 == 0 else "",
                conforms_to=kinds[number % KINDS],
                of_batch_lot=lots[number * LOTS // RESOURCES],
                visibility=chance.choice(SHARED),
            )
            for number in range(RESOURCES)
        ),
        batch_size=5_000,
    )


def _agreements(chance: random.Random, today: datetime) -> list[Any]:
    from oce.apps.agreements.models import Agreement

    return Agreement.objects.bulk_create(
        Agreement(
            name=f"Order {number}", visibility=chance.choice(SHARED), created=today - timedelta(days=number % DAYS)
        )
        for number in range(AGREEMENTS)
    )


def _group_name(number: int) -> str:
    if number == 0:
        return "The whole network"
    if number <= FEDERATIONS:
        return f"Federation {number}"
    return f"{GOODS[number % len(GOODS)]} cooperative {number}"


def _belonging(chance: random.Random, today: datetime, written: Written) -> None:
    """Lay groups in federations and these in the whole, everybody in a group or two, and let two people sign in."""
    from oce.apps.agents.models import AgentRelationship, AgentRelationshipRole
    from oce.apps.members.accounts import Account
    from oce.apps.members.models import COORDINATOR as COORDINATING
    from oce.apps.members.models import MEMBER as MEMBERS
    from oce.apps.members.models import Membership, Role

    part, belonging = (AgentRelationshipRole.objects.get(kind_of_role=kind) for kind in ("part_of", "member"))
    coordinating, member = (Role.objects.get(iri=iri) for iri in (COORDINATING, MEMBERS))
    since = today - timedelta(days=DAYS + 30)
    whole, federations, cooperatives = (
        written.groups[0],
        written.groups[1 : FEDERATIONS + 1],
        written.groups[FEDERATIONS + 1 :],
    )
    ties = [
        *((each, part, whole) for each in federations),
        *((each, part, federations[number % FEDERATIONS]) for number, each in enumerate(cooperatives)),
    ]
    members = {(number, _busy(chance, cooperatives).pk) for number in range(len(written.people)) for _ in range(2)}
    members |= {(LEADING, federations[0].pk), (BELONGING, cooperatives[0].pk)}
    groups = {each.pk: each for each in written.groups}
    ties += [(written.people[number], belonging, groups[group]) for number, group in sorted(members)]
    relationships = AgentRelationship.objects.bulk_create(
        AgentRelationship(subject=subject, relationship=role, object=object_, has_beginning=since)
        for subject, role, object_ in ties
    )
    Membership.objects.bulk_create(
        Membership(
            member=each.subject,
            group=each.object,
            role=coordinating if each.object == federations[0] or number % 40 == 0 else member,
            relationship=each,
            has_beginning=since,
        )
        for number, each in enumerate(relationships[len(written.groups) - 1 :])
    )
    through: Any = type(written.agreements[0]).parties.through
    through.objects.bulk_create(
        through(agreement_id=each.pk, agent_id=group.pk)
        for each in written.agreements
        for group in chance.sample(written.groups, 2)
    )
    for person, address in ((written.people[LEADING], COORDINATOR), (written.people[BELONGING], MEMBER)):
        Account.objects.create(email=address, person=person, made=since, password="!")  # noqa: S106 (none fits)


def _ledger(chance: random.Random, today: datetime, written: Written) -> None:
    """Tell the events through the rules of the house, as an import does."""
    import pyarrow as pa

    from oce.apps.events.bulk import record_table

    told = {name: [] for name in _COLUMNS}  # type: dict[str, list[Any]]
    step = timedelta(days=DAYS) / EVENTS
    for number, row in enumerate(_events(chance, written)):
        moment = today - timedelta(days=DAYS) + step * number
        row |= {"has_point_in_time": moment, "created": moment, "visibility": chance.choice(SHARED)}
        for name, values in told.items():
            values.append(row.get(name))
    record_table(pa.table(told))


_COLUMNS = (
    "action", "provider", "receiver", "resource_inventoried_as", "to_resource_inventoried_as", "resource_conforms_to",
    "input_of", "output_of", "resource_quantity_value", "resource_quantity_unit", "effort_quantity_value",
    "effort_quantity_unit", "to_location", "realization_of", "has_point_in_time", "created", "visibility", "note",
)  # fmt: skip


def _events(chance: random.Random, written: Written) -> Iterator[Row]:
    """Yield what happens: of each ten events one makes a thing, the others work, use up what there is, and hand it on."""
    of = {name: [str(each.uid) for each in getattr(written, name)] for name in Written.__dataclass_fields__}
    owners: list[str] = []
    left: list[int] = []
    each = EVENTS // RESOURCES
    for number in range(EVENTS):
        now = number // each
        process = of["processes"][min(now * PROCESSES // RESOURCES + chance.randrange(3), PROCESSES - 1)]
        kind = number % each
        if kind == 0:
            owners.append(_busy(chance, of["groups"]))
            left.append(chance.choice((20, 50, 100, 400)))
            row = {"provider": owners[now], "receiver": owners[now], "resource_inventoried_as": of["resources"][now]}
            row |= _kilograms(left[now]) | {"to_location": of["places"][now % PLACES]}
            yield row | ({"action": "produce", "output_of": process} if now % 5 else {"action": "raise"})
        elif kind < 5:
            who = _busy(chance, of["people"])
            effort = {
                "effort_quantity_value": chance.choice(("0.5", "1", "1.5", "2", "4")),
                "effort_quantity_unit": "hour",
            }
            note = {"note": f"{chance.choice(WORK)} with {chance.choice(FIRST)}"} if number % 3 == 0 else {}
            work = {"action": "work", "provider": who, "receiver": _busy(chance, of["groups"])}
            yield work | {"resource_conforms_to": _busy(chance, of["work"]), "input_of": process} | effort | note
        else:
            thing = max(now - int(2_000 * chance.random() ** 2), 0)
            taken = left[thing] if chance.random() < 0.2 else min(left[thing], 5)
            other = thing - KINDS
            if kind > 7 and other >= 0 and owners[other] != owners[thing]:
                left[thing], left[other] = left[thing] - taken, left[other] + taken
                handed = {"action": "transfer", "provider": owners[thing], "receiver": owners[other]}
                handed |= {
                    "resource_inventoried_as": of["resources"][thing],
                    "to_resource_inventoried_as": of["resources"][other],
                }
                yield handed | _kilograms(taken or 1) | {"realization_of": chance.choice(of["agreements"])}
            else:
                left[thing] -= taken
                used = {"action": "consume", "provider": owners[thing], "receiver": owners[thing], "input_of": process}
                yield used | {"resource_inventoried_as": of["resources"][thing]} | _kilograms(taken or 1)


def _kilograms(amount: int) -> Row:
    return {"resource_quantity_value": str(amount), "resource_quantity_unit": "kilogram"}


def _promises(chance: random.Random, today: datetime, written: Written) -> None:
    """Promise things between groups, some of them late, and claim some in return."""
    from oce.apps.claims.models import Claim
    from oce.apps.commitments.models import Commitment, Intent

    def flow(number: int) -> Row:
        return {
            "action": "transfer",
            "provider": _busy(chance, written.groups),
            "receiver": _busy(chance, written.groups),
            "resource_conforms_to": chance.choice(written.kinds),
            "resource_quantity_value": Decimal(chance.randrange(1, 100)),
            "resource_quantity_unit": "kilogram",
            "due": today + timedelta(days=number % 400 - 340),
            "finished": number % 10 != 0,
            "visibility": chance.choice(SHARED),
        }

    Intent.objects.bulk_create(Intent(name=f"Wish {number}", **flow(number)) for number in range(PROMISES // 3))
    Commitment.objects.bulk_create(
        Commitment(
            clause_of=written.agreements[number % AGREEMENTS], input_of=chance.choice(written.processes), **flow(number)
        )
        for number in range(PROMISES)
    )
    Claim.objects.bulk_create(Claim(**flow(number)) for number in range(CLAIMS))


def _journal(today: datetime) -> None:
    from oce.kit.journal import JournalLine

    JournalLine.objects.bulk_create(
        (
            JournalLine(
                at=today - timedelta(minutes=number), actor="Ana", command="record_event", subjects=[], words={}
            )
            for number in range(LINES, 0, -1)
        ),
        batch_size=10_000,
    )
