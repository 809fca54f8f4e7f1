"""What stories expect of the way things took: where they came from, and what they went into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from oce.apps.events.demo.goods import described
from oce.apps.events.models import EconomicEvent
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.apps.trace import queries
from oce.kit.actor import SYSTEM
from oce.kit.testing.sentences import NotUnderstood, Unmet, each_of, sentence
from oce.kit.testing.stories import Story

if TYPE_CHECKING:
    from oce.apps.trace.queries import Passed, Walk

_LOT = re.compile(r"[Ll]ot (\S+)")


@sentence("Then {thing} came from: {names}")
def came_from(story: Story, thing: str, names: str) -> None:
    """Expect lots, agents, places and things on the way something came."""
    _expect(queries.trace(SYSTEM, _starts(story, thing)), names)


@sentence("Then {thing} did not come from: {names}")
def did_not_come_from(story: Story, thing: str, names: str) -> None:
    """Expect none of these on the way something came."""
    _expect_none(queries.trace(SYSTEM, _starts(story, thing)), names)


@sentence("Then {thing} went into: {names}")
def went_into(story: Story, thing: str, names: str) -> None:
    """Expect lots, agents, places and things on the way something went: what a recall must reach."""
    _expect(queries.track(SYSTEM, _starts(story, thing)), names)


@sentence("Then {thing} did not go into: {names}")
def did_not_go_into(story: Story, thing: str, names: str) -> None:
    """Expect none of these on the way something went."""
    _expect_none(queries.track(SYSTEM, _starts(story, thing)), names)


def _starts(story: Story, thing: str) -> list[Passed]:
    lot = _LOT.fullmatch(thing)
    if lot is None:
        return [described(story, thing)]
    found: list[Passed] = [*queries.of_lot(SYSTEM, lot[1])]
    if not found:
        message = f"there is no lot {lot[1]}"
        raise NotUnderstood(message)
    return found


def _expect(walk: Walk, names: str) -> None:
    passed = _passed(walk)
    if missing := [name for name in each_of(names) if name.casefold() not in passed]:
        raise Unmet(expected=", ".join(missing), found=", ".join(sorted(passed.values())))


def _expect_none(walk: Walk, names: str) -> None:
    passed = _passed(walk)
    if found := [name for name in each_of(names) if name.casefold() in passed]:
        raise Unmet(expected=f"nothing of {', '.join(each_of(names))}", found=", ".join(found))


def _passed(walk: Walk) -> dict[str, str]:
    """Return all names a walk led past, by their small letters."""
    return {name.casefold(): name for record in walk.records for name in _names(record) if name}


def _names(record: Passed) -> Iterator[str]:
    if isinstance(record, EconomicEvent):
        yield from (str(each) for each in (record.provider, record.receiver, record.to_location) if each is not None)
    elif isinstance(record, EconomicResource):
        yield from (record.name, record.tracking_identifier)
        if record.of_batch_lot is not None:
            yield f"lot {record.of_batch_lot.batch_lot_code}"
    elif isinstance(record, Process):
        yield str(record)
