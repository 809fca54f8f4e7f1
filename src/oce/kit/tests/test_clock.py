"""The clock tells aware moments and can be made to stand."""

from __future__ import annotations

from datetime import datetime

import pytest

from oce.kit.clock import now, standing_at
from oce.kit.testing.notation import moment


def test_the_clock_stands_inside_the_block_only():
    with standing_at(moment("2026-11-23")):
        assert now() == moment("2026-11-23")
        with standing_at(moment("2020-01-01")):
            assert now() == moment("2020-01-01")
        assert now() == moment("2026-11-23")
    assert now() != moment("2026-11-23")
    assert now().tzinfo is not None


def test_the_clock_does_not_stand_at_a_moment_without_a_zone():
    with pytest.raises(ValueError, match="zone"), standing_at(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass
