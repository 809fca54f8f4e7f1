"""What events answer: the commitments they fulfil, the intents they satisfy, the claims they settle.

Links stand in tables of their own, written with the event and never changed. An event without any costs nothing more.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db import models

from oce.apps.commitments.models import Flow
from oce.apps.events import rules
from oce.apps.events.lookups import text_of
from oce.apps.events.models import EconomicEvent
from oce.kit.jsonld.comparison import canonical, identity_of
from oce.kit.properties import property_of
from oce.kit.records import found_by_reference
from oce.kit.rows import insert
from oce.kit.writing import known, refuse_unknown
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from oce.apps.events.drafts import EventDraft, Reference
    from oce.apps.events.lines import Line

NAMES = ("fulfills", "satisfies", "settles")


class Kept(NamedTuple):
    """Where a list of an event is kept: what it leads to, and the table of links with its two columns."""

    target: type[Flow]
    table: type[models.Model]
    columns: tuple[str, str]


@cache
def kept() -> dict[str, Kept]:
    """Return the lists that running apps keep; that of the claims is lent by the app of claims."""
    found: dict[str, Kept] = {}
    for name in NAMES:
        each = property_of(EconomicEvent, name)
        if each is None:
            continue
        field: Any = EconomicEvent._meta.get_field(name)  # noqa: SLF001 (Django's documented model API)
        if field.concrete:
            table, columns = field.remote_field.through, (field.m2m_column_name(), field.m2m_reverse_name())
        else:
            table, columns = field.through, (field.field.m2m_reverse_name(), field.field.m2m_column_name())
        found[name] = Kept(cast("type[Flow]", each.target), table, columns)
    return found


def taken_over(draft: EventDraft, event: EconomicEvent) -> tuple[EventDraft, list[Refusal]]:
    """Return a correcting draft with the links of the event it corrects, and a refusal where it says others (D29)."""
    refusals = []
    links: dict[str, Any] = {}
    for name in kept():
        records = tuple(getattr(event, name).all())
        said = {canonical(text_of(each)) for each in getattr(draft, name)}
        if said and said != {identity_of(each) for each in records}:
            refusals.append(rules.refuse_difference(str(event), name))
        links[name] = records
    return replace(draft, **links), refusals


class Links:
    """What the drafts of a portion answer, looked up: one statement for each class they name, none where they name nothing."""

    def __init__(self, drafts: Sequence[EventDraft], *, is_correction: bool = False) -> None:
        """Find the records that the drafts name, as far as one may know of them; a correction names what its event does."""
        wanted: dict[type[Flow], set[str]] = {}
        # Most events answer nothing, and are not asked again.
        self._is_silent = not any(draft.fulfills or draft.satisfies or draft.settles for draft in drafts)
        for draft in () if self._is_silent else drafts:
            for _name, target, reference in _named(draft):
                if target is not None:
                    wanted.setdefault(target, set()).add(text_of(reference))
        find: Callable[..., dict[str, Flow]] = found_by_reference if is_correction else known
        self._found = {target: find(target, texts) for target, texts in wanted.items()}

    def refuse(self, draft: EventDraft) -> list[Refusal]:
        """Return a refusal for each answer that leads nowhere."""
        if self._is_silent:
            return []
        return [
            refuse_unknown(target, text_of(reference), name) if target else rules.refuse_unkept(name)
            for name, target, reference in _named(draft)
            if target is None or text_of(reference) not in self._found[target]
        ]

    def judge(self, draft: EventDraft, line: Line, kind: int | None) -> tuple[list[Refusal], list[Refusal]]:
        """Return what forbids that the event answers what it names, and what only looks like a mistake.

        Args:
            kind: of the resource that the event is about.
        """
        refusals: list[Refusal] = []
        warnings: list[Refusal] = []
        if self._is_silent:
            return refusals, warnings
        quantity = _measure(line.resource_quantity_value, line.resource_quantity_unit)
        effort = _measure(line.effort_quantity_value, line.effort_quantity_unit)
        for name, promise in self._answered(draft):
            amounts = ((quantity, promise.resource_quantity), (effort, promise.effort_quantity))
            refusals += rules.refuse_unlike_answer(amounts, name)
            warnings += rules.warn_of_other_kind(kind, promise.kind_meant(), str(promise), name)
        return refusals, warnings

    def write(self, drafts: Sequence[EventDraft], lines: Sequence[Line]) -> None:
        """Write the links of the events that were just written."""
        rows: dict[str, dict[tuple[int, int], None]] = {}
        for draft, line in () if self._is_silent else zip(drafts, lines, strict=True):
            for name, promise in self._answered(draft):
                rows.setdefault(name, {})[line.id, promise.pk] = None
        for name, some in rows.items():
            insert(kept()[name].table, kept()[name].columns, list(some))

    def _answered(self, draft: EventDraft) -> Iterator[tuple[str, Flow]]:
        for name, target, reference in _named(draft):
            if target is not None:
                yield name, self._found[target][text_of(reference)]


def _named(draft: EventDraft) -> Iterable[tuple[str, type[Flow] | None, Reference]]:
    """Yield what a draft names as answered, with the class that the name leads to; None where nobody keeps it."""
    for name in NAMES:
        for reference in getattr(draft, name):
            yield name, kept()[name].target if name in kept() else None, reference


def _measure(value: Any, unit: str) -> Measure | None:
    return None if value is None else Measure(value, unit)
