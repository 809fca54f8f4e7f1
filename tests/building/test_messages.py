"""Translators get every text of the house, and a machine without gettext says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tools import messages


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="This machine has no GNU gettext.")
def test_texts_of_python_and_templates_are_collected_and_compiled(tmp_path):
    package = tmp_path / "oce"
    shutil.copytree(ROOT / "src" / "oce" / "site", package / "site", ignore=shutil.ignore_patterns("vendor", "tests"))
    german = package / "locale" / "de" / "LC_MESSAGES" / "django.po"
    german.parent.mkdir(parents=True)
    german.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n', encoding="utf-8")
    assert messages.main(package) == 0
    for file in (german, package / "locale" / "django.pot"):
        found = file.read_text("utf-8")
        assert "This house has no tables yet. Run “oce migrate”." in found
        assert "site/templates/start.html" in found
    assert german.with_suffix(".mo").is_file()


def test_a_machine_without_gettext_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert messages.main(Path(tmp_path)) == 1
    assert "Install GNU gettext" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
