"""Sentences of stories about kinds of things, work and processes; and how stories say how much of what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from oce.apps.knowledge import commands
from oce.apps.knowledge.models import ProcessSpecification, ResourceSpecification, Unit
from oce.kit.measures import known_unit
from oce.kit.testing.sentences import NotUnderstood, each_of, plain_name, sentence
from oce.kit.testing.stories import Story
from oce.vf.decimals import exact
from oce.vf.measures import Measure
from oce.vf.refusals import Refused

PIECES = "one"
_AMOUNT = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?) (?P<rest>.+)")


class Amount(NamedTuple):
    """How much of what kind."""

    measure: Measure
    kind: ResourceSpecification


@sentence("{names} is a unit", "{names} are units")
def units(story: Story, names: str) -> None:
    """Add units of the house's own."""
    for name in story.unknown(Unit, each_of(names), field="label"):
        commands.make_unit(story.actor(), {"identifier": name.lower(), "label": name.lower()})


@sentence("{names} is a kind of resource counted in {unit}", "{names} are kinds of resources counted in {unit}")
def kinds(story: Story, names: str, unit: str) -> None:
    """Add kinds of resources; `pieces` have no unit."""
    identifier = PIECES if unit == "pieces" else unit_of(unit)
    for name in story.unknown(ResourceSpecification, each_of(names)):
        values = {"name": name, "default_unit_of_resource": identifier}
        commands.make_resource_specification(story.actor(), values)


@sentence("{names} is a kind of work", "{names} are kinds of work")
def kinds_of_work(story: Story, names: str) -> None:
    """Add kinds of work, which is counted in hours."""
    for name in story.unknown(ResourceSpecification, each_of(names)):
        commands.make_resource_specification(story.actor(), {"name": name, "default_unit_of_effort": "hour"})


@sentence("{name} is a kind of money")
def money(story: Story, name: str) -> None:
    """Add something to pay with, which is counted without a unit."""
    for each in story.unknown(ResourceSpecification, [plain_name(name)]):
        values = {"name": each, "default_unit_of_resource": PIECES, "medium_of_exchange": True}
        commands.make_resource_specification(story.actor(), values)


@sentence("{names} is a kind of process", "{names} are kinds of processes")
def kinds_of_processes(story: Story, names: str) -> None:
    """Add kinds of processes, which are also the stages of what comes out of them."""
    for name in story.unknown(ProcessSpecification, each_of(names)):
        commands.make_process_specification(story.actor(), {"name": name})


def kind_called(story: Story, text: str) -> ResourceSpecification:
    """Return the kind of resource that a word means, one or several of it.

    Raises:
        NotUnderstood: when there is none.
    """
    for name in singulars(text):
        if story.candidates(ResourceSpecification, name):
            return story.named(ResourceSpecification, name)
    return story.named(ResourceSpecification, text)


def stage_called(story: Story, text: str) -> ProcessSpecification:
    """Return the kind of process of this name."""
    return story.named(ProcessSpecification, text)


def amount(story: Story, text: str) -> Amount:
    """Return what `60 loaves of bread`, `14 euro` or `3 crates` means; without a unit, that of the kind is meant.

    Raises:
        NotUnderstood: when it does not say how much of what.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        message = f"“{text}” does not say how much of what; write it like 5 kg of flour"
        raise NotUnderstood(message)
    number = exact(found["number"].replace(",", ""))
    word, _, rest = found["rest"].partition(" ")
    if rest:
        identifier = unit_if_any(word)
        if identifier is not None:
            return Amount(Measure(number, identifier), kind_called(story, rest.removeprefix("of ")))
    kind = kind_called(story, found["rest"])
    return Amount(Measure(number, kind.default_unit_of_resource or kind.default_unit_of_effort or PIECES), kind)


def quantity(text: str) -> Measure:
    """Return what `5 hours` means.

    Raises:
        NotUnderstood: when it is no quantity.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        message = f"“{text}” is not a quantity; write it like 5 hours"
        raise NotUnderstood(message)
    return Measure(exact(found["number"].replace(",", "")), unit_of(found["rest"]))


def unit_of(text: str) -> str:
    """Return the identifier of the unit that a word means, one or several of it.

    Raises:
        NotUnderstood: when there is no such unit.
    """
    identifier = unit_if_any(text)
    if identifier is None:
        message = f"there is no unit “{text}”"
        raise NotUnderstood(message)
    return identifier


def unit_if_any(text: str) -> str | None:
    """Return the identifier of the unit that a word means, or None."""
    for word in singulars(text):
        try:
            return known_unit(word).identifier
        except Refused:
            continue
    return None


def singulars(text: str) -> Iterator[str]:
    """Yield a word, and what it may be one of: loaves, loaf; hours, hour; boxes, box."""
    yield plain_name(text)
    for ending, single in (("ves", "f"), ("ies", "y"), ("es", ""), ("s", "")):
        if text.endswith(ending):
            yield plain_name(text).removesuffix(ending) + single
