"""Files at the shell: tried out, taken in once, refused in few lines, written out under names that say what they hold."""

from __future__ import annotations

import argparse
import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from oce.apps.agents.models import Agent
from oce.apps.spreadsheets import shell
from oce.apps.spreadsheets.models import ImportedFile
from oce.kit.journal import JournalLine
from oce.kit.testing import factories
from oce.kit.testing.notation import refused

pytestmark = pytest.mark.django_db

ANA = {"@type": "Person", "name": "Ana"}


@pytest.fixture
def oce(capsys):
    """Run a verb; return its answer and what it wrote, to standard output and to standard error."""

    def run(*arguments):
        parser = argparse.ArgumentParser()
        shell.add_verbs(parser.add_subparsers(required=True))
        chosen = parser.parse_args([str(each) for each in arguments])
        answer = chosen.run(chosen)
        return answer, *capsys.readouterr()

    return run


@pytest.fixture
def document(tmp_path):
    file = tmp_path / "ana.jsonld"
    file.write_text(json.dumps(ANA))
    return file


@pytest.fixture
def people(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("name,type\nAna,Person\n")
    return file


def test_a_document_is_tried_out_and_nothing_is_written(oce, document):
    answer, said, _ = oce("import", "--preview", document)
    assert answer == 0
    assert "ana.jsonld: 1 person or group\n" in said
    assert "Nothing was written" in said
    for model in (Agent, ImportedFile, JournalLine):
        assert not model.objects.exists(), model
    assert "Nothing was written" not in oce("import", document)[1]
    assert Agent.objects.get().name == "Ana"


def test_a_trial_tells_what_the_document_would_be_refused_for(oce, document):
    document.write_text(json.dumps(ANA | {"https://x.example/hat": "red"}))
    answer, said, told = oce("import", "--preview", document)
    assert (answer, said) == (1, "")
    assert "[jsonld.unknown_term]" in told
    assert "nothing of it was taken in" in told


def test_a_table_is_not_doubled_by_another_option(oce, people):
    oce("import", people)
    for options in (["--class", "Agent"], ["--set", "note=new"], ["--decimal", "."]):
        answer, _, told = oce("import", people, *options)
        assert (answer, "[files.taken_before]" in told, "--again" in told) == (1, True, True)
    assert "was taken in before" in oce("import", people)[1]
    assert Agent.objects.count() == 1
    assert oce("import", people, "--again", "--set", "note=new")[0] == 0
    assert Agent.objects.count() == 2


@pytest.mark.parametrize("given", ["note", "colour=red"])
def test_a_value_for_no_property_is_refused(oce, people, given, capsys):
    if "=" not in given:
        with pytest.raises(SystemExit):
            oce("import", people, "--set", given)
        assert "has no “=”" in capsys.readouterr().err
    else:
        assert "has no colour that a table could give" in oce("import", people, "--set", given)[2]
    assert not Agent.objects.exists()


def test_equal_faults_are_told_once_and_no_more_than_fifty(oce, tmp_path):
    file, table = tmp_path / "agents.csv", tmp_path / "faults.csv"
    rows = ["Ana,Nowhere,Person"] * 200 + [f"Ana,Place {number},Person" for number in range(60)]
    file.write_text("\n".join(["name,primaryLocation,agentClass", *rows]))
    answer, said, told = oce("import", file, "--faults", table)
    lines = told.splitlines()
    assert (answer, said, len(lines)) == (1, "", 52)
    assert lines[0].startswith("row 2, primaryLocation and 199 more: There is no ")
    assert lines[-2].startswith("... and 11 more faults; --faults TABLE")
    assert lines[-1] == f"{file}: nothing of it was taken in."
    assert len(list(csv.reader(io.StringIO(table.read_text())))) == 261


def test_one_class_goes_out_as_one_table(oce, tmp_path):
    factories.person("Ana"), factories.kind("Flour")
    parquet, text = tmp_path / "agents.parquet", tmp_path / "agents.csv"
    for file in (parquet, text):
        assert oce("export", file, "--class", "Agent")[1] == f"{file}: 1 records\n"
    assert pq.read_table(parquet)["name"].to_pylist() == ["Ana"]
    assert [row["name"] for row in csv.DictReader(io.StringIO(text.read_text()))] == ["Ana"]


def test_several_classes_do_not_go_into_one_table(oce, tmp_path):
    for name in ("x.parquet", "x.csv"):
        with refused("files.one_table"):
            oce("export", tmp_path / name)
    with refused("files.one_table"):
        oce("export", "-", "--format", "csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("x.xyz",), ("x.csv", "--format", "parquet"), ("x.zip", "--format", "jsonld")])
def test_a_name_that_promises_something_else_is_refused(oce, tmp_path, arguments):
    name, *options = arguments
    with refused("files.ending"):
        oce("export", tmp_path / name, *options)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_may_be_called_as_it_likes(oce, tmp_path):
    folder = tmp_path / "2026.11"
    folder.mkdir()
    factories.person("Ana")
    oce("export", folder)
    assert (folder / "agent.csv").is_file()


def test_a_record_goes_out_by_its_name_where_only_one_has_it(oce, tmp_path):
    ana, _, _ = factories.person("Ana"), factories.person("Ben"), factories.person("Ben")
    file = tmp_path / "ana.jsonld"
    for choice in ("--record", "--agent"):
        oce("export", file, choice, "Ana")
        assert [node["@id"] for node in json.loads(file.read_text())["@graph"]] == [ana.address]
        with refused("files.ambiguous_record"):
            oce("export", file, choice, "Ben")
        with refused("files.unknown_record"):
            oce("export", file, choice, "Cleo")
