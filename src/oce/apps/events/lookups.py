"""What drafts refer to, looked up: one statement for all agents, kinds, processes, agreements and places together."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from oce.apps.events.models import EconomicEvent
from oce.apps.events.targets import TARGETS
from oce.apps.processes.models import Process
from oce.apps.resources.models import EconomicResource
from oce.kit.actor import seen_by
from oce.kit.drivers import driver_of
from oce.kit.records import Record, read_uid
from oce.kit.rows import database_of
from oce.kit.sharing import Visibility
from oce.kit.statements import Question
from oce.kit.synonyms import Word
from oce.kit.writing import refuse_unknown
from oce.vf.terms import camel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oce.apps.events.drafts import EventDraft, Reference
    from oce.kit.actor import Actor
    from oce.vf.refusals import Refusal

# Resources and corrected events are held, not looked up.
REFERENCES = {name: model for name, model in TARGETS.items() if model not in {EconomicEvent, EconomicResource}}
_CLASSES = tuple(dict.fromkeys(REFERENCES.values()))
_NAMED = tuple((name, _CLASSES.index(model)) for name, model in REFERENCES.items())


_SHARED = f"(visibility <> '{Visibility.GROUP.value}' OR NOT is_described)"


# One wish with many drafts asks in ever other counts; only the usual statements are worth keeping.
STATEMENTS_KEPT = 256


class Found(NamedTuple):
    """A record that somebody referred to; of a process also its kind, and how many things were combined in it.

    It is shared where others than those whom it concerns see it; of what nobody described there is nothing to see.
    """

    key: int
    is_shared: bool
    based_on: int | None = None
    combines: int = 0


@dataclass(slots=True)
class Lookups:
    """The answers, by class and by the text of the reference."""

    found: dict[tuple[int, str], Found] = field(default_factory=dict)

    def key(self, name: str, reference: Reference | None) -> int | None:
        """Return the private key of what the property `name` refers to; None for nothing, or where nothing was found."""
        found = self.of(name, reference)
        return None if found is None else found.key

    def of(self, name: str, reference: Reference | None) -> Found | None:
        """Return what the property `name` refers to."""
        if reference is None:
            return None
        return self.found.get((_CLASSES.index(REFERENCES[name]), text_of(reference)))

    def forget_unseen(self, actor: Actor) -> None:
        """Let what the actor may not see be as unknown as what is not there: a statement for each class with any of it."""
        if actor.sees_everything:
            return
        for number, model in enumerate(_CLASSES):
            own = {key: found for key, found in self.found.items() if key[0] == number and not found.is_shared}
            if own:
                keys = {found.key for found in own.values()}
                seen = set(seen_by(actor, model.every()).filter(pk__in=keys).values_list("pk", flat=True))
                for key, found in own.items():
                    if found.key not in seen:
                        del self.found[key]

    def unknown(self, draft: EventDraft) -> list[Refusal]:
        """Return a refusal for each reference of `draft` that means nothing."""
        refusals = []
        for name, number in _NAMED:
            reference = getattr(draft, name)
            if reference is not None and (number, text_of(reference)) not in self.found:
                refusals.append(refuse_unknown(_CLASSES[number], text_of(reference), camel(name)))
        return refusals


def text_of(reference: Reference) -> str:
    """Return the reference as a text: the identifier of a record, or what was given."""
    return str(reference.uid) if isinstance(reference, Record) else str(reference)


def looking_up(drafts: Iterable[EventDraft]) -> Question[Lookups]:
    """Return the question for what the drafts refer to: one statement however many drafts."""
    uids: list[dict[UUID, list[str]]] = [{} for _ in _CLASSES]
    iris: list[set[str]] = [set() for _ in _CLASSES]
    for draft in drafts:
        for name, number in _NAMED:
            reference = getattr(draft, name)
            if reference is None:
                continue
            text = text_of(reference)
            uid = reference if isinstance(reference, UUID) else read_uid(text)
            if uid is None:
                iris[number].add(text)
            else:
                texts = uids[number].setdefault(uid, [])
                if text not in texts:
                    texts.append(text)
    return _question(uids, iris)


def _question(uids: list[dict[UUID, list[str]]], iris: list[set[str]]) -> Question[Lookups]:
    driver = driver_of(database_of(EconomicEvent).vendor)
    counts = tuple((len(by_uid), len(by_iri)) for by_uid, by_iri in zip(uids, iris, strict=True))
    values: list[Any] = []
    for by_uid, by_iri in zip(uids, iris, strict=True):
        values.extend(map(driver.uid_in, by_uid))
        values.extend(by_iri)

    def understand(rows: list[tuple[Any, ...]]) -> Lookups:
        lookups = Lookups()
        for number, key, uid, iri, is_shared, based_on, combines in rows:
            found = Found(key, bool(is_shared), based_on, combines)
            for text in uids[number].get(driver.uid_out(uid), ()):
                lookups.found[number, text] = found
            if iri is not None and iri in iris[number]:
                lookups.found[number, iri] = found
        return lookups

    return Question(_statement(counts), values, understand)


@lru_cache(STATEMENTS_KEPT)
def _statement(counts: tuple[tuple[int, int], ...]) -> str:
    parts = []
    for number, ((by_uid, by_iri), model) in enumerate(zip(counts, _CLASSES, strict=True)):
        more = "based_on_id, combines" if model is Process else "CAST(NULL AS bigint), 0"
        columns = f"{_SHARED}, {more}"
        # Who names a word that was merged into another means the other.
        key = "COALESCE(same_as_id, id)" if issubclass(model, Word) else "id"
        tests = [
            f"{column} IN ({', '.join(['%s'] * count)})"
            for column, count in (("uid", by_uid), ("iri", by_iri))
            if count
        ]
        if tests:
            table = model._meta.db_table  # noqa: SLF001 (Django's documented model API)
            parts.append(f"SELECT {number}, {key}, uid, iri, {columns} FROM {table} WHERE {' OR '.join(tests)}")  # noqa: S608
    return " UNION ALL ".join(parts)
