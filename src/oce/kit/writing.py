"""The plain writing of records: what somebody wished, checked against the record's declaration, then stored.

What an app forbids beyond the declaration it says in its rules: functions from the values to refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models

from oce.kit import locks
from oce.kit.actor import Actor, is_seen_by, onlooker
from oce.kit.commands import Granted, command, tell
from oce.kit.deadlocks import waiting_at_most
from oce.kit.faults import is_taken
from oce.kit.properties import Kind, properties_of, property_of
from oce.kit.records import Record, found_by_reference
from oce.kit.rows import insert_record
from oce.kit.values import Values, read_values, refuse_missing, refuse_unknown
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

__all__ = [
    "Rule",
    "Values",
    "change",
    "create",
    "delete",
    "find",
    "hold_references",
    "known",
    "plain_commands",
    "refuse_unknown",
]

T = TypeVar("T", bound=Record)
Rule = Callable[[Values], list[Refusal]]
Make = Granted[[Actor, Values], T]
Change = Granted[[Actor, T, str | None, Values], T]
Delete = Granted[[Actor, T, str | None], None]

# Held alone by whoever deletes a record, and shared by who writes ledger lines that refer to records without
# constraints.
REFERENCES_LOCK = "references"
# Nobody records anything while somebody waits to hold it alone, perhaps for an import of half a minute: so not for long.
REFERENCES_SECONDS_MAX = 2


def plain_commands(
    model: type[T], name: str, *rules: Rule, made: str, changed: str, deleted: str
) -> tuple[Make[T], Change[T], Delete[T]]:
    """Return the commands `make_<name>`, `change_<name>` and `delete_<name>` of records that want nothing special.

    They are assigned to these names in the `commands` of the record's app. A command with an order of its own, a lock
    or a notice is a function marked with `@command` instead.

    Args:
        model: the record class.
        name: what the record is called in the names of its commands.
        rules: what is asked before a record is made or changed.
        made: the journal's sentence about a new record, marked with `gettext_noop`.
        changed: likewise about a changed one.
        deleted: likewise about a deleted one.
    """

    def make_it(_actor: Actor, values: Values) -> T:
        """Write down a new record."""
        return create(model, values, *rules)

    def change_it(_actor: Actor, record: T, revision_id: str | None, values: Values) -> T:
        """Change a record."""
        return change(record, revision_id, values, *rules)

    def delete_it(_actor: Actor, record: T, revision_id: str | None) -> None:
        """Delete a record that nothing refers to."""
        delete(record, revision_id)

    for verb, function in (("make", make_it), ("change", change_it), ("delete", delete_it)):
        function.__name__ = function.__qualname__ = f"{verb}_{name}"
        function.__module__ = f"{model._meta.app_config.name}.commands"  # noqa: SLF001 (Django's documented model API)
    return (
        command(creates=model, says=made)(make_it),
        command(changes=model, says=changed)(change_it),
        command(deletes=model, says=deleted)(delete_it),
    )


def create(model: type[T], values: Values, *rules: Rule, **own: Any) -> T:
    """Store a new record of `values`, with `own` columns that no caller may set, and return it.

    Raises:
        Refused: with every refusal of the declaration; where it has none, with every refusal of `rules`, which would
            judge wrongly by values that could not be read.
    """
    plain, refusals = read_values(model, values, is_new=True)
    refuse_if(refusals, _refuse_taken(model, plain))
    refuse_if(*(rule(plain) for rule in rules))
    record = model(**own)
    _put(record, plain, is_new=True)
    tell(record.address, subject=str(record))
    return record


def change(record: T, revision_id: str | None, values: Values, *rules: Rule) -> T:
    """Change what `values` name and return the record; what is left out stays, None erases, a list replaces the list.

    `revision_id` is the version the caller saw; None changes whatever version there is (scripts only).

    Raises:
        Refused: `kit.changed_meanwhile` when somebody else was faster, and all that the declaration and `rules` refuse.
    """
    record = _held(record)
    refuse_if(_refuse_stale(record, revision_id))
    plain, refusals = read_values(type(record), values, is_new=False)
    after = _values_of(record) | plain
    # Of what was only named so far, nothing that must be said was said yet.
    missing = [] if record.is_described or refusals else refuse_missing(type(record), after)
    refuse_if(refusals, missing, _refuse_taken(type(record), plain, but=record))
    refuse_if(*(rule(after) for rule in rules))
    record.revision += 1
    record.is_described = True
    _put(record, plain, is_new=False)
    tell(record.address, subject=str(record))
    return record


def delete(record: Record, revision_id: str | None) -> None:
    """Remove a record that nothing refers to.

    Raises:
        Refused: `kit.changed_meanwhile`, or `kit.still_used` naming how many records refer to it.
    """
    hold_references()
    record = _held(record)
    refuse_if(_refuse_stale(record, revision_id))
    address, subject = record.address, str(record)
    try:
        record.delete()
    except models.ProtectedError as error:
        still_used = gettext_noop("{subject} is still used by {count} other records. Take it out of them first.")
        count = len(error.protected_objects)
        raise Refused(Refusal("kit.still_used", still_used, subject=subject, count=count)) from error
    tell(address, subject=subject)


def hold_references() -> None:
    """Keep the ledger from referring to anything new until the transaction ends.

    Where somebody writes ledger lines for longer than a moment, the wish is refused as `kit.busy`.
    """
    with waiting_at_most(REFERENCES_SECONDS_MAX):
        locks.alone(REFERENCES_LOCK)


def find(model: type[T], reference: str | UUID, field: str = "id") -> T:
    """Return the record that an identifier or address means.

    Raises:
        Refused: `kit.unknown_record`, also for a record that the onlooker may not see.
    """
    found = known(model, [str(reference)]).get(str(reference))
    if found is None:
        raise Refused(refuse_unknown(model, str(reference), field))
    return found


def known(model: type[T], references: Iterable[str]) -> dict[str, T]:
    """Return the records that identifiers or addresses mean, by reference, as far as the onlooker may know of them.

    Of what nobody described yet there is nothing to know but the address, which whoever refers to it has already.
    """
    looking = onlooker()
    found = found_by_reference(model, references)
    return {
        reference: record
        for reference, record in found.items()
        if not record.is_described or is_seen_by(looking, record)
    }


def _held(record: T) -> T:
    """Return the record as it is now, locked until the transaction ends."""
    held: T | None = type(record)._default_manager.select_for_update().filter(pk=record.pk).first()  # noqa: SLF001
    if held is None:
        raise Refused(refuse_unknown(type(record), str(record.uid), "revisionId"))
    return held


def _values_of(record: Record) -> dict[str, Any]:
    """Return what a record holds by property; a list of references as a question, which costs only those who ask it."""
    values = {each.name: getattr(record, each.name) for each in properties_of(type(record))}
    return {name: value.all() if _is_references(type(record), name) else value for name, value in values.items()}


def _put(record: Record, plain: Values, *, is_new: bool) -> None:
    """Store the read values in the record, and then its lists of references, which need its key."""
    lists = {name for name in plain if _is_references(type(record), name)}
    for name in plain.keys() - lists:
        setattr(record, name, plain[name])
    with _taken_meanwhile(type(record)):
        if is_new:
            insert_record(record)
        else:
            record.save(force_update=True)
    for name in lists:
        getattr(record, name).set(plain[name])


def _is_references(model: type[Record], name: str) -> bool:
    each = property_of(model, name)
    return each is not None and each.kind is Kind.REFERENCES


def _refuse_taken(model: type[Record], plain: Values, *, but: Record | None = None) -> list[Refusal]:
    """What may occur once only must not be there already."""
    others = model.every() if but is None else model.every().exclude(pk=but.pk)
    taken = gettext_noop(
        "There is already another {kind} with the {label} {value}. Choose another one, or use that one."
    )
    kind = model._meta.verbose_name  # noqa: SLF001 (Django's documented model API)
    return [
        Refusal("kit.taken", taken, each.term, kind=kind, label=each.label, value=plain[each.name])
        for each in properties_of(model)
        if each.is_unique
        and plain.get(each.name) not in {None, ""}
        and others.filter(**{each.name: plain[each.name]}).exists()
    ]


@contextmanager
def _taken_meanwhile(model: type[Record]) -> Iterator[None]:
    """Refuse, instead of failing, where somebody else was faster in writing what may occur once only."""
    try:
        yield
    except IntegrityError as error:
        if not is_taken(error):
            raise
        labels = ", ".join(str(each.label) for each in properties_of(model) if each.is_unique)
        taken = gettext_noop(
            "Somebody else has just written a {kind} with the same {label}. Choose another one, or use that one."
        )
        kind = model._meta.verbose_name  # noqa: SLF001 (Django's documented model API)
        raise Refused(Refusal("kit.taken_meanwhile", taken, kind=kind, label=labels)) from error


def _refuse_stale(record: Record, revision_id: str | None) -> list[Refusal]:
    if revision_id is None or revision_id == record.revision_id:
        return []
    changed = gettext_noop(
        "Somebody changed {subject} meanwhile. Look at it again, then repeat what is still to be changed."
    )
    return [Refusal("kit.changed_meanwhile", changed, "revisionId", subject=str(record))]
