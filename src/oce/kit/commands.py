"""Wishes, granted whole or not at all.

A command is a function whose first argument is the actor. Marked with `@command`, it runs in one transaction, asks
whether the actor may, leaves one line in the journal, and lets its notices be heard after the commit. Called with
`key=`, it is granted once: a retry with the same key gets the first answer.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar, cast

from django.db import IntegrityError, transaction

from oce.kit import answers, clock, journal
from oce.kit.access import power_over, refuse_writing
from oce.kit.actor import Actor, Power, refuse_wishing
from oce.kit.deadlocks import granted_despite_deadlocks
from oce.kit.journal import Answer
from oce.kit.records import Record
from oce.kit.statements import one_transaction
from oce.vf.refusals import Refusal, gettext_noop, refuse_if
from oce.vf.texts import is_text

if TYPE_CHECKING:
    from collections.abc import Mapping

Entitles = Callable[[Actor, Any], list[Refusal]]
P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
KEY_LENGTH_MAX = 200
NO_TEXT = gettext_noop("The idempotency key {key} holds what is no character. Use a UUID.")


@dataclass(frozen=True, slots=True)
class Command:
    """What the house knows of a command: its name, the power it needs, its journal sentence, what it serves.

    `without` names the edges that do not offer it, `page` or `mutation`, each with the reason; `entitles` answers for whom
    an actor may make the wish (see `command`).
    """

    name: str
    function: Callable[..., Any]
    power: Power
    says: str
    creates: type[Record] | None = None
    changes: type[Record] | None = None
    deletes: type[Record] | None = None
    without: Mapping[str, str] = field(default_factory=dict)
    entitles: Entitles = refuse_writing

    def refuse(self, actor: Actor, record: Record | None = None) -> list[Refusal]:
        """Return why an actor may not make this wish, of a certain record where one is given; nothing where they may."""
        return refuse_wishing(actor, self.power) or ([] if record is None else self.entitles(actor, record))


@dataclass(slots=True)
class _Running:
    """The wish being granted: what the journal will say of it."""

    subjects: list[str] = field(default_factory=list)
    words: dict[str, object] = field(default_factory=dict)


class Granted(Protocol[P, R_co]):
    """A command as callers see it: its own arguments, and an optional idempotency key."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Grant the wish, or raise Refused."""
        ...


_registry: dict[str, Command] = {}
_running: ContextVar[_Running | None] = ContextVar("running_command", default=None)


def commands() -> dict[str, Command]:
    """Return all commands of the house by name (`events.record_event`), in order of name."""
    return dict(sorted(_registry.items()))


def creator(model: type[Record]) -> Command | None:
    """Return the command that makes records of this class, or None where none does."""
    return next((each for each in _registry.values() if each.creates is model), None)


def changer(model: type[Record]) -> Command | None:
    """Return the command that changes records of this class, or None where none does."""
    return next((each for each in _registry.values() if each.changes is model), None)


def deleter(model: type[Record]) -> Command | None:
    """Return the command that deletes records of this class, or None where none does."""
    return next((each for each in _registry.values() if each.deletes is model), None)


