"""What stories expect of the inventory: how much there is, where it is, in what, at which stage, in which state."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from oce.apps.agents.models import Agent, SpatialThing
from oce.apps.events.demo.clauses import parts_of
from oce.apps.events.demo.goods import Wanted, described, held_by
from oce.apps.knowledge.demo import amount, kind_called
from oce.apps.resources.models import EconomicResource
from oce.kit.measures import in_words
from oce.kit.testing.sentences import Unmet, each_of, plain_name, sentence
from oce.kit.testing.stories import Story
from oce.vf.measures import Measure


@sentence("Then {agent} has {things}")
def there(story: Story, agent: str, things: str) -> None:
    """Expect so much on hand with somebody: of a kind, or of one lot or at one place of it."""
    _compare(story, agent, things, "onhand_quantity")


@sentence("Then {agent} owns {things}")
def owned(story: Story, agent: str, things: str) -> None:
    """Expect somebody to be accountable for so much, wherever it is."""
    _compare(story, agent, things, "accounting_quantity")


@sentence("Then {agent} has no {thing}", "Then {agent} has no {thing} left")
def nothing(story: Story, agent: str, thing: str) -> None:
    """Expect nothing of a kind with somebody."""
    wanted = Wanted(kind_called(story, thing))
    found = _sum(held_by(story.named(Agent, agent), wanted), "onhand_quantity", Measure(Decimal(0), "one"))
    if found:
        raise Unmet(expected=f"no {wanted}", found=in_words(found))


@sentence("Then {thing} is at {place}", "Then {thing} are at {place}")
def location(story: Story, thing: str, place: str) -> None:
    """Expect something at a place."""
    _equal(story.named(SpatialThing, place), described(story, thing).current_location)


@sentence("Then {thing} is at the stage {stage}")
def stage(story: Story, thing: str, stage: str) -> None:
    """Expect something to have come out of a kind of process last."""
    found = described(story, thing).stage
    if str(found).casefold() != plain_name(stage).casefold():
        raise Unmet(expected=stage, found=found)


@sentence("Then {thing} is in state {state}")
def state(story: Story, thing: str, state: str) -> None:
    """Expect something in a state."""
    _equal(plain_name(state), described(story, thing).state)


@sentence("Then {container} contains {things}")
def contents(story: Story, container: str, things: str) -> None:
    """Expect exactly these things in a container, or `nothing`."""
    wanted = set() if things == "nothing" else {described(story, each) for each in each_of(things)}
    found = set(described(story, container).contains.all())
    if wanted != found:
        raise Unmet(expected=_names(wanted), found=_names(found))


@sentence("Then {thing} is inside {container}")
def inside(story: Story, thing: str, container: str) -> None:
    """Expect something in a container, among other things."""
    found = list(described(story, thing).contained_in.order_by("id"))
    if described(story, container) not in found:
        raise Unmet(expected=container, found=_names(found))


@sentence("Then there is a warning: {text}")
def warning(story: Story, text: str) -> None:
    """Expect that what was recorded last was recorded with a warning."""
    found = [each.message for event in story.last for each in event.warnings]
    if not any(text in each for each in found):
        raise Unmet(expected=text, found=" ".join(found) or "no warning")


def _compare(story: Story, agent: str, things: str, quantity: str) -> None:
    holder = story.named(Agent, agent)
    for thing in parts_of(things):
        expected = amount(story, thing.text)
        place = story.named(SpatialThing, thing.phrases["at"]) if "at" in thing.phrases else None
        wanted = Wanted(expected.kind, thing.phrases.get("lot"), place)
        nothing_yet = Measure(Decimal(0), expected.measure.unit)
        found = _sum(held_by(holder, wanted), quantity, nothing_yet)
        if found != expected.measure:
            raise Unmet(expected=f"{in_words(expected.measure)} of {wanted}", found=in_words(found))


def _sum(resources: Iterable[EconomicResource], quantity: str, nothing_yet: Measure) -> Measure:
    measures = [measure for each in resources if (measure := getattr(each, quantity)) is not None]
    return sum(measures[1:], start=measures[0]) if measures else nothing_yet


def _equal(expected: object, found: object) -> None:
    if expected != found:
        raise Unmet(expected=expected, found=found or "nothing")


def _names(resources: Iterable[EconomicResource]) -> str:
    return ", ".join(sorted(map(str, resources))) or "nothing"
