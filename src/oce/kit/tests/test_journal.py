"""The journal tells who did what, also of wishes that no longer exist."""

from __future__ import annotations

import pytest

from oce.kit.clock import standing_at
from oce.kit.journal import SUBJECTS_MAX, Answer, JournalLine, write_line
from oce.kit.testing.notation import moment

pytestmark = pytest.mark.django_db


def test_a_line_keeps_when_and_who(actor):
    with standing_at(moment("2026-11-23 10:00")):
        write_line(actor, "agreements.make_agreement", ["a"], {"subject": "Deal {x}"})
    line = JournalLine.objects.get()
    assert line.at == moment("2026-11-23 10:00")
    assert line.sentence == "tests: wrote down the agreement Deal {x}"


def test_a_word_that_is_missing_is_shown_as_missing(actor):
    write_line(actor, "agreements.make_agreement", [], {})
    assert JournalLine.objects.get().sentence == "tests: wrote down the agreement (subject)"


def test_of_many_subjects_the_first_are_named(actor):
    write_line(actor, "old.command", [str(number) for number in range(100)], {})
    line = JournalLine.objects.get()
    assert len(line.subjects) == SUBJECTS_MAX
    assert line.sentence == "tests: old.command"


def test_an_answer_says_what_its_key_was_used_for():
    assert str(Answer(key="k", command="c")) == "k: c"
