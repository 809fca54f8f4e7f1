"""Slows down guessing the secrets of links: after so many wrong ones from one address, none is looked at for a minute."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

WRONG_MAX = 20
SPAN_SECONDS = 60


def count(address: str) -> None:
    """Count one wrong secret from an address."""
    key = _key(address)
    if not cache.add(key, 1, SPAN_SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # the minute ended between the two
            cache.add(key, 1, SPAN_SECONDS)


def are_too_many(address: str) -> bool:
    """Return whether an address sent too many wrong secrets within the last minute."""
    wrong: int = cache.get(_key(address), 0)
    return wrong >= WRONG_MAX


def _key(address: str) -> str:
    return f"trace-guesses-{hashlib.sha256(address.encode()).hexdigest()}"
