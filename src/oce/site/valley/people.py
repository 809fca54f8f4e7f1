"""Who lives in the valley: its groups and the groups within them, its people, and who belongs where."""

from __future__ import annotations

from typing import NamedTuple


class Group(NamedTuple):
    """A group: what it is for, where it is at home, and the larger group that it is a part of."""

    name: str
    note: str
    place: str | None = None
    part_of: str | None = None


class Member(NamedTuple):
    """A person: the groups they belong to, and the one they coordinate, if any."""

    name: str
    groups: tuple[str, ...]
    coordinates: str | None = None


COMMONS = "Alder Valley Commons"
FOOD = "Valley Food Network"
FARM = "Riverfield Farm"
MILL = "Stone Mill"
BAKERY = "Hearth Bakery"
SHOP = "Corner Shop"
WHEELS = "Green Wheels"
GARDEN = "Brook Garden"
KITCHEN = "Jam Kitchen"
WORDS = "Plain Words"
SUBTITLES = "Subtitle Team"
OFFICES = "Public Offices Desk"
BENCH = "Open Bench"
SOIL = "Soil Sensor Team"
STATION = "Old Station Makerspace"
NEIGHBOURS = "Linden Street Neighbours"
REPAIR = "Repair Café"
TOOLS = "Tool Library"

# What these do is nobody else's business; all other groups can be looked at by everybody.
CLOSED = {OFFICES}

GROUPS = (
    Group(COMMONS, "What the people of the valley do together: food, words, tools and care."),
    Group(FOOD, "From the field to the table, all within twelve kilometres.", None, COMMONS),
    Group(FARM, "Wheat and rye on eleven hectares, without poison, with the river in mind.", "Riverfield", FOOD),
    Group(MILL, "Two stones, water power and patience: flour for the whole valley.", "Mill yard", FOOD),
    Group(BAKERY, "Bread with time. Three mornings a week, from the valley's own flour.", "Bakehouse", FOOD),
    Group(SHOP, "A shop that belongs to those who buy in it.", "Shop", FOOD),
    Group(WHEELS, "One electric van and two cargo bikes for everybody's loads.", "Van yard", FOOD),
    Group(GARDEN, "Vegetables, berries and old fruit trees along the brook.", "Brook Garden", FOOD),
    Group(KITCHEN, "What the garden has too much of in summer, we keep for winter.", "Jam kitchen", GARDEN),
    Group(WORDS, "Translators who share work, reviews and income.", "Reading room", COMMONS),
    Group(SUBTITLES, "Films and talks that everybody can follow.", None, WORDS),
    Group(OFFICES, "Letters from offices, in words that people understand.", None, WORDS),
    Group(BENCH, "Open hardware: built together, documented for everybody.", "Bench room", COMMONS),
    Group(SOIL, "A soil probe that any farm can build and mend.", "Bench room", BENCH),
    Group(STATION, "Machines, benches and people who show how to use them.", "Old station", COMMONS),
    Group(NEIGHBOURS, "Forty households who lend, mend and look in on each other.", "Linden Street", COMMONS),
    Group(REPAIR, "Bring what is broken on the last Saturday of the month.", "Old station", NEIGHBOURS),
    Group(TOOLS, "Why should every house own a ladder?", "Tool shed", NEIGHBOURS),
)

# Those with whom the valley deals, and who keep their own books.
OUTSIDE = (
    Group("Guests of the shop", "Whoever comes in and is no member."),
    Group("Valley Food Pantry", "Takes what is left over and brings it to those who need it.", "Linden Street"),
    Group("Harbour Wholesale", "Sugar, salt, oranges and jars, by the pallet."),
    Group("Harbour Electronics", "Chips, cables and sensors."),
    Group("Northwood Sawmill", "Boards of larch, ash and oak."),
    Group("River Clinic", "The health centre at the bridge.", "River Clinic"),
    Group("Town Library", "Books, films and a warm room.", "Town library"),
    Group("Meadow School", "Three hundred pupils and a school garden.", "Meadow School"),
    Group("Alder Film Festival", "Nine days of films in October."),
    Group("Alderbrook Town Hall", "The offices of the town."),
)

