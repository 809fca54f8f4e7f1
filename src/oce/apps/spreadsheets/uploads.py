"""Files as they come: refused by their size before they are read."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import IO

from django.conf import settings

from oce.kit.jsonld.texts import Source
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

FOLDER = gettext_noop("{name} is a folder. Name the files in it.")
ENDLESS = gettext_noop("{name} has more than {most} MB; no more are taken. Split it, or raise OCE_UPLOAD_BYTES_MAX.")
TOO_LARGE = gettext_noop("{name} has {size} MB; at most {most} MB are taken. Split it, or raise OCE_UPLOAD_BYTES_MAX.")
NOT_THERE = gettext_noop("There is no file {name}. Check the spelling and the folder.")
_MEGABYTE = 1024 * 1024
_TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods"})


def is_table(name: str) -> bool:
    """Return whether a file of this name is read as a table, and not as a document."""
    return PurePath(name).suffix.lower() in _TABLES


def refuse_too_large(name: str, size: int) -> list[Refusal]:
    """A file has a size that one import can hold in memory."""
    if size <= settings.OCE_UPLOAD_BYTES_MAX:
        return []
    most = settings.OCE_UPLOAD_BYTES_MAX // _MEGABYTE
    # Rounded up, so that it is more than the bound also where it is so by a few bytes.
    return [Refusal("files.too_large", TOO_LARGE, None, name=name, size=-(-size // _MEGABYTE), most=most)]


def source_at(path: Path) -> Source:
    """Return the file at `path`; one that is too large is refused without being read."""
    if path.is_dir():
        refuse_if([Refusal("files.folder", FOLDER, None, name=str(path))])
    if not path.is_file():
        refuse_if([Refusal("files.not_there", NOT_THERE, None, name=str(path))])
    refuse_if(refuse_too_large(path.name, path.stat().st_size))
    return Source(path.name, path.read_bytes())


def source_of(name: str, stream: IO[bytes]) -> Source:
    """Return what a stream of unknown length holds, reading no further than the bound."""
    content = stream.read(settings.OCE_UPLOAD_BYTES_MAX + 1)
    if len(content) > settings.OCE_UPLOAD_BYTES_MAX:
        most = settings.OCE_UPLOAD_BYTES_MAX // _MEGABYTE
        raise Refused(Refusal("files.too_large", ENDLESS, None, name=name, most=most))
    return Source(name, content)
