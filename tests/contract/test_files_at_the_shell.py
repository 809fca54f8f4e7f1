"""Files at the shell: `oce import` and `oce export`."""

from __future__ import annotations

import io
import json

import pytest

from oce.apps.agents.models import Agent
from oce.kit.testing import factories
from oce.site import cli

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery():
    return factories.organization("Bakery")


def oce(*arguments) -> int:
    with pytest.raises(SystemExit) as left:
        cli.main([str(argument) for argument in arguments])
    return int(left.value.code or 0)


def test_everything_or_a_part_goes_out_at_the_shell(bakery, tmp_path, capsys):
    target = tmp_path / "all.jsonld"
    assert oce("export", target) == 0
    assert json.loads(target.read_bytes())["@graph"]
    assert oce("export", tmp_path / "one.jsonld", "--record", bakery.address) == 0
    assert [node["@id"] for node in json.loads((tmp_path / "one.jsonld").read_bytes())["@graph"]] == [bakery.address]
    bake = factories.process("Bake")
    assert oce("export", tmp_path / "trace.jsonld", "--trace", bake.address) == 0
    assert [node["name"] for node in json.loads((tmp_path / "trace.jsonld").read_bytes())["@graph"]] == ["Bake"]
    assert oce("export", tmp_path / "agent", "--agent", bakery.address) == 0
    assert "Bakery" in (tmp_path / "agent" / "agent.csv").read_text("utf-8")
    assert oce("export", tmp_path / "no.jsonld", "--record", "https://nowhere.example/") == 1
    assert "files.unknown_record" in capsys.readouterr().err


def test_a_table_is_previewed_and_imported_at_the_shell(tmp_path, capsys):
    path = tmp_path / "people.csv"
    path.write_text("name,type\nAna,Person\n", "utf-8")
    assert oce("import", path, "--preview") == 0
    assert "name -> name: Ana" in capsys.readouterr().out
    assert not Agent.objects.exists()
    assert oce("import", path) == 0
    assert "1 person or group" in capsys.readouterr().out
    assert oce("import", path) == 0
    assert "nothing was changed" in capsys.readouterr().out
    path.write_text("name,type\nEve,Zebra\n", "utf-8")
    assert oce("import", path, "--class", "Agent") == 1
    assert "row 2, type" in capsys.readouterr().err


def test_a_document_flows_through_the_shell(bakery, capfdbinary, monkeypatch):
    assert oce("export", "-") == 0
    document = capfdbinary.readouterr().out
    assert json.loads(document)["@graph"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(document)))
    assert oce("import", "-") == 0
    assert b"already known" in capfdbinary.readouterr().out


def test_an_export_that_fails_leaves_the_old_file(bakery, tmp_path, monkeypatch):
    target = tmp_path / "all.jsonld"
    target.write_text("old")

    def fail(*_arguments):
        raise OSError

    monkeypatch.setattr("oce.apps.spreadsheets.exports.linked_data.body_of", fail)
    assert oce("export", target) == 1
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
