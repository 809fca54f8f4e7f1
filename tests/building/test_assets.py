"""The browser libraries are those the lock file pins, and nothing that is not listed is copied."""

from __future__ import annotations

import json
import re

import pytest

from tests.architecture.tree import ROOT, text_of
from tools import assets

LISTED = assets.listed(ROOT)


def test_everything_listed_is_there_and_nothing_else():
    vendor = ROOT / assets.VENDOR
    there = {path.relative_to(vendor).as_posix() for path in vendor.rglob("*") if path.is_file()}
    wanted = {f"{package}/{name.rpartition('/')[2]}" for package, names in LISTED.items() for name in names}
    assert there == wanted | {assets.STAMP}


def test_each_library_brings_its_licence():
    assert [package for package, names in LISTED.items() if not {"LICENSE", "LICENSE.md"} & set(names)] == []


def test_no_library_asks_for_a_source_map_or_runs_text_as_code():
    for path in (each for each in (ROOT / assets.VENDOR).rglob("*.*js") if each.is_file()):
        content = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in content
        assert re.search(r"[^\w.]eval\(|new Function\(", content) is None, path.name


def test_no_style_fetches_anything():
    for path in (ROOT / assets.VENDOR).rglob("*.css"):
        assert re.findall(r"url\(['\"]?(?!['\"]?data:)[^)]{0,40}", path.read_text(encoding="utf-8")) == []


def test_the_lock_file_pins_by_checksum_and_names_no_registry():
    packages = json.loads(text_of(ROOT / "package-lock.json"))["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}
    assert [name for name, entry in fetched.items() if "integrity" not in entry or "resolved" in entry] == []
    assert {f"node_modules/{package}" for package in LISTED} <= set(fetched)


@pytest.fixture
def project(tmp_path):
    """A project with one listed file, and the packages as npm would leave them."""
    (tmp_path / "pyproject.toml").write_text('[tool.oce.browser-libraries]\n"lib" = ["dist/lib.js", "LICENSE"]\n')
    (tmp_path / "package-lock.json").write_text("{}")
    dist = tmp_path / "node_modules" / "lib" / "dist"
    dist.mkdir(parents=True)
    (dist / "lib.js").write_text("run();\n//# sourceMappingURL=lib.js.map\n")
    (dist / "more.js").write_text("spy();\n")
    (dist.parent / "LICENSE").write_text("MIT\n")
    return tmp_path


def test_only_listed_files_are_copied(project):
    vendor = project / assets.VENDOR
    assets.copy_listed(assets.listed(project), project / "node_modules", vendor)
    assert sorted(path.name for path in vendor.rglob("*.*")) == ["lib.js"]
    assert (vendor / "lib" / "lib.js").read_text() == "run();\n"
    assert (vendor / "lib" / "LICENSE").read_text() == "MIT\n"


def test_a_change_of_the_list_or_of_the_lock_file_makes_the_copies_stale(project):
    stamp = project / assets.VENDOR / assets.STAMP
    stamp.parent.mkdir(parents=True)
    stamp.write_text(assets.fingerprint(project))
    assert assets.is_current(project)
    (project / "package-lock.json").write_text('{"name": "changed"}')
    assert not assets.is_current(project)


def test_every_icon_that_is_shipped_is_drawn_somewhere():
    named = set()
    for ending in ("py", "html", "template"):
        for path in (ROOT / "src").rglob(f"*.{ending}"):
            if "vendor" not in path.parts:
                named |= set(re.findall(r"[\"']([a-z0-9][a-z0-9-]*)[\"']", path.read_text(encoding="utf-8")))
    icons = {name.removeprefix("icons/").removesuffix(".svg") for name in LISTED["lucide-static"] if "icons/" in name}
    assert icons - named == set()
