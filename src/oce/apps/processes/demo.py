"""Sentences of stories about processes and plans."""

from __future__ import annotations

from oce.apps.agents.models import Agent
from oce.apps.knowledge.demo import stage_called
from oce.apps.processes import commands
from oce.apps.processes.models import Plan, Process
from oce.kit.testing.sentences import each_of, plain_name, sentence
from oce.kit.testing.stories import Story


@sentence("{name} is a plan[ due on {day}]")
def plan(story: Story, name: str, day: str | None) -> None:
    """Make a plan."""
    due = {"due": story.moment(day)} if day else {}
    commands.make_plan(story.actor(), {"name": plain_name(name), **due})


@sentence("{name} is {kind} by {group}[ within {plan}]")
def process(story: Story, name: str, kind: str, group: str, plan: str | None) -> None:
    """Begin a process of a kind, for a group: "Milling on Friday" is milling by Stone Mill."""
    values = {
        "name": plain_name(name),
        "based_on": stage_called(story, kind),
        "in_scope_of": story.named(Agent, group),
        "has_beginning": story.now,
        **({"planned_within": story.named(Plan, plan)} if plan else {}),
    }
    commands.make_process(story.actor(group), values)


@sentence("{names} is finished", "{names} are finished")
def finished(story: Story, names: str) -> None:
    """Finish processes now."""
    for name in each_of(names):
        found = story.named(Process, name)
        values = {"finished": True, "has_end": story.now}
        commands.change_process(story.actor(str(found.in_scope_of or "story")), found, found.revision_id, values)
