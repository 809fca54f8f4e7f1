"""Sentences of stories about lots, and about what groups allow of their stock."""

from __future__ import annotations

from oce.apps.agents.models import Agent
from oce.apps.resources import commands
from oce.kit.testing.sentences import sentence
from oce.kit.testing.stories import Story


@sentence("Lot {code} is to be used by {day}")
def lot(story: Story, code: str, day: str) -> None:
    """Write down a lot with its best-before day."""
    commands.make_lot(story.actor(), {"batch_lot_code": code, "expiration_date": story.moment(day)})


@sentence("{group} refuses shortages")
def refuses_shortages(story: Story, group: str) -> None:
    """Let nothing bring the stock of a group below zero."""
    commands.set_stock_policy(story.actor(group), story.named(Agent, group), "refuse")


@sentence("{group} is warned of shortages")
def warned_of_shortages(story: Story, group: str) -> None:
    """Let a group be warned when its stock falls below zero."""
    commands.set_stock_policy(story.actor(group), story.named(Agent, group), "warn")
