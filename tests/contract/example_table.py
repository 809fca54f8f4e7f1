"""Shows, at the end of a test run, what became of each worked example of the standard.

A plugin of the whole run and no `conftest.py`: where tests run in several processes, the one that writes the summary
collects nothing and would not come by here.
"""

from __future__ import annotations

import re

import pytest

# What follows the name of the example where a test asks several questions about one.
QUESTION = re.compile(r"-(trace|track|(process|agreement|plan|fulfilledBy)-\d+)$")


@pytest.fixture
def tell_state(request):
    """Return a function that notes the state of an example for the table: its name, its state, and why."""

    def tell(name: str, state: str, why: str) -> None:
        request.node.user_properties.append(("example", (name, state, why)))

    return tell


def pytest_terminal_summary(terminalreporter):
    """Print one line an example: whether it passes, or for which classes it waits."""
    rows = {}
    for report in terminalreporter.stats.get("passed", []):
        for key, value in getattr(report, "user_properties", ()):
            if key == "example":
                name, state, why = value
                rows[name] = (state, why)
    for report in terminalreporter.stats.get("failed", []):
        rows.update(dict.fromkeys(failing(report.nodeid), ("FAILS", report.nodeid.partition("[")[0])))
    if not rows:
        return
    terminalreporter.section("worked examples of ValueFlows 1.0.0")
    width = max(map(len, rows))
    for name, (state, why) in sorted(rows.items()):
        terminalreporter.write_line(f"{name:<{width}}  {state:<7}  {why}")


def failing(test: str) -> list[str]:
    """Return the example that a failing test is about, if it is about one."""
    path, _, parameters = test.partition("[")
    if "test_examples.py" not in path:
        return []
    name = QUESTION.sub("", parameters.rstrip("]"))
    return [name] if name else []
