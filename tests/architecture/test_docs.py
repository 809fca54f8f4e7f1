"""The documents are true: links lead somewhere, commands exist, reference pages are fresh, no machine is named."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib

import pytest

from tests.architecture.tree import ROOT, name_of, text_of, tracked_files

MARKDOWN = [path for path in tracked_files() if path.suffix == ".md"]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ELSEWHERE = ("http://", "https://", "mailto:")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```[a-z]*\n(.*?)^```|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"(?:^|&& |\$ )make ([a-z]+)", re.MULTILINE)
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
NEWS = re.compile(r"(?:\d+|\+[a-z0-9-]+)\.([a-z]+)(?:\.\d+)?\.md")

# Put together from halves, so that this file does not name them either.
NOBODYS_BUSINESS = re.compile(
    "|".join(
        [
            r"(?<![\w.])/(?:work|root|opt)" + r"/\w",
            r"(?<![\w.])/home" + r"/\w+/",
            r"registry\.npm" + r"js\.org",
            r"files\.python" + r"hosted\.org",
            r"pypi\.org" + r"/simple",
            r"registry\.yarn" + r"pkg\.com",
        ]
    )
)


def headings_of(text):
    """Return the anchors that a page's headings make."""
    titles = re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", MARKDOWN, ids=name_of)
def test_links_inside_the_repository_lead_somewhere(page):
    for target in LINK.findall(FENCED.sub("", text_of(page))):
        if target.startswith(ELSEWHERE):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{target} is not there"
        assert not anchor or there.suffix != ".md" or anchor in headings_of(text_of(there)), f"{target} has no heading"


@pytest.mark.parametrize("page", MARKDOWN, ids=name_of)
def test_commands_in_documents_are_targets_of_the_makefile(page):
    targets = set(TARGET.findall(text_of(ROOT / "Makefile")))
    code = "\n".join(block or inline for block, inline in CODE.findall(text_of(page)))
    assert set(MAKE.findall(code)) <= targets


def test_the_readme_leads_to_the_demo_and_the_tests():
    assert {"demo", "test"} <= set(MAKE.findall(text_of(ROOT / "README.md")))


def test_every_target_of_the_makefile_says_what_it_does():
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}  # make may run this test
    listing = subprocess.run(["make"], cwd=ROOT, env=alone, capture_output=True, text=True, check=True).stdout
    targets = set(TARGET.findall(text_of(ROOT / "Makefile"))) - {"list"}
    assert {line.split()[1] for line in listing.splitlines()} == targets


def test_news_files_are_named_so_that_towncrier_finds_them():
    settings = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["towncrier"]
    kinds = {kind["directory"] for kind in settings["type"]}
    for path in (ROOT / "changelog.d").glob("*.md"):
        if path.name != "README.md":
            found = NEWS.fullmatch(path.name)
            assert found, f"{path.name}: name it 12.feature.md or +short-words.fix.md"
            assert found[1] in kinds, f"{path.name}: the kind is one of {sorted(kinds)}"


def test_decision_records_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*-*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_reference_pages_say_what_the_code_says():
    checked = subprocess.run(
        [sys.executable, "-m", "tools.reference", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_no_file_names_somebodys_machine_or_a_registry():
    named = {name_of(path): found[0] for path in tracked_files() if (found := NOBODYS_BUSINESS.search(text_of(path)))}
    assert named == {}
