"""The sentences of a trace: whole ones, with exact numbers, in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oce.apps.trace.rules.balances import Balance, total
from oce.apps.trace.rules.flows import Entry, Flow, Knot, counted_in

if TYPE_CHECKING:
    from oce.apps.trace.naming import Names
    from oce.apps.trace.rules.river import River
    from oce.apps.trace.sights import Seen
    from oce.vf.measures import Measure


@dataclass
class Told:
    """What the sentences are made of: what is seen, its entries in the order of the ledger, and what these carry."""

    seen: Seen
    names: Names
    entries: Collection[Entry]
    flows: Collection[Flow]
    away: Mapping[Knot, int]

    @cached_property
    def starts(self) -> set[int]:
        """The resources that the question is about."""
        return {key for kind, key in self.seen.sight.starts if kind == "resource"}

    @cached_property
    def origins(self) -> list[int]:
        """The things at the beginning: those to which no other thing leads."""
        made = {each.target for each in self.flows if each.source[0] != "giver"}
        knots = {knot for each in self.flows for knot in (each.source, each.target)}
        return sorted(key for kind, key in knots - made if kind == "resource" and self.away.get((kind, key), 0) < 0)

    @cached_property
    def givers(self) -> set[int]:
        """Who gave or had the things at the beginning."""
        origins = set(self.origins)
        first = {each.provider for each in self.entries if each.sides[1] in origins and each.output_of is None}
        held = (self.seen.resources[key].primary_accountable_id for key in origins if key in self.seen.resources)
        return first or {key for key in held if key is not None}

    @cached_property
    def handed_over(self) -> list[Entry]:
        """The entries by which the start itself changed hands."""
        return [each for each in self.entries if each.is_hand_over and each.sides[0] in self.starts]


def title(seen: Seen, names: Names) -> str:
    """Return what the question is about."""
    sight = seen.sight
    if len(sight.starts) > 1:
        return ngettext("{count} thing", "{count} things", len(sight.starts)).format(count=len(sight.starts))
    kind, key = sight.starts[0]
    if kind == "event":
        event = seen.events.get(key)
        return names.entry(event) if event is not None else names.thing(None)
    return names.knot((kind, key))


def answer(told: Told) -> Iterator[str]:
    """Yield the answer in a few sentences."""
    yield from _whence(told)
    yield from _whither(told)


def _whence(told: Told) -> Iterator[str]:
    origins, givers = len(told.origins), len(told.givers)
    if not origins:
        yield _("Nothing recorded here says what it was made of.")
        return
    yield ngettext(
        "It was made from {count} thing at the very beginning.",
        "It was made from {count} things at the very beginning.",
        origins,
    ).format(count=origins)
    if givers:
        yield ngettext(
            "{count} person or group provided all of that.", "{count} people or groups provided that.", givers
        ).format(count=givers)


def _whither(told: Told) -> Iterator[str]:
    direct = {each.receiver for each in told.handed_over}
    own = {each.provider for each in told.handed_over}
    onward = {each.receiver for each in told.entries if each.is_hand_over and _is_onward(told, each)}
    further = onward - direct - own
    amounts = total(each.amount for each in told.handed_over if each.amount is not None)
    if direct:
        yield ngettext(
            "Handed on: {amount}, to {count} recipient.", "Handed on: {amount}, to {count} recipients.", len(direct)
        ).format(amount=_listed(told, amounts), count=len(direct))
    if further:
        yield ngettext(
            "Further on it reached {count} more person or group.",
            "Further on it reached {count} more people or groups.",
            len(further),
        ).format(count=len(further))
    made = {each.target for each in told.flows if each.source[0] == "process" and told.away.get(each.target, 0) > 0}
    if made:
        yield ngettext(
            "{count} other thing was made of it.", "{count} other things were made of it.", len(made)
        ).format(count=len(made))
    if not direct and not onward and not made:
        yield _("Nothing recorded here says that any of it went on.")
    left = total(
        quantity
        for key in sorted(told.starts)
        if (resource := told.seen.resources.get(key)) is not None
        and (quantity := resource.onhand_quantity) is not None
        and quantity.value > 0
    )
    if left:
        yield _("Still there: {amount}.").format(amount=_listed(told, left))


def _is_onward(told: Told, entry: Entry) -> bool:
    return told.seen.sight.distance.get(("event", entry.key), 0) > 0


def _listed(told: Told, amounts: Collection[Measure]) -> str:
    thing = next(iter(told.starts)) if len(told.starts) == 1 else None
    return ", ".join(told.names.amount(each, thing) for each in amounts) or _("an amount nobody wrote down")


def breaks(told: Told) -> Iterator[str]:
    """Yield a sentence for each place where the trail ends although the flow does not."""
    names, entries = told.names, {each.key: each for each in told.entries}
    for flow in told.flows:
        entry = entries[flow.event]
        if not entry.is_hand_over or entry.input_of is not None or entry.output_of is not None:
            continue
        amount = names.amount(flow.amount, flow.source[1] if flow.source[0] == "resource" else None)
        if flow.target[0] == "taker":
            yield _("{amount} of {thing} leaves our records with {agent}. Ask there what became of it.").format(
                amount=amount, thing=names.knot(flow.source), agent=names.agent(entry.receiver)
            )
        elif flow.source[0] == "giver":
            yield _("{thing} comes into our records from {agent}. Ask there what was before.").format(
                thing=names.knot(flow.target), agent=names.agent(entry.provider)
            )
    knots = {knot for flow in told.flows for knot in (flow.source, flow.target)}
    for key in sorted(key for key in counted_in(told.entries) if ("resource", key) in knots or key in told.starts):
        yield _("{thing} was counted in: nobody recorded where it came from.").format(thing=names.thing(key))
    yield from _elsewhere(told)


def _elsewhere(told: Told) -> Iterator[str]:
    for key, resource in sorted(told.seen.resources.items()):
        host = urlsplit(resource.iri or "").hostname
        if host and ("resource", key) in told.away:
            yield _(
                "{thing} belongs to {host}, which keeps its own records. Ask there for the rest of the way."
            ).format(thing=told.names.thing(key), host=host)


def returns(names: Names, drawn: River) -> Iterator[str]:
    """Yield a sentence for each ribbon that leads back to where the flow has been before."""
    for each in drawn.returns:
        yield _("{source} returns to {target}.").format(source=names.knot(each.source), target=names.knot(each.target))


def verdict(names: Names, balance: Balance) -> tuple[str, bool]:
    """Return what to think of a balance, and whether something is missing."""
    if not balance.is_comparable:
        return "", False
    difference = balance.difference
    if not difference:
        return _("As much came out as went in."), False
    amount = names.amount(abs(difference))
    if difference.value < 0:
        return _("{amount} less came out than went in.").format(amount=amount), False
    return _("{amount} more came out than went in: it grew, or something that went in is not recorded.").format(
        amount=amount
    ), True


def remarks(seen: Seen, process: int, *, has_inputs: bool, has_outputs: bool) -> Iterator[str]:
    """Yield what is missing in the records of a step."""
    hidden = seen.sight.hidden_in.get(process, 0)
    if not seen.sight.is_whole:
        yield _("There are too many entries to add up here.")
    elif hidden:
        yield ngettext(
            "{count} entry of this step is not shown to you, so its sums are not whole.",
            "{count} entries of this step are not shown to you, so its sums are not whole.",
            hidden,
        ).format(count=hidden)
    elif not has_inputs:
        yield _("Nothing says what went in.")
    elif not has_outputs:
        yield _("Nothing came out of it so far.")
