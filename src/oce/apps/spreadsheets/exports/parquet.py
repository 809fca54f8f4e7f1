"""Tables as Parquet: exact decimals, moments in UTC, a row group every so many rows."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from oce.apps.spreadsheets.exports.tables import Column, columns_of, rows
from oce.kit.properties import Kind
from oce.kit.quantities import DIGITS_MAX
from oce.vf.decimals import PLACES_MAX

if TYPE_CHECKING:
    from oce.apps.spreadsheets.exports.selection import Selection
    from oce.kit.records import Record

CHUNK = 20_000

_TYPES: dict[Kind, Any] = {
    Kind.NUMBER: pa.decimal128(DIGITS_MAX, PLACES_MAX),
    Kind.MOMENT: pa.timestamp("us", tz="UTC"),
    Kind.TRUTH: pa.bool_(),
    Kind.COUNT: pa.int64(),
    Kind.TEXTS: pa.list_(pa.string()),
    Kind.REFERENCES: pa.list_(pa.string()),
}


def write(selection: Selection, model: type[Record], file: IO[bytes]) -> int:
    """Write the selected records of a class to `file` and return how many there were."""
    columns = columns_of(model)
    schema = pa.schema([(column.heading, _TYPES.get(column.kind, pa.string())) for column in columns])
    count = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for chunk in selection.chunks(model, CHUNK):
            table = _table(columns, schema, list(rows(columns, chunk)))
            writer.write_table(table)
            count += table.num_rows
    return count


def _table(columns: list[Column], schema: pa.Schema, found: list[list[Any]]) -> pa.Table:
    turned: list[Any] = list(zip(*found, strict=True)) if found else [()] * len(columns)
    arrays = [
        pa.array([_plain(value) for value in values], type=field.type)
        for values, field in zip(turned, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _plain(value: Any) -> Any:
    return [] if value == [] else value
