"""Shows, at the end of a test run, what became of each worked example of the standard."""

from __future__ import annotations

import pytest

STATES = pytest.StashKey[dict[str, tuple[str, str]]]()


@pytest.fixture
def tell_state(request):
    """Return a function that notes the state of an example for the table: its name, its state, and why."""

    def tell(name: str, state: str, why: str) -> None:
        request.node.user_properties.append(("example", (name, state, why)))

    return tell


def pytest_terminal_summary(terminalreporter):
    """Print one line an example: whether it passes, or for which classes it waits."""
    rows = {}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for key, value in getattr(report, "user_properties", ()):
                if key == "example":
                    name, state, why = value
                    rows[name] = (state if outcome == "passed" else "FAILS", why)
    if not rows:
        return
    terminalreporter.section("worked examples of ValueFlows 1.0.0")
    width = max(map(len, rows))
    for name, (state, why) in sorted(rows.items()):
        terminalreporter.write_line(f"{name:<{width}}  {state:<7}  {why}")
