"""Wishes, granted whole or not at all.

A command is a function whose first argument is the actor. Marked with `@command`, it runs in one transaction, asks whether
the actor may, leaves one line in the journal, and lets its notices be heard after the commit. Called with `key=`, it is
granted once: a retry with the same key gets the first answer.
"""

from __future__ import annotations

import hashlib
import json
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from oce.kit import clock, journal
from oce.kit.actor import Actor, Power, refuse_powerless
from oce.kit.records import Record
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

P = ParamSpec("P")
R = TypeVar("R")
KEY_LENGTH_MAX = 200


@dataclass(frozen=True, slots=True)
class Command:
    """What the house knows of a command: its name, the power it needs, its journal sentence and the record it serves."""

    name: str
    function: Callable[..., Any]
    power: Power
    says: str
    creates: type[Record] | None = None
    changes: type[Record] | None = None
    deletes: type[Record] | None = None


@dataclass(slots=True)
class _Running:
    """The wish being granted: what the journal will say of it."""

    subjects: list[str] = field(default_factory=list)
    words: dict[str, object] = field(default_factory=dict)


class Granted(Protocol[P, R]):
    """A command as callers see it: its own arguments, and an optional idempotency key."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Grant the wish, or raise Refused."""
        ...


_registry: dict[str, Command] = {}
_running: ContextVar[_Running | None] = ContextVar("running_command", default=None)


def commands() -> dict[str, Command]:
    """Return all commands of the house by name (`events.record_event`), in order of name."""
    return dict(sorted(_registry.items()))


def sentence_of(name: str) -> str:
    """Return the journal sentence of a command; of one that no longer exists, its name."""
    known = _registry.get(name)
    return known.says if known else name


def creator(model: type[Record]) -> Command | None:
    """Return the command that makes records of this class, or None where none does."""
    return next((each for each in _registry.values() if each.creates is model), None)


def changer(model: type[Record]) -> Command | None:
    """Return the command that changes records of this class, or None where none does."""
    return next((each for each in _registry.values() if each.changes is model), None)


def deleter(model: type[Record]) -> Command | None:
    """Return the command that deletes records of this class, or None where none does."""
    return next((each for each in _registry.values() if each.deletes is model), None)


def command(
    *,
    says: str,
    needs: Power = Power.RECORD,
    creates: type[Record] | None = None,
    changes: type[Record] | None = None,
    deletes: type[Record] | None = None,
) -> Callable[[Callable[P, R]], Granted[P, R]]:
    """Make a function a command.

    Args:
        says: the journal's sentence, marked with `gettext_noop`; its {words} are given by `tell`.
        needs: the power without which the wish is refused.
        creates, changes, deletes: the record class for which edges offer this command.
    """

    def mark(function: Callable[P, R]) -> Granted[P, R]:
        app = function.__module__.split(".")[-2]
        name = f"{app}.{function.__name__}"

        @wraps(function)
        def granted(*args: Any, key: str | None = None, **kwargs: Any) -> Any:  # noqa: ANN401 (the wrapped function's own)
            actor = args[0]
            refuse_if(refuse_powerless(actor, needs))
            if _running.get() is not None:
                return function(*args, **kwargs)  # type: ignore[arg-type]
            if key is None:
                return _grant(actor, name, function, args, kwargs)
            return _grant_once(actor, name, function, args, kwargs, key)

        _registry[name] = Command(name, granted, needs, says, creates, changes, deletes)
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
    running = _Running()
    token = _running.set(running)
    try:
        with transaction.atomic():
            result = function(*args, **kwargs)
            journal.write_line(actor, name, running.subjects, running.words)
    finally:
        _running.reset(token)
    return result


def _grant_once(  # noqa: PLR0913 (the wish, its name, its arguments and its key)
    actor: Actor, name: str, function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any], key: str
) -> Any:  # noqa: ANN401
    digest = _digest(name, args[1:], kwargs)
    refuse_if(_refuse_long_key(key))
    answered = journal.Answer.objects.filter(actor=actor.name, key=key).first()
    if answered is None:
        try:
            with transaction.atomic():
                result = _grant(actor, name, function, args, kwargs)
                journal.Answer.objects.create(
                    actor=actor.name, key=key, command=name, digest=digest, at=clock.now(), result=_remembered(result)
                )
        except IntegrityError:
            # Somebody sent the same key at the same time and was first; whatever else broke is not answered and raises on.
            answered = journal.Answer.objects.filter(actor=actor.name, key=key).first()
            if answered is None:
                raise
        else:
            return result
    if answered.digest != digest:
        raise Refused([
            Refusal(
                "kit.key_reused",
                gettext_noop("The key {key} was already used for another wish. Send a new key with a new wish."),
                "key",
                key=key,
            )
        ])
    return _recalled(answered.result)


def _refuse_long_key(key: str) -> list[Refusal]:
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


def _digest(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    return hashlib.sha256(f"{name}{args!r}{sorted(kwargs.items())!r}".encode()).hexdigest()


def _remembered(result: object) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Return a form of `result` that can be stored: records by class and key, dataclasses and lists of them likewise."""
    if isinstance(result, Record):
        return {"record": result._meta.label, "id": result.pk}  # noqa: SLF001
    if isinstance(result, list | tuple):
        return {"list": [_remembered(each) for each in result]}
    return {"value": json.loads(json.dumps(result, cls=DjangoJSONEncoder))}


def _recalled(stored: Any) -> Any:  # noqa: ANN401
    """Return what `_remembered` stored."""
    from django.apps import apps  # noqa: PLC0415 (apps are ready only when a command runs)

    if "record" in stored:
        return apps.get_model(stored["record"])._default_manager.get(pk=stored["id"])  # noqa: SLF001
    if "list" in stored:
        return [_recalled(each) for each in stored["list"]]
    return stored["value"]
