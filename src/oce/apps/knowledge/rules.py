"""What is forbidden about units and tags."""

from __future__ import annotations

from collections.abc import Collection

from oce.vf.refusals import Refusal, Refused, gettext_noop
from oce.vf.units import Unit, convertible, ratio, unit


def standard_meaning(word: str) -> Unit | None:
    """Return the unit of the standard list that `word` means, or None."""
    try:
        return unit(word)
    except Refused:
        return None


def refuse_foreign_meaning(identifier: str, label: str, symbol: str, om_unit_identifier: str) -> list[Refusal]:
    """The words of a unit must not already mean another amount; `one` may be called a piece, which is as much."""
    standard = standard_meaning(om_unit_identifier or identifier)
    words = {"identifier": identifier, "label": label, "symbol": symbol}
    taken = gettext_noop("“{word}” already means the unit {meaning}. Choose another word, or the short name {meaning}.")
    meanings = {field: standard_meaning(word) for field, word in words.items() if word}
    return [
        Refusal("knowledge.unit_word_taken", taken, field, word=words[field], meaning=meaning.identifier)
        for field, meaning in meanings.items()
        if meaning is not None
        # Own words for a standard unit go by its own short name: for `kilogram`, not for `kg`.
        if not _is_as_much(meaning, standard) or (field == "identifier" and meaning.identifier != identifier)
    ]


def _is_as_much(meaning: Unit, standard: Unit | None) -> bool:
    """Return whether two units are the same amount, so that a word may mean either."""
    if standard is None or meaning.identifier == standard.identifier:
        return standard is not None
    return convertible(meaning.identifier, standard.identifier) and ratio(meaning.identifier, standard.identifier) == 1


def refuse_spaces(identifier: str) -> list[Refusal]:
    """A short name is one word, since it stands beside numbers."""
    if not any(letter.isspace() for letter in identifier):
        return []
    spaces = gettext_noop("The short name “{identifier}” has a space in it. Write it as one word, such as {proposal}.")
    proposal = "-".join(identifier.split())
    return [Refusal("knowledge.unit_with_a_space", spaces, "identifier", identifier=identifier, proposal=proposal)]


def refuse_unknown_link(om_unit_identifier: str) -> list[Refusal]:
    """The standard unit that a unit is linked to must exist."""
    if not om_unit_identifier or standard_meaning(om_unit_identifier) is not None:
        return []
    unknown = gettext_noop("There is no standard unit {link}. Give the name of an OM2 unit, such as kilogram, or none.")
    return [Refusal("knowledge.unknown_standard_unit", unknown, "omUnitIdentifier", link=om_unit_identifier)]


def refuse_used_unit(label: str, used_by: Collection[str]) -> list[Refusal]:
    """A unit in which something is counted is not deleted."""
    if not used_by:
        return []
    used = gettext_noop("Quantities of {records} are counted in {label}. Give them another unit first.")
    return [Refusal("knowledge.unit_used", used, label=label, records=", ".join(used_by))]


def refuse_circle_of_tags(tag: object, broader: object, above_broader: Collection[object]) -> list[Refusal]:
    """A tag cannot stand under itself, not even through other tags."""
    if tag != broader and tag not in above_broader:
        return []
    circle = gettext_noop("{tag} cannot stand under {broader}, which stands under it. Choose another tag, or none.")
    return [Refusal("knowledge.circle_of_tags", circle, "broader", tag=str(tag), broader=str(broader))]
