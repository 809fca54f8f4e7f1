"""A text that some database could not keep is told from one that all can."""

from __future__ import annotations

import pytest

from oce.vf.texts import is_text


@pytest.mark.parametrize("text", ["", "Brot", "Žižkov\n\t", "🍞", "\U0010ffff", "\ufffd"])
def test_characters_of_every_plane_are_text(text):
    assert is_text(text)


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "x\udfff"])
def test_zeros_and_halves_of_characters_are_not(text):
    assert not is_text(text)
