"""The small number beside an event says exactly what the event did to quantities."""

from __future__ import annotations

import itertools

from oce.apps.events.legs import LEGS, packed
from oce.vf.effects import Effect


def test_every_combination_of_signs_has_a_number_of_its_own_and_comes_back_from_it():
    numbers = set()
    signs = (-1, 0, 1)
    for *four, creates in itertools.product(signs, signs, signs, signs, (False, True)):
        number = packed(Effect._make((*four, *Effect()[4:])), creates=creates)
        assert (*LEGS[number][:4], LEGS[number].creates) == (*four, creates)
        numbers.add(number)
    assert numbers == set(range(162))
