"""What wishes with a key led to, kept: a retry gets the same answer, and another wish is told from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from oce.kit.clock import Now
from oce.kit.records import Record
from oce.vf.decimals import EXACT, plain
from oce.vf.refusals import Refusal, Refused, gettext_noop


def digest(command: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """Return a short text that is the same for the same wish, whatever the objects it was told with."""
    told = json.dumps([command, _told(args), _told(kwargs)])
    return hashlib.sha256(told.encode()).hexdigest()


def told_of(model: type[Record], uid: UUID) -> list[str]:
    """Return what `digest` sees of a record: enough to tell it again when the record is gone."""
    return [model._meta.label, str(uid)]  # noqa: SLF001 (Django's documented model API)


def _told(value: Any) -> Any:  # noqa: PLR0911 (one answer a kind of value)
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        # The digits of what is refused anyway could fill the memory: 1e999999999.
        return plain(value) if abs(value.adjusted()) < EXACT.prec else str(value)
    if isinstance(value, Now):
        return "now"
    if isinstance(value, Record):
        return told_of(type(value), value.uid)
    if is_dataclass(value):
        return [type(value).__qualname__, [_told(getattr(value, each.name)) for each in fields(value)]]
    if isinstance(value, Mapping):
        return sorted([str(name), _told(each)] for name, each in value.items())
    if isinstance(value, list | tuple):
        return [_told(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted((_told(each) for each in value), key=json.dumps)
    return str(value)


def remembered(result: object) -> Any:
    """Return a form of `result` that JSON holds: rows by class and key, dataclasses and lists of them likewise."""
    if isinstance(result, Model):
        return {"record": result._meta.label, "id": result.pk}  # noqa: SLF001
    if isinstance(result, Refusal):
        values = {name: remembered(value) for name, value in result.values.items()}
        return {"refusal": [result.code, result.template, result.field], "values": values}
    if is_dataclass(result) and not isinstance(result, type):
        kept = {each.name: remembered(getattr(result, each.name)) for each in fields(result)}
        return {"dataclass": [type(result).__module__, type(result).__qualname__], "fields": kept}
    if isinstance(result, list):
        return {"list": [remembered(each) for each in result]}
    if isinstance(result, tuple):
        return {"tuple": [remembered(each) for each in result]}
    return {"value": json.loads(json.dumps(result, cls=DjangoJSONEncoder))}


def recalled(kept: Any) -> Any:
    """Return what `remembered` was given.

    Raises:
        Refused: `kit.answer_gone` when the record that was the answer has been deleted since.
    """
    if "record" in kept:
        return _record(kept["record"], kept["id"])
    if "refusal" in kept:
        code, template, field = kept["refusal"]
        return Refusal(code, template, field, **{name: recalled(value) for name, value in kept["values"].items()})
    if "dataclass" in kept:
        module, name = kept["dataclass"]
        answer_class = getattr(import_module(module), name)
        return answer_class(**{field: recalled(each) for field, each in kept["fields"].items()})
    if "list" in kept:
        return [recalled(each) for each in kept["list"]]
    if "tuple" in kept:
        return tuple(recalled(each) for each in kept["tuple"])
    return kept["value"]


def _record(label: str, key: int) -> Model:
    record: Model | None = apps.get_model(label)._default_manager.filter(pk=key).first()  # noqa: SLF001
    if record is None:
        gone = gettext_noop(
            "This was granted before, and what it led to has been deleted since. Send a new key to do it again."
        )
        raise Refused(Refusal("kit.answer_gone", gone, "key"))
    return record