PEOPLE = (
    Member("Hilde Brandt", (FARM,), FARM),
    Member("Jonas Weber", (MILL,), MILL),
    Member("Ana Ruiz", (BAKERY, NEIGHBOURS), BAKERY),
    Member("Ben Okafor", (BAKERY,)),
    Member("Mira Petrović", (WHEELS,), WHEELS),
    Member("Noor Rahimi", (SHOP, FOOD), SHOP),
    Member("Greta Lindqvist", (SHOP, NEIGHBOURS)),
    Member("Emil Novak", (SHOP, REPAIR)),
    Member("Inês Carvalho", (WORDS, OFFICES), WORDS),
    Member("Tomasz Zieliński", (WORDS, SUBTITLES, BENCH), SUBTITLES),
    Member("Layla Haddad", (WORDS, OFFICES, NEIGHBOURS), OFFICES),
    Member("Sofia Marin", (WORDS, SUBTITLES)),
    Member("Aiko Tanaka", (BENCH, SOIL), BENCH),
    Member("Mateo Silva", (BENCH, SOIL, STATION), SOIL),
    Member("Priya Nair", (BENCH, SOIL)),
    Member("Leo Fischer", (BENCH, STATION, REPAIR), STATION),
    Member("Kwame Mensah", (FARM, FOOD), FOOD),
    Member("Ruth Adler", (FARM,)),
    Member("Pavel Dvořák", (FARM, WHEELS)),
    Member("Lucía Herrero", (MILL,)),
    Member("Oskar Nyberg", (MILL,)),
    Member("Yusuf Demir", (BAKERY,)),
    Member("Marta Kowalska", (BAKERY, GARDEN)),
    Member("Hannah Stein", (SHOP,)),
    Member("Rosa Bianchi", (SHOP, KITCHEN)),
    Member("Arjun Mehta", (SHOP, TOOLS)),
    Member("Eva Horvat", (WHEELS, SHOP)),
    Member("Samir Khalil", (WHEELS,)),
    Member("Clara Moreau", (GARDEN, KITCHEN), GARDEN),
    Member("Nils Eriksen", (GARDEN,)),
    Member("Fatima Zahra Idrissi", (GARDEN, KITCHEN), KITCHEN),
    Member("Anton Gruber", (GARDEN, NEIGHBOURS)),
    Member("Mei Chen", (GARDEN,)),
    Member("Beatriz Costa", (KITCHEN,)),
    Member("Ivana Jurić", (KITCHEN, SHOP)),
    Member("Henrik Dahl", (WORDS,)),
    Member("Amina Yusuf", (WORDS, OFFICES)),
    Member("Claire Dubois", (WORDS, SUBTITLES)),
    Member("Ravi Shankar Iyer", (WORDS,)),
    Member("Elif Kaya", (WORDS, SHOP)),
    Member("Daniel Osei", (BENCH, STATION)),
    Member("Sanne de Vries", (BENCH, SOIL)),
    Member("Gabriel Souza", (SOIL, FARM)),
    Member("Katya Morozova", (BENCH,)),
    Member("Paul Keller", (STATION,)),
    Member("Zeynep Arslan", (STATION, SHOP)),
    Member("Miguel Santos", (STATION, REPAIR)),
    Member("Freya Olsen", (STATION, WORDS)),
    Member("Josef Huber", (NEIGHBOURS, REPAIR), REPAIR),
    Member("Agnes Huber", (NEIGHBOURS, SHOP), NEIGHBOURS),
    Member("Tariq Aziz", (NEIGHBOURS, TOOLS), TOOLS),
    Member("Linh Nguyen", (NEIGHBOURS, SHOP)),
    Member("Martin Vogel", (NEIGHBOURS, TOOLS)),
    Member("Esther Goldberg", (NEIGHBOURS, SHOP)),
    Member("Dina Popescu", (NEIGHBOURS, REPAIR)),
    Member("Carlos Vega", (NEIGHBOURS,)),
    Member("Ingrid Solberg", (SHOP,)),
    Member("Farid Nazari", (SHOP, WHEELS)),
    Member("Theresa Maier", (SHOP, COMMONS), COMMONS),
    Member("Nikolai Weiss", (SHOP,)),
)


def members_of(group: str) -> list[str]:
    """Return the names of those who belong to a group itself."""
    return [each.name for each in PEOPLE if group in each.groups]


def coordinator_of(group: str) -> str:
    """Return the name of who coordinates a group."""
    return next(each.name for each in PEOPLE if each.coordinates == group)
