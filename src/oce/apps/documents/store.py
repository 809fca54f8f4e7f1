"""Where files lie: in the home folder under `media`, each under the fingerprint of what it holds, so that none lies twice."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from oce.kit import clock


def put(content: bytes) -> str:
    """Keep what a file holds, and return the fingerprint under which it is found."""
    digest = hashlib.sha256(content).hexdigest()
    place = place_of(digest)
    if place.is_file():
        # It is wanted once more: whoever tidies up leaves it for another while.
        os.utime(place, (now := clock.now().timestamp(), now))
    else:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Beside its place first: whoever reads it meanwhile finds it whole or not at all.
        part = place.with_name(f"{digest}.{uuid4().hex}.part")
        part.write_bytes(content)
        part.replace(place)
    return digest


def place_of(digest: str) -> Path:
    """Return where the file of a fingerprint lies."""
    return media() / digest[:2] / digest


def media() -> Path:
    """Return the folder of all files."""
    home: Path = settings.OCE_HOME
    return home / "media"
