"""Every code with which a wish may be refused has a sentence, and a test that provokes it."""

from __future__ import annotations

import pytest

from tests.architecture.tree import python_files, text_of
from tools.reference import refusals

SENTENCES = refusals.sentences()


@pytest.fixture(scope="module")
def all_tests():
    return "\n".join(text_of(path) for path in python_files() if "tests" in path.parts)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_refusal_has_a_sentence(code):
    assert SENTENCES[code], f"Mark the sentence of {code} with gettext_noop, where tools/reference/refusals.py looks."


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_refusal_is_provoked_by_a_test(code, all_tests):
    assert f'"{code}"' in all_tests
