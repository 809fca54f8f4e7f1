"""Short ways to write quantities, moments and expected refusals in tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from oce.vf.measures import Measure, measure
from oce.vf.refusals import Refused


def quantity(text: str) -> Measure:
    """Return the measure that `10 kg` means."""
    return measure(text)


def moment(text: str) -> datetime:
    """Return the moment that `2026-11-23` or `2026-11-23 08:00` means, in UTC unless the text says its zone."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """Expect the block to be refused with exactly these codes, in whatever order."""
    with pytest.raises(Refused) as caught:
        yield
    found = sorted(refusal.code for refusal in caught.value.refusals)
    assert found == sorted(codes), f"expected {sorted(codes)}, refused was: {caught.value}"
