"""Translators get every text of the house, a language that is here is whole, and a machine without gettext says so."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_AP, WEEKDAYS, WEEKDAYS_ABBR

from tests.architecture.tree import ROOT
from tools import messages

PACKAGE = ROOT / "src" / "oce"
LANGUAGES = sorted(path.parent.parent.name for path in PACKAGE.glob("locale/*/LC_MESSAGES/django.po"))
PLACES = re.compile(r"%\(\w+\)s|\{\w*\}|</?\w+>")
with_gettext = pytest.mark.skipif(shutil.which("xgettext") is None, reason="This machine has no GNU gettext.")


@with_gettext
def test_texts_of_python_templates_and_the_standard_are_collected_and_compiled(tmp_path):
    package = tmp_path / "oce"
    shutil.copytree(PACKAGE / "site", package / "site", ignore=shutil.ignore_patterns("vendor", "tests"))
    german = package / "locale" / "de" / "LC_MESSAGES" / "django.po"
    german.parent.mkdir(parents=True)
    german.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n', encoding="utf-8")
    assert messages.main(package) == 0
    for file in (german, package / "locale" / "django.pot"):
        found = file.read_text("utf-8")
        assert "This house has no tables yet. Run “oce migrate”." in found
        assert "site/templates/start.html" in found
        assert "labour put into a process" in found
    assert german.with_suffix(".mo").is_file()
    assert not [path for path in package.glob("*") if path.is_file()]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """A copy of the package whose texts were collected anew."""
    package = tmp_path_factory.mktemp("collected") / "oce"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("vendor", "tests", "__pycache__"))
    assert messages.main(package) == 0
    return package


@with_gettext
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_that_is_here_is_whole(language, collected):
    """After `make messages` nothing is missing or in doubt, and nothing is kept that nobody says any more."""
    catalogue = Path("locale", language, "LC_MESSAGES", "django.po")
    for fault in ("--untranslated", "--only-fuzzy", "--only-obsolete"):
        found = subprocess.run(
            ["msgattrib", fault, "--no-wrap", collected / catalogue], capture_output=True, text=True, check=True
        )
        assert re.findall(r'^(?:#~ )?msgid "(.+)"', found.stdout, re.MULTILINE) == [], f"{fault} in {catalogue}"
    kept, anew = (texts(package / catalogue.with_suffix(".mo")) for package in (PACKAGE, collected))
    assert sorted(kept.keys() ^ anew.keys()) == [], "Run `make messages`."
    assert {key for key, value in kept.items() if value != anew[key]} == set(), "Run `make messages`."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_places_of_its_text(language):
    """Each form of a translation has the placeholders and tags of one form of its text."""
    said = texts(PACKAGE / "locale" / language / "LC_MESSAGES" / "django.mo")
    assert len(said) > 1000
    assert [key for key, value in said.items() if not keeps_its_places(key, value)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_renames_no_month_or_day(language):
    """A text without a context answers for Django's own of the same spelling, such as the month of May."""
    names = {*MONTHS.values(), *MONTHS_3.values(), *MONTHS_AP.values(), *WEEKDAYS.values(), *WEEKDAYS_ABBR.values()}
    said = texts(PACKAGE / "locale" / language / "LC_MESSAGES" / "django.mo")
    assert sorted({str(name) for name in names} & said.keys()) == []


def test_a_lost_place_is_noticed():
    assert keeps_its_places("{count} thing\0{count} things", "{count} cosa\0{count} cosas")
    assert keeps_its_places("One of {all}\0{count} of {all}", "Una de {all}\0{count} de {all}")
    assert not keeps_its_places("Lot {code}", "Lote {codigo}")
    assert not keeps_its_places("Lot %(code)s", "Lote")


def test_a_machine_without_gettext_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert messages.main(Path(tmp_path)) == 1
    assert "Install GNU gettext" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def keeps_its_places(key: str, value: str) -> bool:
    """Return whether every form of a translation has the placeholders of one form of the text."""
    of_text = [set(PLACES.findall(form)) for form in key.rpartition("\4")[2].split("\0")]
    return all(set(PLACES.findall(form)) in of_text for form in value.split("\0"))


def texts(compiled: Path) -> dict[str, str]:
    """Return what a compiled catalogue says for each text, without its head."""
    content = compiled.read_bytes()
    count, keys, values = struct.unpack("<III", content[8:20])

    def strings(table: int) -> Iterator[str]:
        for number in range(count):
            length, begin = struct.unpack_from("<II", content, table + 8 * number)
            yield content[begin : begin + length].decode()

    return {key: value for key, value in zip(strings(keys), strings(values), strict=True) if key}
