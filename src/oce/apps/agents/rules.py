"""What is forbidden about places, agents and their relationships."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from oce.vf.refusals import Refusal, gettext_noop

LATITUDE_MAX = 90
LONGITUDE_MAX = 180

# Relationships that put an agent into a group.
GROUPING = ("member", "part_of")

# The addresses of the roles that every house begins with.
STANDARD_ROLES = "https://w3id.org/oce/ns#role/"

OUT_OF_RANGE = gettext_noop(
    "{given} is not on the earth: it lies between -{most} and {most} degrees. Check the digits."
)


def refuse_half_point(lat: Decimal | None, long: Decimal | None) -> list[Refusal]:
    """A point needs latitude and longitude, or neither."""
    if (lat is None) == (long is None):
        return []
    half = gettext_noop("A point needs both latitude and longitude. Fill in the other one, or leave both out.")
    return [Refusal("agents.half_a_point", half, "long" if long is None else "lat")]


def refuse_off_the_earth(lat: Decimal | None, long: Decimal | None) -> list[Refusal]:
    """Degrees have their bounds."""
    bounded = (("lat", lat, LATITUDE_MAX), ("long", long, LONGITUDE_MAX))
    return [
        Refusal("agents.off_the_earth", OUT_OF_RANGE, field, given=str(given), most=most)
        for field, given, most in bounded
        if given is not None and not -most <= given <= most
    ]


def refuse_circle_of_places(place: object, larger: object, above_larger: Collection[object]) -> list[Refusal]:
    """A place cannot lie within itself, not even through other places."""
    if place != larger and place not in above_larger:
        return []
    circle = gettext_noop("{place} cannot lie within {larger}, which lies within it. Choose another place, or none.")
    return [Refusal("agents.circle_of_places", circle, "within", place=str(place), larger=str(larger))]


def refuse_oneself(subject: object, other: object) -> list[Refusal]:
    """A relationship joins two agents."""
    if subject != other:
        return []
    oneself = gettext_noop("{subject} cannot have a relationship with itself. Choose another agent.")
    return [Refusal("agents.related_to_itself", oneself, "object", subject=str(subject))]


def refuse_backwards(has_beginning: datetime | None, has_end: datetime | None) -> list[Refusal]:
    """A relationship ends after it began."""
    if has_beginning is None or has_end is None or has_beginning < has_end:
        return []
    backwards = gettext_noop(
        "The relationship would end on {end}, before it begins on {begin}. Correct one of the two."
    )
    end, begin = (moment.date().isoformat() for moment in (has_end, has_beginning))
    return [Refusal("agents.ends_before_it_begins", backwards, "hasEnd", end=end, begin=begin)]


def refuse_person_as_group(kind_of_role: str, subject_class: str, object_class: str) -> list[Refusal]:
    """Nobody is a member or a part of a person, and a person is a member, not a part."""
    if kind_of_role in GROUPING and object_class == "Person":
        no_group = gettext_noop("A person has no members and no parts. Choose an organisation, or another role.")
        return [Refusal("agents.person_is_no_group", no_group, "object")]
    if kind_of_role == "part_of" and subject_class == "Person":
        no_part = gettext_noop("A person is a member of a group, not a part of it. Choose the role of a member.")
        return [Refusal("agents.person_is_no_part", no_part, "relationship")]
    return []


def refuse_rewording(role: object, address: str) -> list[Refusal]:
    """The standard roles read alike in every house, so that what one writes out another can take in."""
    if not address.startswith(STANDARD_ROLES):
        return []
    standard = gettext_noop(
        "“{role}” is a role that every house has, and stays as it is. Add a role of your own with your words."
    )
    return [Refusal("agents.standard_role", standard, "roleLabel", role=str(role))]


def refuse_repetition(subject: object, role: object, other: object, *, is_known: bool) -> list[Refusal]:
    """The same relationship is not written down twice for the same time."""
    if not is_known:
        return []
    known = gettext_noop(
        "That {subject} {role} {other} is already written down for this time. Change its dates instead."
    )
    values = {"subject": str(subject), "role": str(role), "other": str(other)}
    return [Refusal("agents.already_related", known, "object", **values)]


def refuse_circle_of_groups(
    kind_of_role: str, part: object, whole: object, groups: Collection[object]
) -> list[Refusal]:
    """A group cannot be a part of itself, not even through other groups; `groups` are those the whole is a part of."""
    if kind_of_role != "part_of" or part not in groups:
        return []
    circle = gettext_noop("{part} cannot be part of {whole}, which is part of it. End that relationship first.")
    return [Refusal("agents.circle_of_groups", circle, "object", part=str(part), whole=str(whole))]
