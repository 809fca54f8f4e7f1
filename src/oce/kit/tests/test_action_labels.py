"""The actions are called on screen what the standard calls them, in the reader's language."""

from __future__ import annotations

from django.utils import translation

from oce.kit.action_labels import ACTION_LABELS, action_label
from oce.vf.actions import ACTIONS


def test_every_action_has_the_label_of_the_standard():
    with translation.override("en"):
        assert {name: str(words) for name, words in ACTION_LABELS.items()} == {
            name: action.label for name, action in ACTIONS.items()
        }


def test_an_action_that_a_document_brought_keeps_its_name():
    assert action_label("fly") == "fly"
