"""Files that programs send as text are taken in as those that people choose."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import openpyxl
import pytest

from oce.apps.agents.models import Agent
from oce.apps.spreadsheets.models import ImportedFile
from oce.kit.journal import JournalLine
from oce.kit.testing.asking import answer, ask, codes

pytestmark = pytest.mark.django_db

DOCUMENT = """
mutation Take($name: String!, $content: String!, $skip: Boolean) {
  importDocument(name: $name, content: $content, skipUnknown: $skip) { summary isRepeat remarks { code message } }
}
"""
TABLE = """
mutation Take($content: String!, $of: String, $columns: [TableColumnParams!]) {
  importTable(name: "people.csv", content: $content, of: $of, columns: $columns) { summary isRepeat }
}
"""
WORKBOOK = """
mutation Take($name: String!, $content: String!, $columns: [TableColumnParams!], $dry: Boolean) {
  importTable(name: $name, content: $content, isBase64: true, of: "Person", columns: $columns, dryRun: $dry) {
    summary isRepeat columns { heading property }
  }
}
"""
ANA = {"@id": "https://ana.example/", "@type": "Person", "name": "Ana"}


def test_a_document_is_taken_in_once():
    sent: dict[str, Any] = {"name": "ana.json", "content": json.dumps(ANA)}
    assert ask(DOCUMENT, **sent)["importDocument"] == {"summary": "1 person or group", "isRepeat": False, "remarks": []}
    again = ask(DOCUMENT, **sent, key="retried")["importDocument"]
    assert again["isRepeat"]
    assert [remark["code"] for remark in again["remarks"]] == ["documents.repeated"]
    assert Agent.objects.count() == 1


def test_a_document_is_taken_in_once_more_on_purpose():
    query = """
    mutation Take($content: String!, $again: Boolean) {
      importDocument(name: "ana.json", content: $content, again: $again, skipUnknown: true) { summary }
    }
    """
    content = json.dumps({"@type": "Person", "name": "Ana"})
    ask(DOCUMENT, name="ana.json", content=content)
    assert codes(query, content=content) == ["files.taken_before"]
    assert ask(query, content=content, again=True)["importDocument"] == {"summary": "1 person or group"}
    assert Agent.objects.count() == 2


def test_what_is_unknown_is_refused_or_left_out_as_wished():
    sent: dict[str, Any] = {"name": "ana.json", "content": json.dumps(ANA | {"https://x.example/hat": "red"})}
    assert codes(DOCUMENT, **sent) == ["jsonld.unknown_term"]
    assert Agent.objects.count() == 0
    taken = ask(DOCUMENT, **sent, skip=True)["importDocument"]
    assert [remark["code"] for remark in taken["remarks"]] == ["jsonld.left_out"]
    assert Agent.objects.get().name == "Ana"


def test_a_table_is_taken_in_with_what_is_said_of_its_columns():
    columns = [{"heading": "Who", "property": "name"}, {"heading": "Hat", "property": ""}]
    sent: dict[str, Any] = {"content": "Who,Hat\nAna,red\nBen,blue\n", "of": "Person", "columns": columns}
    assert ask(TABLE, **sent)["importTable"]["summary"] == "2 people and groups"
    assert sorted(Agent.objects.values_list("name", "agent_class")) == [("Ana", "Person"), ("Ben", "Person")]


def workbook(*rows: list[str]) -> str:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return base64.encodebytes(file.getvalue()).decode()


def test_a_workbook_is_tried_out_and_then_taken_in():
    columns = [{"heading": "Who", "property": "name"}]
    content = workbook(["Who", "Hat"], ["Ana", "red"], ["Ben", "blue"])
    sent: dict[str, Any] = {"name": "people.xlsx", "content": content, "columns": columns}
    read_as = [{"heading": "Who", "property": "name"}, {"heading": "Hat", "property": None}]
    tried = ask(WORKBOOK, **sent, dry=True)["importTable"]
    assert tried == {"summary": "2 people and groups", "isRepeat": False, "columns": read_as}
    assert not Agent.objects.exists()
    assert not ImportedFile.objects.exists()
    assert not JournalLine.objects.exists()
    assert ask(WORKBOOK, **sent)["importTable"] == tried
    assert sorted(Agent.objects.values_list("name", flat=True)) == ["Ana", "Ben"]
    assert ask(WORKBOOK, **sent, dry=True)["importTable"]["isRepeat"]


def test_a_trial_is_refused_for_what_the_import_would_be_refused_for():
    sent: dict[str, Any] = {"name": "people.xlsx", "content": workbook(["name", "primaryLocation"], ["Ana", "Nowhere"])}
    for dry in (True, False):
        refusal = answer(WORKBOOK, **sent, dry=dry)["errors"][0]["extensions"]["refusals"][0]
        assert (refusal["code"], refusal["field"]) == ("kit.unknown_record", "row 2, primaryLocation")
    assert not Agent.objects.exists()


def test_what_is_not_in_base64_is_refused():
    for content in ("näh", "abc", "a=b="):
        assert codes(WORKBOOK, name="people.xlsx", content=content) == ["files.not_base64"]


def test_a_document_is_tried_out_in_base64_too():
    query = """
    mutation Try($content: String!) {
      importDocument(name: "ana.jsonld", content: $content, isBase64: true, dryRun: true) { summary columns { heading } }
    }
    """
    content = base64.b64encode(json.dumps(ANA).encode()).decode()
    assert ask(query, content=content)["importDocument"] == {"summary": "1 person or group", "columns": []}
    assert not Agent.objects.exists()


def test_a_file_larger_than_the_bound_is_refused(settings):
    settings.OCE_UPLOAD_BYTES_MAX = 100
    content = base64.b64encode(b"name\n" + b"Ana\n" * 100).decode()
    assert codes(WORKBOOK, name="people.csv", content=content) == ["files.too_large"]