def command(  # noqa: PLR0913 (all that is said of a command)
    *,
    says: str,
    needs: Power | None = None,
    creates: type[Record] | None = None,
    changes: type[Record] | None = None,
    deletes: type[Record] | None = None,
    without: Mapping[str, str] = MappingProxyType({}),
    entitles: Entitles | None = None,
) -> Callable[[Callable[P, R]], Granted[P, R]]:
    """Make a function a command.

    Args:
        says: the journal's sentence, marked with `gettext_noop`; its {words} are given by `tell`.
        needs: the power without which the wish is refused; where it is left out, the one that writing records of the
            class needs, or the power to record.
        creates: the record class that edges offer this command for.
        changes: likewise.
        deletes: likewise.
        without: the edges that do not offer it, `page` or `mutation`, each with the reason.
        entitles: what is asked about the record that is made, changed (before and after) or deleted; where it is left out,
            whether the actor holds the power over somebody whom the record concerns.
    """
    kept = creates or changes or deletes
    power = needs or (power_over(kept) if kept else Power.RECORD)
    refuse: Entitles = entitles or refuse_writing

    def mark(function: Callable[P, R]) -> Granted[P, R]:
        app = function.__module__.split(".")[-2]
        name = f"{app}.{function.__name__}"

        def entitled(*args: Any, **kwargs: Any) -> Any:
            """Grant the wish; what it wrote is taken back with the transaction where the actor may not write it."""
            actor = args[0]
            if changes or deletes:
                refuse_if(refuse(actor, args[1]))
            result = function(*args, **kwargs)
            if creates or changes:
                refuse_if(refuse(actor, result))
            return result

        @wraps(function)
        def granted(*args: Any, key: str | None = None, **kwargs: Any) -> Any:
            actor = args[0]
            refuse_if(refuse_wishing(actor, power))
            if _running.get() is not None:
                # Part of a larger wish: no line of its own, and if the larger wish survives its refusal, nothing of
                # it stays.
                with transaction.atomic():
                    return entitled(*args, **kwargs)
            if key is None:
                return granted_despite_deadlocks(lambda: _grant(actor, name, entitled, args, kwargs))
            return granted_despite_deadlocks(lambda: _grant_once(actor, name, entitled, args, kwargs, key))

        journal.learn_sentence(name, says)
        _registry[name] = Command(name, granted, power, says, creates, changes, deletes, without, refuse)
        granted.command_name = name  # type: ignore[attr-defined]
        return cast("Granted[P, R]", granted)

    return mark


def tell(*subjects: str, **words: object) -> None:
    """Add to the journal line of the running command: addresses of what it touched, and words of its sentence."""
    running = _running.get()
    if running is not None:
        running.subjects.extend(subjects)
        running.words.update(words)


def _grant(actor: Actor, name: str, function: Callable[..., R], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> R:
    with one_transaction():
        running = _Running()
        token = _running.set(running)
        try:
            result = function(*args, **kwargs)
        finally:
            # Before the commit: who hears of it afterwards and makes a wish, makes one of his own.
            _running.reset(token)
        journal.write_line(actor, name, running.subjects, running.words)
    return result


def _grant_once(
    actor: Actor, name: str, function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any], key: str
) -> Any:
    refuse_if(_refuse_key(key))
    digest = answers.digest(name, args[1:], kwargs)
    given = _answer_to(actor, key)
    if given is None:
        try:
            with transaction.atomic():
                # The key first: whoever sends it at the same time waits here, and then gets this answer.
                given = Answer.objects.create(
                    actor=actor.identity, key=key, command=name, digest=digest, at=clock.now()
                )
                result = _grant(actor, name, function, args, kwargs)
                given.result = answers.remembered(result)
                given.save(update_fields=["result"])
        except IntegrityError:
            given = _answer_to(actor, key)
            if given is None:  # it was not the key that was taken
                raise
        else:
            return result
    refuse_if(_refuse_reused_key(key, is_same=given.digest == digest))
    return answers.recalled(given.result)


def _answer_to(actor: Actor, key: str) -> Answer | None:
    return Answer.objects.filter(actor=actor.identity, key=key).first()


def _refuse_reused_key(key: str, *, is_same: bool) -> list[Refusal]:
    if is_same:
        return []
    return [
        Refusal(
            "kit.key_reused",
            gettext_noop("The key {key} was already used for another wish. Send a new key with a new wish."),
            "key",
            key=key,
        )
    ]


def _refuse_key(key: str) -> list[Refusal]:
    if not is_text(key):
        return [Refusal("kit.key_text", NO_TEXT, "key", key=repr(key[:KEY_LENGTH_MAX]))]
    if 0 < len(key) <= KEY_LENGTH_MAX:
        return []
    return [
        Refusal(
            "kit.key_length",
            gettext_noop("An idempotency key has between 1 and {most} characters; this one has {length}. Use a UUID."),
            "key",
            most=KEY_LENGTH_MAX,
            length=len(key),
        )
    ]
