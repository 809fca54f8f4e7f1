"""What the environment says, understood: a setting that cannot be is refused in a sentence before anything runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from oce.vf.refusals import Refusal, Refused, gettext_noop

T = TypeVar("T")

# Without what was given: it may be a secret.
SETTING = gettext_noop("The setting {name} cannot be understood. Give it {wanted}, or leave it out.")


def understood(name: str, given: str, understand: Callable[[str], T], wanted: str) -> T:
    """Return what `understand` makes of a setting.

    Raises:
        Refused: `site.setting` where it raises an error of its own.
    """
    try:
        return understand(given)
    except (ValueError, KeyError, OSError) as fault:
        raise Refused(Refusal("site.setting", SETTING, name=name, wanted=wanted)) from fault


def whole_number(name: str, given: str) -> int:
    """Return a number of things, at least one.

    Raises:
        Refused: `site.setting`.
    """
    return understood(name, given, _at_least_one, "a whole number, as 30")


def zone(name: str, given: str) -> str:
    """Return the name of a time zone that there is.

    Raises:
        Refused: `site.setting`.
    """
    understood(name, given, ZoneInfo, "the name of a time zone, as Europe/Brussels")
    return given


def mail_server(given: str) -> dict[str, Any]:
    """Return what is known of a mail server by its address; nothing where there is none."""
    if not given:
        return {}
    parts = urlsplit(given)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError(given)
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if parts.scheme == "smtps" else 587),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "is_encrypted": parts.scheme == "smtps",
        # A relay on the machine itself has no certificate.
        "becomes_encrypted": parts.scheme == "smtp" and parts.hostname not in {"localhost", "127.0.0.1", "::1"},
    }


def level(name: str, given: str) -> str:
    """Return how much the log tells.

    Raises:
        Refused: `site.setting`.
    """
    levels = logging.getLevelNamesMapping()
    understood(name, given, levels.__getitem__, f"one of {', '.join(levels)}")
    return given


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
