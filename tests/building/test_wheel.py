"""The wheel has everything in it that a machine without this repository needs."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest

from tests.architecture.tree import ROOT


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The names of the files in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        listed = archive.namelist()
    assert len(set(listed)) == len(listed)
    return set(listed)


def test_the_stories_are_in_it(names):
    assert {f"oce/site/stories/{path.name}" for path in ROOT.glob("docs/stories/*.md")} <= names


def test_what_is_no_python_is_in_it(names):
    wanted = (
        "oce/vf/data/actions.json",
        "oce/site/templates/base.html",
        "oce/site/static/vendor/htmx.org/LICENSE",
        "oce/locale/es/LC_MESSAGES/django.mo",
    )
    assert [name for name in wanted if name not in names] == []
