"""Documents in GraphQL."""

from __future__ import annotations

from base64 import b64encode

import pytest

from oce.apps.documents.tests.pictures import PDF
from oce.kit.testing.asking import ask, codes
from oce.kit.testing.factories import person

pytestmark = pytest.mark.django_db
ATTACH = """mutation($id: ID!, $content: String!) {
  attachDocument(kind: "agent", id: $id, name: "paper.pdf", content: $content, role: "certificate") { id name size }
}"""


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.OCE_HOME = tmp_path


def test_a_document_is_attached_described_and_taken_off():
    ana = person("Ana")
    made = ask(ATTACH, id=str(ana.uid), content=b64encode(PDF).decode())["attachDocument"]
    assert (made["name"], made["size"]) == ("paper.pdf", len(PDF))
    ask(
        'mutation($id: ID!) { describeDocument(id: $id, role: "manual", note: "how to") { id } }',
        id=made["id"],
    )
    listed = ask('query($id: ID!) { attachments(kind: "agent", id: $id) { role note address } }', id=ana.address)
    assert listed["attachments"] == [
        {"role": "manual", "note": "how to", "address": f"http://localhost:8000/documents/{made['id']}"}
    ]
    assert ask("mutation($id: ID!) { takeDocumentOff(id: $id) }", id=made["id"])["takeDocumentOff"]


def test_what_is_not_there_or_not_readable_is_refused():
    ana = person("Ana")
    assert codes(ATTACH, id=str(ana.uid), content="%%%") == ["documents.not_base64"]
    assert codes(ATTACH, id="nobody", content="") == ["documents.no_record"]
    assert codes('mutation { takeDocumentOff(id: "none") }') == ["documents.unknown"]
