"""What is promised and wished in the valley for the days to come."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from oce.apps.commitments.commands import make_commitment, make_intent
from oce.apps.processes.commands import make_plan, make_process
from oce.site.valley.people import BAKERY, FARM, GARDEN, KITCHEN, MILL, NEIGHBOURS, SHOP, STATION, TOOLS, WHEELS, WORDS
from oce.vf.measures import Measure

if TYPE_CHECKING:
    from datetime import datetime

    from oce.site.valley.books import Books

# In how many days, who, for whom, what, how many hours.
SHIFTS = (
    (1, "Ana Ruiz", BAKERY, "Baking work", 5),
    (1, "Yusuf Demir", BAKERY, "Baking work", 5), (2, "Mira Petrović", WHEELS, "Driving", 1),
    (2, "Rosa Bianchi", SHOP, "Shop work", 4),
    (3, "Ben Okafor", BAKERY, "Baking work", 5),
    (3, "Jonas Weber", MILL, "Milling work", 5),
    (4, "Nils Eriksen", GARDEN, "Gardening", 3),
    (5, "Hannah Stein", SHOP, "Shop work", 5),
    (6, "Clara Moreau", GARDEN, "Gardening", 2),
    (8, "Beatriz Costa", KITCHEN, "Jam making", 3),
)  # fmt: skip
# In how many days, from whom, to whom, what, how much, under what.
GOODS = (
    (7, MILL, BAKERY, "Flour", "146"),
    (7, MILL, BAKERY, "Rye flour", "60"), (5, KITCHEN, SHOP, "Apple butter", "24"),
    (12, FARM, MILL, "Wheat", "890"),
    (12, FARM, MILL, "Rye", "370"),
)  # fmt: skip
# Offers (from) and wishes (to): of what, how much, in what words.
WISHES = (
    ("provider", GARDEN, "Apples", "60", "Russets from the orchard, to be fetched"),
    ("provider", STATION, "Nesting box", "6", "Nesting boxes before the winter"),
    ("provider", MILL, "Bran", "40", "Bran for hens"),
    ("receiver", KITCHEN, "Empty jars", "200", "Empty jars of 340 grams, with lids"),
    ("receiver", NEIGHBOURS, "Visit", "4", "Somebody to read aloud on Sunday afternoons"),
    ("receiver", WORDS, "Translation", "1200", "Ukrainian: a form for the school"),
    ("provider", TOOLS, "Ladder", "1", "The long ladder is free until Friday"),
)


def promise(books: Books, at: datetime) -> None:
    """Write down a plan for the winter fair, and what people and groups have promised and wish for."""
    known = books.directory
    day = timedelta(days=1)
    plan = make_plan(books.actor("Noor Rahimi"), {"name": "Winter fair on the market square", "due": at + 19 * day})
    for name, group, stage, days in (
        ("Marmalade and apple butter for the fair", KITCHEN, "Jam cooking", 12),
        ("Two hundred loaves for the fair", BAKERY, "Baking", 18),
        ("Everything to the market square", WHEELS, "Transport", 19),
    ):
        times = {"has_beginning": at + days * day, "has_end": at + days * day + timedelta(hours=6)}
        values = {"name": name, "in_scope_of": known.agents[group], "based_on": known.stages[stage], **times}
        make_process(books.actor("Noor Rahimi"), {**values, "planned_within": plan})
    for days, who, group, kind, hours in SHIFTS:
        values = {"action": "work", "provider": known.agents[who], "receiver": known.agents[group]}
        _promise(books, who, kind, at + days * day, values | {"effort_quantity": Measure(Decimal(hours), "hour")})
    for days, giver, taker, kind, amount in GOODS:
        quantity = Measure(Decimal(amount), known.kinds[kind].default_unit_of_resource)
        values = {"action": "transfer", "provider": known.agents[giver], "receiver": known.agents[taker]}
        _promise(books, "Noor Rahimi", kind, at + days * day, values | {"resource_quantity": quantity})
    for side, group, kind, amount, words in WISHES:
        quantity = Measure(Decimal(amount), known.kinds[kind].default_unit_of_resource)
        values = {"action": "transfer", side: known.agents[group], "resource_conforms_to": known.kinds[kind]}
        make_intent(
            books.actor("Noor Rahimi"), {**values, "name": words, "resource_quantity": quantity, "due": at + 14 * day}
        )


def _promise(books: Books, who: str, kind: str, due: datetime, values: dict[str, Any]) -> None:
    more = {"resource_conforms_to": books.directory.kinds[kind], "due": due}
    make_commitment(books.actor(who), values | more)
