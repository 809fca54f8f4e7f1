"""What the valley deals with: kinds of things, of work, of money and of steps, as its catalogue lists them."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of resource: the unit it is counted in, its tag, what is worth knowing of it."""

    name: str
    unit: str
    tag: str
    note: str = ""


# Units of the valley's own: the identifier, which is also how it is called.
UNITS = ("loaf", "jar", "word")
# Each tag with the wider one that it stands under.
TAGS = {
    "food": None, "grain": "food", "bread": "food", "fruit": "food", "vegetables": "food", "preserves": "food",
    "ingredients": "food", "work": None, "service": None, "hardware": None, "electronics": "hardware",
    "material": "hardware", "tools": "hardware", "knowledge": None, "money": None, "packaging": None,
}  # fmt: skip

PIECES = "one"
THINGS = (
    Kind("Seed", "kilogram", "grain"),
    Kind("Wheat", "kilogram", "grain", "Soft wheat, grown and dried at Riverfield."),
    Kind("Rye", "kilogram", "grain", "Champagne rye, tall and hardy."),
    Kind("Flour", "kilogram", "ingredients", "Stone-ground wheat flour."),
    Kind("Rye flour", "kilogram", "ingredients", "Stone-ground, with the whole grain."),
    Kind("Bran", "kilogram", "grain", "What the sieve keeps back: good for hens and as mulch."),
    Kind("Salt", "kilogram", "ingredients"),
    Kind("Sugar", "kilogram", "ingredients"),
    Kind("Bread", "loaf", "bread", "Country loaf of 900 grams, wheat, three days old at its best."),
    Kind("Rye bread", "loaf", "bread", "Sourdough loaf of 950 grams."),
    Kind("Strawberries", "kilogram", "fruit"),
    Kind("Raspberries", "kilogram", "fruit"),
    Kind("Plums", "kilogram", "fruit"),
    Kind("Apples", "kilogram", "fruit", "Old varieties: russet, gravensteiner, pearmain."),
    Kind("Oranges", "kilogram", "fruit", "The only fruit that comes from far away, in January, by train."),
    Kind("Lettuce", PIECES, "vegetables"),
    Kind("Tomatoes", "kilogram", "vegetables"),
    Kind("Carrots", "kilogram", "vegetables"),
    Kind("Leeks", "kilogram", "vegetables"),
    Kind("Pumpkins", "kilogram", "vegetables"),
    Kind("Jam mass", "kilogram", "ingredients", "Cooked fruit on its way into jars."),
    Kind("Compost", "kilogram", "material", "Stones, stalks and peel, back to the beds."),
    Kind("Empty jars", PIECES, "packaging", "340 grams, washed and used again."),
    Kind("Strawberry jam", "jar", "preserves", "340 grams. Fruit, sugar, nothing else."),
    Kind("Raspberry jam", "jar", "preserves", "340 grams. Fruit, sugar, nothing else."),
    Kind("Plum jam", "jar", "preserves", "340 grams, cooked for a long night."),
    Kind("Apple butter", "jar", "preserves", "340 grams, with a little cinnamon."),
    Kind("Marmalade", "jar", "preserves", "340 grams of bitter sweetness."),
    Kind("Crate", PIECES, "packaging"),
    Kind("Roller mill", PIECES, "tools"),
    Kind("Oven", PIECES, "tools"),
    Kind("Van", PIECES, "tools"),
    Kind("Kettle", PIECES, "tools", "Sixty litres, copper."),
    Kind("Tractor", PIECES, "tools"),
    Kind("Recipe", PIECES, "knowledge"),
    Kind("Glossary", PIECES, "knowledge", "The words on which the translators have agreed."),
    Kind("Text", PIECES, "knowledge"),
    Kind("Design", PIECES, "knowledge", "Drawings, circuits and programs, free for everybody."),
    Kind("Manual", PIECES, "knowledge"),
    Kind("3D printer", PIECES, "tools"),
    Kind("Laser cutter", PIECES, "tools"),
    Kind("Soldering station", PIECES, "tools"),
    Kind("Table saw", PIECES, "tools"),
    Kind("Filament", "kilogram", "material"),
    Kind("Circuit board", PIECES, "electronics"),
    Kind("Sensor chip", PIECES, "electronics"),
    Kind("Battery", PIECES, "electronics"),
    Kind("Boards of wood", "metre", "material"),
    Kind("Soil probe", PIECES, "hardware", "Moisture and temperature at three depths."),
    Kind("Nesting box", PIECES, "hardware"),
    Kind("Seed bed frame", PIECES, "hardware"),
    Kind("Ladder", PIECES, "tools"),
    Kind("Drill", PIECES, "tools"),
    Kind("Cargo trailer", PIECES, "tools"),
)
SERVICES = (
    Kind("Delivery", PIECES, "service"),
    Kind("Translation", "word", "service"),
    Kind("Subtitles", "minute", "service", "Counted by the minute of film."),
    Kind("Repair", PIECES, "service"),
    Kind("Visit", PIECES, "service", "An hour with somebody who is alone or ill."),
)
WORK = (
    "Field work", "Milling work", "Baking work", "Driving", "Packing work", "Shop work", "Gardening", "Jam making",
    "Translating", "Reviewing", "Office work", "Design work", "Programming", "Assembly work", "Testing work", "Documenting",
    "Workshop care", "Woodworking", "Repairing", "Care work",
)  # fmt: skip
MONEY = {"Euro": "", "Valley hour": "One hour of anybody's help, given and taken among neighbours and translators."}
STAGES = (
    "Growing", "Drying", "Milling", "Baking", "Packing", "Unpacking", "Transport", "Gardening season", "Jam cooking",
    "Jar filling", "Shop day", "Translating", "Reviewing", "Designing", "Prototyping", "Assembly", "Testing", "Documenting",
    "Woodwork", "Repair day",
)  # fmt: skip
