"""Wishes of the set-up: what the network is called, who sees what is recorded, and words to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from oce.apps.members import queries, rules
from oce.apps.members.accounts import NAME_LENGTH_MAX, House
from oce.apps.members.starters import PACKS
from oce.kit import visibility
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, creator, tell
from oce.kit.records import called, record_model
from oce.kit.visibility import Visibility
from oce.vf.refusals import gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS = ("network", "administrator", "words", "visibility", "mail")


@dataclass(frozen=True, slots=True)
class Written:
    """How many words a starter brought; those that were there already are not counted."""

    count: int


@command(says=gettext_noop("called the network “{name}”"), needs=Power.ADMINISTER)
def name_network(_actor: Actor, name: str) -> House:
    """Call the network by a name, which stands at the head of every page and in every letter."""
    refuse_if(rules.refuse_no_name(name, NAME_LENGTH_MAX))
    house = queries.house()
    house.name = name.strip()
    house.save()
    queries.kept_name.forget()
    transaction.on_commit(queries.kept_name.forget)  # whoever asked meanwhile has read the name of before
    tell(name=house.name)
    return house


@command(says=gettext_noop("let what is recorded be seen by {whom}"), needs=Power.ADMINISTER)
def decide_visibility(_actor: Actor, who: str) -> Visibility:
    """Decide who sees what happens from now on, where nobody says otherwise: its group, or the network."""
    refuse_if(rules.refuse_unknown_visibility(who, (Visibility.GROUP, Visibility.NETWORK)))
    chosen = Visibility(who)
    visibility.decide(chosen)
    tell(whom=str(chosen.label))
    return chosen


@command(says=gettext_noop("took over {count} words to begin with"), needs=Power.ADMINISTER)
def take_starters(actor: Actor, names: Sequence[str]) -> Written:
    """Write down the kinds of things and of work of some starters, as far as they are not there yet."""
    refuse_if(rules.refuse_unknown_starters(names, tuple(PACKS)))
    count = 0
    for name in names:
        for kind, values in PACKS[name].records:
            model = record_model(kind)
            make = creator(model) if model is not None else None
            if model is None or make is None or called(model, values["name"]):
                continue
            make.function(actor, dict(values))
            count += 1
    tell(count=count)
    return Written(count)


def done(step: str) -> None:
    """Remember that a step of the set-up was gone through."""
    house = queries.house()
    if step not in house.steps:
        house.steps = [*house.steps, step]
        house.save()
