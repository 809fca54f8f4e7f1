"""The screens of documents, and how files are sent."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oce.apps.documents import commands
from oce.apps.documents.arrivals import arrived
from oce.apps.documents.models import Attachment
from oce.apps.documents.pages import NO_FILE
from oce.apps.documents.tests.pictures import PDF, jpeg, vast_png
from oce.kit.pages.answers import sentences
from oce.kit.testing.factories import person, place
from oce.vf.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.OCE_HOME = tmp_path


def sent(browser, record, name, content, **said):
    file = SimpleUploadedFile(name, content)
    return browser.post(f"/documents/to/{record.kind()}/{record.uid}", {"file": file, **said})


def test_a_photo_is_sent_by_the_form_and_shown_with_the_record(browser):
    mill = place("Mill")
    assert browser.get(f"/documents/to/spatial-thing/{mill.uid}").status_code == 200
    assert "/documents/to/spatial-thing/" in browser.get(f"/spatial-thing/{mill.uid}").content.decode()
    answer = sent(browser, mill, "mill.jpg", jpeg(), note="from the river")
    assert answer.status_code == 302
    made = Attachment.objects.get()
    page = browser.get(answer.url).content.decode()
    assert made.small_url in page
    assert "from the river" in page


def test_a_file_is_sent_so_that_no_browser_runs_it(browser):
    sent(browser, person(), "paper.pdf", PDF)
    made = Attachment.objects.get()
    answer = browser.get(made.url)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="paper.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert browser.get(made.url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert browser.get(made.small_url).status_code == 404


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (vast_png(10_000, 8_000), "80 million points"),
        (b"<svg><script>alert(1)</script></svg>", "program or a web page"),
        (b"", "holds nothing"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence_and_the_form_keeps_the_rest(browser, content, word):
    answer = sent(browser, person(), "photo.png", content, note="what I wrote")
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert "what I wrote" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_name_of_ten_thousand_characters_and_no_file_are_refused(browser):
    ana = person()
    assert sent(browser, ana, f"{'a' * 10_000}.pdf", PDF).status_code == 422
    answer = browser.post(f"/documents/to/agent/{ana.uid}", {"note": "nothing chosen"})
    assert answer.status_code == 422
    assert sentences([Refusal("documents.no_file", NO_FILE)])[0] in answer.content.decode()


def test_what_is_said_of_a_file_is_changed_and_the_file_taken_off(browser):
    sent(browser, person(), "paper.pdf", PDF)
    address = f"{Attachment.objects.get().url}/about"
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"role": "nonsense", "note": ""}).status_code == 422
    assert browser.post(address, {"role": "certificate", "note": "organic"}).status_code == 302
    assert Attachment.objects.get().note == "organic"
    assert browser.post(address, {"take_off": "yes"}).status_code == 302
    assert not Attachment.objects.exists()
    assert browser.get(address).status_code == 404


def test_strangers_get_the_same_answer_for_a_file_as_for_none(actor, client):
    made = commands.attach_document(actor, person(), arrived("ana.jpg", BytesIO(jpeg())))
    missing = "/documents/00000000-0000-7000-8000-000000000000"
    for address in (made.url, made.small_url, missing):
        assert client.get(address).status_code == 404


def test_nothing_is_attached_to_what_is_not_there(browser):
    assert browser.get("/documents/to/agent/00000000-0000-7000-8000-000000000000").status_code == 404
    assert browser.get("/documents/to/nonsense/00000000-0000-7000-8000-000000000000").status_code == 404


def test_more_documents_than_a_page_shows_are_refused(browser, monkeypatch):
    monkeypatch.setattr(commands.rules, "FILES_MAX", 0)
    assert sent(browser, person(), "paper.pdf", PDF).status_code == 422
