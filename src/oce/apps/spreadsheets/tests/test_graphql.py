"""Files that programs send as text are taken in as those that people choose."""

from __future__ import annotations

import json
from typing import Any

import pytest

from oce.apps.agents.models import Agent
from oce.kit.testing.asking import ask, codes

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
ANA = {"@id": "https://ana.example/", "@type": "Person", "name": "Ana"}


def test_a_document_is_taken_in_once():
    sent: dict[str, Any] = {"name": "ana.json", "content": json.dumps(ANA)}
    assert ask(DOCUMENT, **sent)["importDocument"] == {"summary": "1 agent", "isRepeat": False, "remarks": []}
    again = ask(DOCUMENT, **sent, key="retried")["importDocument"]
    assert again["isRepeat"]
    assert [remark["code"] for remark in again["remarks"]] == ["documents.repeated"]
    assert Agent.objects.count() == 1


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
    assert ask(TABLE, **sent)["importTable"]["summary"] == "2 agents"
    assert sorted(Agent.objects.values_list("name", "agent_class")) == [("Ana", "Person"), ("Ben", "Person")]
