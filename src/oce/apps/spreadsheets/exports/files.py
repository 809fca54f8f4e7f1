"""Exports as files: one document, or a table a class in a folder or an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING

from oce.apps.spreadsheets.exports import comma_separated, linked_data
from oce.kit.standing import standing_still
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from oce.apps.spreadsheets.exports.selection import Selection
    from oce.kit.records import Record

ENDING = gettext_noop(
    "Nothing is written to {name} in that form: it ends in {ending}. End it in .jsonld for a document, in .csv or .parquet"
    " for one table, in .zip for all tables, or in nothing for a folder of them."
)
ONE_TABLE = gettext_noop(
    "{name} holds one table, and there are {count} to write. Choose one with --class, or name a folder or an archive (.zip)."
)

# The same records give the same bytes, so nothing in an archive says when it was made.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class Format(StrEnum):
    """What an export looks like; of those that a name leaves open, the first is meant."""

    COMMA_SEPARATED = "csv"
    LINKED_DATA = "jsonld"
    PARQUET = "parquet"


_ENDINGS = {
    Format.COMMA_SEPARATED: frozenset({"", ".zip", ".csv"}),
    Format.LINKED_DATA: frozenset({"", ".jsonld", ".json"}),
    Format.PARQUET: frozenset({"", ".zip", ".parquet"}),
}


def _write_parquet(selection: Selection, model: type[Record], file: IO[bytes]) -> int:
    # Not at the top: its library is heavy, and most processes never write a file.
    from oce.apps.spreadsheets.exports import parquet

    return parquet.write(selection, model, file)


_TABLES: dict[Format, Callable[[Selection, type[Record], IO[bytes]], int]] = {
    Format.COMMA_SEPARATED: comma_separated.write,
    Format.PARQUET: _write_parquet,
}


def export_to(selection: Selection, form: Format, path: Path) -> int:
    """Write the selection to `path` and return how many records there were.

    Linked data goes to one file. Tables go to an archive where the path ends in `.zip`; one table to a file that ends in
    `.csv` or `.parquet`; else they go to a folder, a file a class. Everything in it is as of one moment.

    Raises:
        Refused: `files.one_table`: a file for one table, and several to write.
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
    if path.suffix == f".{form.value}" and not path.is_dir():
        model = _only_one(selection, path.name)
        with _whole(path) as file:
            return _TABLES[form](selection, model, file)
    path.mkdir(parents=True, exist_ok=True)
    count = 0
    for model in selection.models():
        with _whole(path / name_of(model, form)) as file:
            count += _TABLES[form](selection, model, file)
    return count


def export_stream(selection: Selection, form: Format, file: IO[bytes]) -> int:
    """Write the selection to a stream, a document or one table, and return how many records there were.

    Raises:
        Refused: `files.one_table`.
    """
    with standing_still():
        if form is Format.LINKED_DATA:
            return linked_data.write(selection, file)
        return _through_memory(selection, _only_one(selection, "-"), form, file)


def format_of(path: Path, chosen: Format | None = None) -> Format:
    """Return what is to be written to `path`: what was `chosen`, or else what its ending says.

    Raises:
        Refused: `files.ending`: nobody would find in the file what its name promises.
    """
    ending = "" if path.is_dir() else path.suffix.lower()
    fitting = [form for form in ([chosen] if chosen else Format) if ending in _ENDINGS[form]]
    if not fitting:
        raise Refused(Refusal("files.ending", ENDING, None, name=path.name, ending=ending))
    return fitting[0]


def _only_one(selection: Selection, name: str) -> type[Record]:
    models = selection.models()
    if len(models) != 1:
        raise Refused(Refusal("files.one_table", ONE_TABLE, None, name=name, count=len(models)))
    return models[0]


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
    """Write a table a class into a zip archive, as of one moment, and return how many records there were."""
    with standing_still():
        return _export_archive(selection, form, file)


def _export_archive(selection: Selection, form: Format, file: IO[bytes]) -> int:
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
    count = _write_parquet(selection, model, whole)
    inside.write(whole.getbuffer())
    return count
