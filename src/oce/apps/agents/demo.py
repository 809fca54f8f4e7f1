"""Sentences of stories about people, groups, places and how they belong together."""

from __future__ import annotations

from oce.apps.agents import commands
from oce.apps.agents.models import Agent, AgentRelationshipRole, SpatialThing
from oce.kit.testing.sentences import NotUnderstood, each_of, plain_name, sentence
from oce.kit.testing.stories import Story


@sentence("{names} is a person[ at {place}]", "{names} are people[ at {place}]")
def people(story: Story, names: str, place: str | None) -> None:
    """Write down persons."""
    _agents(story, "Person", names, place)


@sentence("{names} is an organisation[ at {place}]", "{names} are organisations[ at {place}]")
def organisations(story: Story, names: str, place: str | None) -> None:
    """Write down groups."""
    _agents(story, "Organization", names, place)


@sentence("{names} is a part of nature[ at {place}]")
def ecological_agents(story: Story, names: str, place: str | None) -> None:
    """Write down a river, a wood, a commons."""
    _agents(story, "EcologicalAgent", names, place)


@sentence("{names} is a place[ within {larger}]", "{names} are places[ within {larger}]")
def places(story: Story, names: str, larger: str | None) -> None:
    """Write down places, inside a larger one."""
    within = story.named(SpatialThing, larger) if larger else None
    for name in story.unknown(SpatialThing, each_of(names)):
        values = {"name": name[:1].upper() + name[1:], **({"within": within} if within else {})}
        commands.make_place(story.actor(), values)


@sentence(
    "{subject} is a {role} of {whole}",
    "{subject} are {role}s of {whole}",
    "{subject} is {role} of {whole}",
    "{subject} are {role} of {whole}",
)
def relationship(story: Story, subject: str, role: str, whole: str) -> None:
    """Write down what agents are to another, by the words of a role: is a member of."""
    words = (f"is a {plain_name(role)} of", f"is {plain_name(role)} of")
    found = [each for each in AgentRelationshipRole.every() if each.role_label in words]
    if not found:
        message = f"there is no role “{words[0]}”"
        raise NotUnderstood(message)
    for name in each_of(subject):
        values = {"subject": story.named(Agent, name), "relationship": found[0], "object": story.named(Agent, whole)}
        commands.relate_agents(story.actor(), values)


def _agents(story: Story, agent_class: str, names: str, place: str | None) -> None:
    at = {"primary_location": story.named(SpatialThing, place)} if place else {}
    for name in story.unknown(Agent, each_of(names)):
        commands.make_agent(story.actor(), {"agent_class": agent_class, "name": name, **at})
