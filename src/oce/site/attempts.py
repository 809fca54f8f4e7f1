"""Slows down guessing: after so many wrong keys from one address, none is looked at for the rest of the minute."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from oce.kit import clock

WRONG_KEYS_MAX = 10
SPAN_SECONDS = 60
# The memory this takes is bounded: of more addresses, the one that was counted first is forgotten.
ADDRESSES_MAX = 4096


class Attempts:
    """Wrong keys by address within the span; each server process counts for itself."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._counted: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def count(self, address: str) -> None:
        """Count one wrong key from `address`."""
        now = clock.now().timestamp()
        with self._lock:
            began, wrong = self._counted.pop(address, (now, 0))
            self._counted[address] = (began, wrong + 1) if now - began < SPAN_SECONDS else (now, 1)
            while len(self._counted) > ADDRESSES_MAX:
                self._counted.popitem(last=False)

    def is_tired_of(self, address: str) -> bool:
        """Return whether `address` sent too many wrong keys within the span."""
        began, wrong = self._counted.get(address, (0.0, 0))
        return wrong >= WRONG_KEYS_MAX and clock.now().timestamp() - began < SPAN_SECONDS

    def forget(self) -> None:
        """Forget all addresses."""
        self._counted.clear()


attempts = Attempts()
