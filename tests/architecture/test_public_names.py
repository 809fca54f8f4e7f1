"""What strangers may import is written down, so that an addition or a removal is seen in review."""

from __future__ import annotations

import importlib
import re

import pytest

from tests.architecture.tree import ROOT, text_of
from tools.reference import public_names

PAGE = ROOT / "docs" / "reference" / "public-names.md"


def names_in(page):
    """Return module and name of each line of the page."""
    module = ""
    for line in page.splitlines():
        if line.startswith("## "):
            module = line.removeprefix("## ")
        elif found := re.match(r"- `(?:class )?(\w+)", line):
            yield module, found[1]


def test_the_list_of_public_names_is_fresh():
    assert text_of(PAGE) == public_names.page(), "Run `make docs`, and write a news file for what was removed."


@pytest.mark.parametrize("module", sorted({module for module, _ in names_in(public_names.page())}))
def test_the_public_names_of_a_module_can_be_imported(module):
    imported = importlib.import_module(module)
    missing = [name for of, name in names_in(public_names.page()) if of == module and not hasattr(imported, name)]
    assert missing == []
