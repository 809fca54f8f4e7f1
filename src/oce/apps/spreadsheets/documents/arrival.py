"""Writes down what a document tells: records after those they refer to, then openings, then events in their order."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.models import Unit
from oce.apps.spreadsheets.documents.comparison import refuse_difference
from oce.apps.spreadsheets.documents.history import History
from oce.apps.spreadsheets.documents.identities import Identities
from oce.apps.spreadsheets.documents.writing import describe, write
from oce.kit.jsonld.comparison import canonical
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oce.apps.spreadsheets.reports import ImportReport
    from oce.kit.actor import Actor
    from oce.kit.jsonld.told import Reading, Told

WRONG_CLASS = gettext_noop(
    "{term} of {id} leads to {target}, which the document describes as {kind}; it takes a {wanted}."
)
NO_ACTION = gettext_noop("The event {id} has no action. Say what was done: produce, consume, transfer ...")
CIRCLE = gettext_noop("These refer to each other in a circle: {ids}. Leave one of the references out.")


def write_down(actor: Actor, reading: Reading, report: ImportReport) -> None:
    """Write down everything that is new in a reading, inside the running transaction.

    Raises:
        Refused: with what differs from the records here, and whatever the commands refuse.
    """
    identities = Identities(reading, report)
    refuse_if(identities.refuse_unseen())
    refuse_if(_refuse_actionless(identities), _refuse_classes(identities), _refuse_differences(identities, report))
    for _, each, ref in identities.references:
        if canonical(ref.id) not in identities.told and each.target is not EconomicEvent:
            identities.resolve(each, ref)
    history = History(actor, identities)
    for told in _in_order(identities):
        if not history.takes(told):
            _settle(actor, told, identities)
    history.run(lambda told: _settle(actor, told, identities))


def _settle(actor: Actor, told: Told, identities: Identities) -> None:
    """Write a record down, or what is told now of one that was only named so far."""
    if identities.is_described(told):
        return
    record = identities.record(told.model, told.id)
    if record is not None and told.is_bare:
        return
    try:
        values = identities.plain(told)
        report = identities.report
        settled = write(actor, told, values, report) if record is None else describe(actor, record, told, values)
    except Refused as refused:
        # The refusal names the record by its identifier in the document.
        raise Refused(refusal.at(told.id) for refusal in refused.refusals) from refused
    identities.keep(told, settled)
    if settled.is_described:
        report.written[told.of.name] += 1


def _in_order(identities: Identities) -> Iterator[Told]:
    """Yield the records told of, without events, in document order, except that each comes after those it refers to.

    Units come first of all: quantities name them without referring to them.
    """
    told = {identity: each for identity, each in identities.told.items() if each.model is not EconomicEvent}
    sorter: TopologicalSorter[str] = TopologicalSorter({identity: set() for identity in told})
    for from_told, _, ref in identities.references:
        identity, target = canonical(from_told.id), canonical(ref.id)
        if identity in told and target in told and target != identity:
            sorter.add(identity, target)
    try:
        sorter.prepare()
    except CycleError as error:
        circle = ", ".join(error.args[1])
        raise Refused(Refusal("documents.circle", CIRCLE, "@id", ids=circle[:500])) from error
    ready: list[tuple[bool, int, str]] = []
    while sorter.is_active():
        for identity in sorter.get_ready():
            heappush(ready, (told[identity].model is not Unit, told[identity].place, identity))
        *_, identity = heappop(ready)
        sorter.done(identity)
        yield told[identity]


def _refuse_actionless(identities: Identities) -> list[Refusal]:
    return [
        Refusal("documents.no_action", NO_ACTION, "action", id=told.id[:200])
        for told in identities.told.values()
        if told.model is EconomicEvent and "action" not in told.values
    ]


def _refuse_classes(identities: Identities) -> list[Refusal]:
    refusals = []
    for told, each, ref in identities.references:
        target = identities.told_of(ref.id)
        if target is not None and each.target is not None and target.model is not each.target:
            facts = {"term": each.term, "id": told.id[:200], "target": ref.id[:200]}
            refusals.append(
                Refusal(
                    "documents.wrong_class",
                    WRONG_CLASS,
                    each.term,
                    **facts,
                    kind=target.of.name,
                    wanted=each.target.vf_class,
                )
            )
    return refusals


def _refuse_differences(identities: Identities, report: ImportReport) -> list[Refusal]:
    refusals = []
    for told in identities.told.values():
        record = identities.record(told.model, told.id)
        if record is not None and record.is_described:
            report.known[told.of.name] += 1
            refusals += refuse_difference(record, {**told.of.implied, **told.values}, told.id)
    return refusals
