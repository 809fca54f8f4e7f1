"""Every code with which a wish may be refused has a sentence, and a test that provokes it."""

from __future__ import annotations

import pytest

from oce.kit.testing.refusal_codes import CODE
from tests.architecture.tree import python_files, text_of
from tools.reference import refusals

SENTENCES = refusals.sentences()


@pytest.fixture(scope="module")
def all_tests():
    return "\n".join(text_of(path) for path in python_files() if "tests" in path.parts)


def test_every_refusal_has_a_sentence():
    silent = [code for code, found in sorted(SENTENCES.items()) if not found]
    assert silent == [], "Mark the sentence with gettext_noop, where tools/reference/refusals.py looks."


def test_every_refusal_is_provoked_by_a_test(all_tests):
    named = set(CODE.findall(all_tests))
    assert [code for code in sorted(SENTENCES) if code not in named] == []
