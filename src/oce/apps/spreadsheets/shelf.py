"""Uploaded files, put aside until somebody has looked at them and they are taken in, or for an hour."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings

from oce.apps.spreadsheets.models import Import
from oce.apps.spreadsheets.uploads import source_of
from oce.kit import clock
from oce.kit.jsonld.texts import Source
from oce.vf.refusals import Refusal, Refused, gettext_noop

KEPT_SECONDS = 3600
NAME_LENGTH_MAX = 200
PROGRESS = "progress"
GONE = gettext_noop("The file is no longer here: it is kept for an hour only. Choose it once more.")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def put_aside(name: str, stream: IO[bytes]) -> str:
    """Keep a file for an hour and return the word by which it is found: the digest of what it holds.

    Raises:
        Refused: `files.too_large`.
    """
    source = source_of(name[-NAME_LENGTH_MAX:], stream)
    _clear()
    digest = hashlib.sha256(source.content).hexdigest()
    folder = _shelf() / digest
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The name last: it is looked for first.
    _write(folder / "content", source.content)
    _write(folder / "name", source.name.encode())
    # What is put aside once more begins a new hour.
    os.utime(folder, (now := clock.now().timestamp(), now))
    return digest


def taken_from(digest: str) -> Source:
    """Return a file that was put aside.

    Raises:
        Refused: `files.gone`.
    """
    folder = _shelf() / digest
    if not _DIGEST.fullmatch(digest) or not (folder / "name").is_file():
        raise Refused(Refusal("files.gone", GONE))
    return Source((folder / "name").read_text("utf-8"), (folder / "content").read_bytes())


def note_progress(digest: str, done: int, of: int) -> None:
    """Write beside a file how many of its rows are done: the import itself is one transaction, which nobody sees into."""
    folder = _shelf() / digest
    _write(folder / PROGRESS, f"{done} {of}".encode())


def progress_of(digest: str) -> tuple[int, int] | None:
    """Return how many of how many rows of a file are done; None where nothing was noted."""
    try:
        done, of = (_shelf() / digest / PROGRESS).read_text(encoding="ascii").split()
    except FileNotFoundError:
        return None
    return int(done), int(of)


def _write(file: Path, content: bytes) -> None:
    """Write a file beside its place and put it there whole: somebody may be reading the one before."""
    part = file.with_name(f"{file.name}.{uuid4().hex}.part")
    part.write_bytes(content)
    part.replace(file)


def _shelf() -> Path:
    home: Path = settings.OCE_HOME
    return home / "uploads"


def _clear() -> None:
    """Throw away what has lain here for too long and is not waited for."""
    if not _shelf().is_dir():
        return
    oldest = clock.now().timestamp() - KEPT_SECONDS
    awaited = set(Import.objects.filter(ended=None).values_list("digest", flat=True))
    for folder in _shelf().iterdir():
        if folder.name not in awaited and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
