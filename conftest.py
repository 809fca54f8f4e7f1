"""What holds for every test of the project."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code: what is slow is measured by `make bench`, not guessed by a deadline.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

pytest_plugins = ("tests.contract.example_table",)
