"""The battery's questions to what programs see of an app: the schema explains itself, documents keep everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from oce.kit.jsonld.classes import implied_names
from oce.kit.jsonld.comparison import differing
from oce.kit.jsonld.descriptions import descriptions
from oce.kit.jsonld.documents import as_text, document_of, written
from oce.kit.jsonld.expansion import expanded
from oce.kit.jsonld.reading import read
from oce.kit.jsonld.texts import Source, read_text
from oce.kit.jsonld.told import Told
from oce.kit.properties import properties_of
from oce.kit.testing.asking import house
from oce.kit.testing.conformance.declarations import records_of
from oce.kit.testing.samples import sample

if TYPE_CHECKING:
    from oce.kit.app import OceApp
    from oce.kit.records import Record


def test_everything_in_the_schema_is_described() -> None:
    """Each type, field and argument of the schema says what it is, whichever app it is from."""
    silent = [name for name, described in _described() if not described]
    assert silent == []


@pytest.mark.django_db
def test_a_document_keeps_the_record(app_under_test: OceApp) -> None:
    """A record of each class, written as JSON-LD and read back, says the same."""
    for model in records_of(app_under_test):
        record = sample(model)
        record = model.every().get(pk=record.pk)
        told = read_back(record)
        implied = implied_names(model)
        assert told.of.name == record.vf_type
        assert {name: getattr(record, name) for name in implied} == dict(told.of.implied)
        values = dict(told.values) | told.given
        for snapshot in told.snapshots:
            values |= snapshot.values
        assert [each.name for each in differing(record, values)] == []
        said = [each for each in properties_of(model) if written(each, getattr(record, each.name)) is not None]
        assert [each.name for each in said if each.name not in values and each.name not in implied] == []


def read_back(record: Record) -> Told:
    """Return what the document of a record tells of it."""
    source = Source("record.jsonld", as_text(document_of(record)).encode())
    found = descriptions(expanded(source, read_text(source)))
    return read(found, zone=UTC, skip_unknown=False).told[record.address]


def _described() -> Iterator[tuple[str, str | None]]:
    for name, of_type in house().schema.type_map.items():
        if not name.startswith("__"):
            yield name, of_type.description
            for member, each in getattr(of_type, "fields", {}).items():
                yield f"{name}.{member}", each.description
                for argument, one in getattr(each, "args", {}).items():
                    yield f"{name}.{member}({argument})", one.description
