"""A fresh graph for each test, and the orchard."""

from __future__ import annotations

import pytest

from oce.apps.trace import ledger
from oce.apps.trace.tests.orchard import Orchard


@pytest.fixture
def fresh_graph(monkeypatch, settings, tmp_path):
    """A process that has not read the ledger yet, in a home of its own."""
    monkeypatch.setattr(ledger, "_kept", None)
    settings.OCE_HOME = tmp_path


@pytest.fixture
def orchard(fresh_graph):
    """Plums that became jam."""
    return Orchard()
