"""Every app in the house passes the battery, which says itself what that means."""

from __future__ import annotations

from pathlib import Path

from oce.kit.app import installed
from oce.kit.testing import conformance
from tests.architecture.tree import text_of

BATTERY = "from oce.kit.testing.conformance import *"


def test_every_app_is_tested_by_the_battery():
    without = [app.label for app in installed() if BATTERY not in text_of(Path(app.path) / "tests/test_conformance.py")]
    assert without == []


def test_the_battery_hands_on_all_its_questions():
    modules = (conformance.declarations, conformance.edges, conformance.manifest, conformance.pages, conformance.wishes)
    asked = {name for module in modules for name in vars(module) if name.startswith("test_")}
    assert asked == set(conformance.__all__)
