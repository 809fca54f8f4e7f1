"""Sentences of stories about what happens: every verb of the standard, several at once, corrections; and what there is then."""

from __future__ import annotations

from collections.abc import Sequence

from oce.apps.events.commands import correct_event, record_event, record_events, undo_event
from oce.apps.events.demo.clauses import Context, context
from oce.apps.events.demo.expectations import contents, inside, location, nothing, owned, stage, state, there, warning
from oce.apps.events.demo.goods import described
from oce.apps.events.demo.telling import Teller
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.demo import quantity
from oce.kit.testing.sentences import NotUnderstood, plain_name, sentence
from oce.kit.testing.stories import Story

__all__ = [
    "contents", "corrected", "happened", "happened_together", "inside", "location", "nothing", "owned", "remembered", "sight",
    "stage", "state", "there", "undone", "warning",
]  # fmt: skip


@sentence("{told}")
def happened(story: Story, told: str) -> None:
    """Record what one sentence tells: Stone Mill transfers 200 kg of flour from lot F-1 to Hearth Bakery."""
    _record(story, Context(), [told])


@sentence("{told}:")
def happened_together(story: Story, told: str, items: list[str]) -> None:
    """Record all items of a list, or none; the heading says whose doing it is, and phrases that hold for all of them."""
    _record(story, context(told), items)


@sentence("Call this {name}")
def remembered(story: Story, name: str) -> None:
    """Give a name to what was recorded last, by which it can be corrected or undone."""
    story.called[plain_name(name)] = story.last[-1]


@sentence("{name} is corrected by {change}: {why}", "{name} is corrected by {change}")
def corrected(story: Story, name: str, change: str, why: str | None = None) -> None:
    """Correct an event by a difference."""
    event, difference = _called(story, name), quantity(change)
    measures = {"resource_quantity": difference} if event.resource_quantity else {"effort_quantity": difference}
    story.last = [correct_event(story.actor(str(event.provider)), event, note=why or "", **measures)]


@sentence("{name} is undone: {why}", "{name} is undone")
def undone(story: Story, name: str, why: str | None = None) -> None:
    """Undo an event."""
    event = _called(story, name)
    story.last = [undo_event(story.actor(str(event.provider)), event, note=why or "")]


@sentence("Look at {thing}")
def sight(story: Story, thing: str) -> None:
    """Remember something that is worth looking at when the story has been played."""
    story.sights.append((thing, described(story, thing)))


def _record(story: Story, around: Context, sentences: Sequence[str]) -> None:
    teller = Teller(story, around)
    for each in sentences:
        teller.tell(each)
    actor = story.actor(around.who or str(teller.drafts[0].provider))
    if len(teller.drafts) == 1:
        story.last = [record_event(actor, teller.drafts[0])]
    else:
        story.last = record_events(actor, teller.drafts)


def _called(story: Story, name: str) -> EconomicEvent:
    event = story.called.get(plain_name(name))
    if not isinstance(event, EconomicEvent):
        message = f"nothing was called “{plain_name(name)}” before"
        raise NotUnderstood(message)
    return event
