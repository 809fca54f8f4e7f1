"""Exports as files: one document, or a table a class in a folder or an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING

from oce.apps.spreadsheets.exports import comma_separated, linked_data, parquet
from oce.kit.standing import standing_still

if TYPE_CHECKING:
    from oce.apps.spreadsheets.exports.selection import Selection
    from oce.kit.records import Record

# The same records give the same bytes, so nothing in an archive says when it was made.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class Format(StrEnum):
    """What an export looks like."""

    LINKED_DATA = "jsonld"
    COMMA_SEPARATED = "csv"
    PARQUET = "parquet"


_TABLES: dict[Format, Callable[[Selection, type[Record], IO[bytes]], int]] = {
    Format.COMMA_SEPARATED: comma_separated.write,
    Format.PARQUET: parquet.write,
}


def export_to(selection: Selection, form: Format, path: Path) -> int:
    """Write the selection to `path` and return how many records there were.

    Linked data goes to one file. Tables go to an archive where the path ends in `.zip`, else to a folder, a file a
    class. Everything in it is as of one moment.
    """
    with standing_still():
        return _export_to(selection, form, path)


def _export_to(selection: Selection, form: Format, path: Path) -> int:
    if form is Format.LINKED_DATA:
        with _whole(path) as file:
            return linked_data.write(selection, file)
    if path.suffix == ".zip":
        with _whole(path) as file:
            return export_archive(selection, form, file)
    path.mkdir(parents=True, exist_ok=True)
    count = 0
    for model in selection.models():
        with _whole(path / name_of(model, form)) as file:
            count += _TABLES[form](selection, model, file)
    return count


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes its name only when all of it is written."""
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def export_archive(selection: Selection, form: Format, file: IO[bytes]) -> int:
    """Write a table a class into a zip archive and return how many records there were."""
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for model in selection.models():
            entry = zipfile.ZipInfo(name_of(model, form), _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as inside:
                count += _through_memory(selection, model, form, inside)
    return count


def name_of(model: type[Record], form: Format) -> str:
    """Return the file name of a class: `economic-event.csv`."""
    return f"{model.kind()}.{form.value}"


def _through_memory(selection: Selection, model: type[Record], form: Format, inside: IO[bytes]) -> int:
    if form is Format.COMMA_SEPARATED:
        return comma_separated.write(selection, model, inside)
    # Parquet writes its directory at the end and looks at where it stands, which an entry of an archive cannot tell.
    whole = io.BytesIO()
    count = parquet.write(selection, model, whole)
    inside.write(whole.getbuffer())
    return count
