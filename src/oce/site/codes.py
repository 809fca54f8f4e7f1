"""Codes that sign in once and not for long: `oce serve` and `oce sign-in` print them in a link.

An address stays in the history of a browser and in the logs of proxies, so it carries no lasting secret. The home folder keeps
the fingerprints of the codes that were given out, a file each.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from oce.kit import clock

VALID_SECONDS = 900


def new_code() -> str:
    """Return a code that signs in once within a quarter of an hour."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in folder.iterdir():
        with suppress(FileNotFoundError):  # somebody else removed it at the same moment
            if _is_late(old):
                old.unlink()
    code = secrets.token_urlsafe(24)
    file = _file(code)
    file.touch(mode=0o600)
    now = clock.now().timestamp()
    os.utime(file, (now, now))
    return code


def use_code(code: str) -> bool:
    """Return whether a code may sign in, and let it not do so again."""
    file = _file(code)
    try:
        is_late = _is_late(file)
        # Of two who come with one code at the same moment, the removal lets in one.
        file.unlink()
    except FileNotFoundError:
        return False
    return not is_late


def _is_late(file: Path) -> bool:
    return clock.now().timestamp() - file.stat().st_mtime > VALID_SECONDS


def _file(code: str) -> Path:
    return _folder() / hashlib.sha256(code.encode()).hexdigest()


def _folder() -> Path:
    home: Path = settings.OCE_HOME
    return home / "entry-codes"
