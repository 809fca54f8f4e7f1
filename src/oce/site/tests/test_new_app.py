"""A new app is whole from the start: built and installed like a stranger's, it passes its own tests and the battery."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oce.kit.testing.notation import refused
from oce.site.new_app import plural, write_app
from oce.site.tests.strangers import add, built, failing, run


def test_a_new_app_passes_its_tests(tmp_path):
    folder = write_app("home-care", "VisitDiary", tmp_path)
    installed = built(folder, tmp_path / "wheel")
    assert failing(folder, installed) == []
    house = {"PYTHONPATH": str(installed), "OCE_HOME": str(tmp_path / "home")}
    assert "\nhome_care: Home care. Visit diaries of agents" in run("oce", "apps", cwd=folder, **house)


def test_a_new_app_has_nothing_that_a_linter_asks_about(tmp_path):
    folder = write_app("tool-library", "Loan", tmp_path)
    run("ruff", "check", "--select=E,F,I,B,UP", "--line-length=120", folder, cwd=folder)
    run("ruff", "format", "--check", "--line-length=120", folder, cwd=folder)


@pytest.mark.parametrize("name", ["", "Tools", "tool library", "../tools", "class", "1st", "x" * 41])
def test_a_name_that_is_none_is_refused(tmp_path, name):
    with refused("site.app_name"):
        write_app(name, "Loan", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("record", ["", "loan", "A Loan", "Class", "LOAN", "Loan.Line"])
def test_a_record_that_is_none_is_refused(tmp_path, record):
    with refused("site.record_name"):
        write_app("tool-library", record, tmp_path)


@pytest.mark.parametrize("name", ["events", "json", "oce"])
def test_a_name_that_is_taken_is_refused(tmp_path, name):
    with refused("site.app_taken"):
        write_app(name, "Loan", tmp_path)


@pytest.mark.parametrize("record", ["Agreement", "Claim", "Classification"])
def test_a_word_that_means_something_already_is_refused(tmp_path, record):
    with refused("site.record_taken"):
        write_app("tool-library", record, tmp_path)


def test_nothing_is_written_over(tmp_path):
    folder = write_app("tool-library", "Loan", tmp_path)
    (folder / "README.md").write_text("Mine.")
    with refused("site.folder_exists"):
        write_app("tool-library", "Loan", tmp_path)
    assert (folder / "README.md").read_text() == "Mine."


def test_plurals_are_those_of_most_words():
    words = ["loan", "entry", "day", "box", "class", "batch", "HomeVisit"]
    assert [plural(word) for word in words] == ["loans", "entries", "days", "boxes", "classes", "batches", "HomeVisits"]


def test_the_tutorial_leads_where_it_says(tmp_path):
    page = (Path(__file__).parents[4] / "docs" / "tutorial" / "first-app.md").read_text(encoding="utf-8")
    folder = write_app("tool-library", "Loan", tmp_path)
    installed = built(folder, tmp_path / "wheel")
    rules, commands, tests = re.findall(r"`([\w/]+\.py)`:\n\n```python\n(.*?)```", page, re.DOTALL)
    for name, block in (rules, commands):
        add(installed / "tool_library" / name, block)
    promised = re.findall(r"^FAILED \S+::(\w+)$", page, re.MULTILINE)
    assert failing(folder, installed) == promised
    add(installed / "tool_library" / tests[0], tests[1])
    assert failing(folder, installed, "-k", "provoked or commands") == []
