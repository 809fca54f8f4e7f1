"""The references of a whole table of events, looked up before any of its rows happens.

A reference in a file is an identifier, an address, or a name that only one record has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from oce.apps.events.models import EconomicEvent
from oce.apps.events.targets import TARGETS
from oce.kit.records import Record, read_uid
from oce.kit.synonyms import key_meant
from oce.kit.writing import refuse_unknown
from oce.vf.refusals import Refusal, gettext_noop
from oce.vf.terms import camel
from oce.vf.texts import is_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A table corrects nothing.
REFERENCES = {name: model for name, model in TARGETS.items() if model is not EconomicEvent}
# Values asked for in one statement: below the limit of bound values of either database.
BATCH = 10_000


class Encoded(NamedTuple):
    """A column of references: the private key of each distinct text, None where it means nothing, and each row's number of it."""

    texts: list[str]
    keys: list[int | None]
    rows: pa.Array


def encode(table: pa.Table) -> tuple[dict[str, Encoded], dict[tuple[type[Record], str], Refusal]]:
    """Return the reference columns of `table` with their keys, and a refusal for each text that means no one record."""
    encoded: dict[str, pa.DictionaryArray] = {}
    wanted: dict[type[Record], set[str]] = {}
    for name, model in REFERENCES.items():
        if name in table.column_names:
            column = trimmed(table[name])
            encoded[name] = column
            wanted.setdefault(model, set()).update(column.dictionary.to_pylist())
    keys: dict[type[Record], dict[str, int]] = {}
    refusals: dict[tuple[type[Record], str], Refusal] = {}
    for model, texts in wanted.items():
        keys[model], faults = _keys(model, texts)
        refusals.update({(model, text): refusal for text, refusal in faults.items()})
    columns = {}
    for name, column in encoded.items():
        texts = column.dictionary.to_pylist()
        columns[name] = Encoded(texts, [keys[REFERENCES[name]].get(text) for text in texts], column.indices)
    return columns, refusals


def refusals_of_row(name: str, text: str, refusals: dict[tuple[type[Record], str], Refusal]) -> Refusal:
    """Return the refusal of a reference at its property."""
    return refusals[REFERENCES[name], text].at(camel(name))


def trimmed(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Return the column's texts, trimmed, each once, with empty ones as nothing."""
    plain = column.combine_chunks()
    if pa.types.is_dictionary(plain.type):
        plain = plain.dictionary_decode()
    trimmed = pc.utf8_trim_whitespace(plain.cast(pa.string()))
    return pc.dictionary_encode(pc.if_else(pc.equal(trimmed, ""), None, trimmed))


def _keys(model: type[Record], texts: set[str]) -> tuple[dict[str, int], dict[str, Refusal]]:
    uids = {text: uid for text in texts if (uid := read_uid(text)) is not None}
    keys: dict[str, int] = {}
    by_uid = dict(_pairs(model, "uid", set(uids.values())))
    keys.update({text: by_uid[uid] for text, uid in uids.items() if uid in by_uid})
    others = set(filter(is_text, texts - set(uids)))
    keys.update(_pairs(model, "iri", others))  # type: ignore[arg-type]
    refusals: dict[str, Refusal] = {}
    names = others - set(keys)
    seen: dict[str, int] = {}
    for called, key in _pairs(model, "name", names):
        name = str(called)
        if seen.get(name, key) != key:
            refusals[name] = _refuse_ambiguous(model, name)
        seen[name] = key
    keys.update({name: key for name, key in seen.items() if name not in refusals})
    for text in texts - set(keys) - set(refusals):
        refusals[text] = refuse_unknown(model, text, None)
    return keys, refusals


def _pairs(model: type[Record], column: str, values: Iterable[object]) -> Iterator[tuple[object, int]]:
    wanted = sorted(values, key=str)
    for start in range(0, len(wanted), BATCH):
        found = model.every().filter(**{f"{column}__in": wanted[start : start + BATCH]})
        yield from found.annotate(meant_key=key_meant(model)).values_list(column, "meant_key")


def _refuse_ambiguous(model: type[Record], name: str) -> Refusal:
    return Refusal(
        "events.ambiguous_name",
        gettext_noop(
            "Several records of the kind {kind} are called {name}. Give the identifier of the one that is meant."
        ),
        None,
        kind=model._meta.verbose_name,  # noqa: SLF001 (Django's documented model API)
        name=name,
    )
