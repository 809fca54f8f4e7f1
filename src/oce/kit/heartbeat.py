"""The sign of life of the worker: a file in the home folder, which it touches also while others keep the database busy."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from oce.kit import clock

# A worker that gave no sign for so long has ended, or hangs; between two signs lie half a minute at most.
SILENT_SECONDS_MAX = 180


def beat() -> None:
    """Give a sign of life."""
    file = _file()
    file.touch()
    now = clock.now().timestamp()
    os.utime(file, (now, now))


def seconds_silent() -> int | None:
    """Return how long ago the worker gave its last sign, or None where there was no worker yet."""
    try:
        return max(0, int(clock.now().timestamp() - _file().stat().st_mtime))
    except FileNotFoundError:
        return None


def _file() -> Path:
    home: Path = settings.OCE_HOME
    return home / "worker-alive"
