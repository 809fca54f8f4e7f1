"""The rules of processes, without a database."""

from __future__ import annotations

import pytest

from oce.apps.processes import rules
from oce.kit.testing.notation import moment


@pytest.mark.parametrize(
    ("begins", "ends", "is_refused"),
    [
        ("2026-01-01 08:00", "2026-01-01 09:00", False),
        ("2026-01-01 08:00", "2026-01-01 08:00", False),
        ("2026-01-01 08:00", "2026-01-01 07:59", True),
        ("2026-01-01 08:00+00:00", "2026-01-01 09:30+02:00", True),
        (None, "2026-01-01", False),
        ("2026-01-01", None, False),
    ],
)
def test_a_process_does_not_end_before_it_begins(begins, ends, is_refused):
    found = rules.refuse_backwards(begins and moment(begins), ends and moment(ends))
    assert [each.code for each in found] == (["processes.ends_before_it_begins"] if is_refused else [])
