"""What strangers may import is written down, so that an addition or a removal is seen in review."""

from __future__ import annotations

import importlib
import re

import pytest

from tests.architecture.tree import ROOT, text_of
from tools.reference import public_names

PAGE = ROOT / "docs" / "reference" / "public-names.md"
FRESH = public_names.page()


def by_module(page):
    """Return the names on the page by module."""
    found = {}
    for line in page.splitlines():
        if line.startswith("## "):
            names = found.setdefault(line.removeprefix("## "), [])
        elif entry := re.match(r"- `(?:class )?(\w+)", line):
            names.append(entry[1])
    return found


def test_the_list_of_public_names_is_fresh():
    assert text_of(PAGE) == FRESH, "Run `make docs`, and write a news file for what was removed."


@pytest.mark.parametrize(("module", "names"), by_module(FRESH).items())
def test_the_public_names_of_a_module_can_be_imported(module, names):
    imported = importlib.import_module(module)
    assert [name for name in names if not hasattr(imported, name)] == []
