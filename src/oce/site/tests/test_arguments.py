"""Arguments that are no text are refused before any verb sees them."""

from __future__ import annotations

import os

import pytest

from oce.site.cli import REFUSED, answer


@pytest.mark.parametrize(
    "arguments",
    [
        ["record", "raise", "--note", os.fsdecode(b"pur\xe9e")],
        ["trace", os.fsdecode(b"\xff")],
        ["import", os.fsdecode(b"stock\xff.csv")],
    ],
)
def test_bytes_that_are_no_characters_are_refused_in_a_sentence(arguments, capsys):
    assert answer(arguments) == REFUSED
    told = capsys.readouterr().err
    assert "[site.no_text]" in told
    assert ascii(arguments[-1]) in told
