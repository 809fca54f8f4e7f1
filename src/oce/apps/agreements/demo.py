"""Sentences of stories about agreements."""

from __future__ import annotations

from oce.apps.agreements import commands
from oce.apps.agreements.models import AgreementBundle
from oce.kit.testing.sentences import each_of, plain_name, sentence
from oce.kit.testing.stories import Story


@sentence("{name} is a bundle of agreements")
def bundle(story: Story, name: str) -> None:
    """Write down a bundle of agreements."""
    commands.make_bundle(story.actor(), {"name": plain_name(name)})


@sentence("{names} is an agreement[ within {bundle}]", "{names} are agreements[ within {bundle}]")
def agreements(story: Story, names: str, bundle: str | None) -> None:
    """Write down agreements."""
    within = {"bundled_in": story.named(AgreementBundle, bundle)} if bundle else {}
    for name in each_of(names):
        commands.make_agreement(story.actor(), {"name": name, **within})
