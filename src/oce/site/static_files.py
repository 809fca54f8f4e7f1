"""Light pages: static files hashed and compressed once, before the server starts; HTML compressed on its way out."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.middleware.gzip import GZipMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

STAMP = "made-from.txt"


class HouseStatics(CompressedManifestStaticFilesStorage):
    """Names of static files with their checksums, once they are collected; plain names before, as in tests."""

    manifest_strict = False
    support_js_module_import_aggregation = True

    def read_manifest(self) -> str | None:
        """Return the list of names, or None where nothing is collected."""
        return super().read_manifest() if self.base_location else None

    def stored_name(self, name: str) -> str:
        """Return the name with its checksum, or the plain name of a file that is not collected."""
        known: str = self.hashed_files.get(self.hash_key(self.clean_name(name)), name)
        return known


class CompressedPages(GZipMiddleware):
    """Compresses pages, whose secrets are masked anew in every answer; documents and tables stream out as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the answer, compressed if it is a page."""
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


def provide() -> Path:
    """Make the collected files stand in the home folder and return theirs; collect only after a change."""
    folder = Path(settings.STATIC_ROOT or Path(settings.OCE_HOME) / "static")
    settings.STATIC_ROOT = str(folder)
    stamp = folder / STAMP
    wanted = fingerprint()
    if not stamp.exists() or stamp.read_text(encoding="ascii") != wanted:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(wanted, encoding="ascii")
    return folder


def fingerprint() -> str:
    """Return a checksum over the names, sizes and ages of all static files."""
    digest = hashlib.sha256()
    for path, source in sorted(_files()):
        about = source.stat()
        digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files() -> Iterator[tuple[str, Path]]:
    finder: Any
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            yield path, Path(storage.path(path))
