"""Files in a browser: looked at, matched, taken in whole or not at all, and taken along."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oce.apps.agents.models import Agent
from oce.apps.spreadsheets import imports, manners
from oce.apps.spreadsheets.models import Import, ImportedFile
from oce.kit import clock, outbox
from oce.kit.testing import factories

from .reading import words

IMPORT = "/spreadsheets/import"
PEOPLE = "type;name;note\nPerson;Ana;knows bread\nPerson;Bén;\n"
DOCUMENT = b"""
"@id": urn:uuid:7f3d1c7e-0f5e-4c86-9b44-2f2f1f1a0001
"@type": Person
name: Cleo
"""


def put_aside(browser, name: str, content: bytes) -> str:
    response = browser.post(IMPORT, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, words(response)
    return response.headers["Location"]


def test_a_table_in_latin_1_is_looked_at_and_then_taken_in(browser) -> None:
    address = put_aside(browser, "people.csv", PEOPLE.encode("latin-1"))
    seen = words(browser.get(address))
    assert "Bén" in seen
    assert not Agent.every().exists()
    done = browser.post(address, {"of": "Person"}, follow=True)
    assert done.status_code == 200, words(done)
    assert "It is taken in: 2 people and groups" in words(done)
    assert 'href="/agent/"' in done.content.decode()
    assert "Refresh" not in done.headers
    assert sorted(Agent.every().values_list("name", flat=True)) == ["Ana", "Bén"]
    assert "taken in before" in words(browser.post(address, {"of": "Person"}, follow=True))
    assert Agent.every().count() == 2


def test_columns_are_matched_by_hand(browser) -> None:
    address = put_aside(browser, "people.csv", b"who,what\nAna,baker\n")
    assert browser.get(address).status_code == 422
    seen = browser.post(address, {"of": "Person", "_look": "yes"})
    sent = {"of": "Person", "heading.0": "who", "match.0": "name", "heading.1": "what", "match.1": "note"}
    assert 'name="match.0"' in seen.content.decode()
    done = browser.post(address, sent, follow=True)
    assert done.status_code == 200, words(done)
    assert Agent.every().get().note == "baker"


def test_rows_and_columns_are_called_by_words_and_a_cell_with_its_unit_stays_matched_with_the_number(browser) -> None:
    bakery, bread = factories.organization("Bakery"), factories.kind("Bread", unit="one")
    table = f"date,action,from,to,kind,amount\n2026-11-01,raise,{bakery.uid},{bakery.uid},{bread.uid},12 kg\n"
    address = put_aside(browser, "made.csv", table.encode())
    page = " ".join(browser.get(address).content.decode().split())
    assert '<abbr title="EconomicEvent">' in page
    assert '<option value="resource_quantity_value" title="resource_quantity_value" selected>' in page
    assert "How much: unit</option>" in page
    assert "resource quantity" not in page


def test_a_faulty_row_is_named_and_nothing_is_taken_in(browser) -> None:
    factories.place("Mill")
    table = "name,primaryLocation,agentClass\nAna,Mill,Person\nBen,Nowhere,Person\n"
    address = put_aside(browser, "agents.csv", table.encode())
    refused = browser.post(address, {"of": "Agent"})
    assert refused.status_code >= 400
    assert "Nothing of the file was taken in." in words(refused)
    assert "Nowhere" in words(refused)
    assert not Agent.every().exists()


def test_what_would_come_of_a_small_file_is_seen_before(browser) -> None:
    address = put_aside(browser, "people.csv", PEOPLE.encode())
    assert "Then there will be: 2 people and groups" in words(browser.get(address))
    table = "name,primaryLocation,agentClass\nAna,Nowhere,Person\n"
    address = put_aside(browser, "agents.csv", table.encode())
    seen = browser.get(address)
    assert seen.status_code >= 400
    assert "row 2, primaryLocation" in words(seen)
    assert not Agent.every().exists()
    assert not ImportedFile.objects.exists()


def large(faulty: int = 0) -> bytes:
    rows = [f"Person;Ana {number}" for number in range(1_200)] + ["Dragon;Smaug"] * faulty
    return "\n".join(["type;name", *rows]).encode()


def test_a_large_file_comes_in_by_the_worker_while_its_reader_goes_away_and_comes_back(browser) -> None:
    address = put_aside(browser, "people.csv", large())
    page = browser.post(address, {"of": "Person"})
    progress = page.headers["Location"]
    waiting = browser.get(progress)
    assert "waits for its turn" in words(waiting)
    assert waiting.headers["Refresh"] == "2"
    assert not Agent.every().exists()
    assert "people.csv waits for its turn" in words(browser.get(IMPORT))
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        put_aside(browser, "other.csv", b"name\nAna\n")  # throws old files away, but none that is waited for
    outbox.do_waiting()
    done = browser.get(progress)
    assert "It is taken in: 1200 people and groups" in words(done)
    assert Agent.every().count() == 1_200
    assert "people.csv came in" in words(browser.get(IMPORT))
    assert outbox.do_waiting() == 0


def test_how_far_a_large_file_is_can_be_seen_while_it_comes_in(browser, monkeypatch) -> None:
    address = put_aside(browser, "people.csv", large())
    progress = browser.post(address, {"of": "Person"}).headers["Location"]
    seen = []

    def take_in(actor, source, manner, note):
        note(600, 1_200)
        seen.append(words(browser.get(progress)))
        return manners.take_in(actor, source, manner, note)

    monkeypatch.setattr(imports, "take_in", take_in)
    outbox.do_waiting()
    assert "600 of 1200 rows" in seen[0]
    assert Agent.every().count() == 1_200


def test_the_faults_of_a_large_file_are_told_and_taken_along_and_nothing_comes_in(browser) -> None:
    address = put_aside(browser, "people.csv", large(faulty=120))
    progress = browser.post(address, {"of": "Person"}).headers["Location"]
    outbox.do_waiting()
    page = words(browser.get(progress))
    assert "Nothing of the file was taken in." in page
    assert "row 1202" in page
    assert "And 20 more faults." in page
    table = list(csv.reader(io.StringIO(browser.get(f"{progress}/faults.csv").content.decode())))
    assert table[0] == ["place", "fault", "code"]
    assert len(table) == 121
    assert table[1][0].startswith("row 1202")
    assert not Agent.every().exists()
    assert "people.csv was refused" in words(browser.get(IMPORT))


def test_a_fault_of_the_system_ends_an_import_with_a_sentence(browser, monkeypatch) -> None:
    address = put_aside(browser, "people.csv", large())
    progress = browser.post(address, {"of": "Person"}).headers["Location"]

    def fail(*_anything):
        Agent.objects.create(name="Half", agent_class="Person")
        raise ZeroDivisionError

    monkeypatch.setattr(imports, "take_in", fail)
    outbox.do_waiting()
    assert "The system failed on people.csv, and nothing of it was taken in." in words(browser.get(progress))
    assert not Agent.every().exists()
    assert [each.code for each in imports.faults_of(Import.objects.get())] == ["files.failed"]


def test_an_import_is_taken_in_once_though_its_work_is_done_twice(browser) -> None:
    address = put_aside(browser, "people.csv", large())
    progress = browser.post(address, {"of": "Person"}).headers["Location"]
    outbox.do_waiting()
    imports.take_in_later(outbox.Job.objects.latest("id").work)
    assert "It is taken in: 1200 people and groups" in words(browser.get(progress))
    assert Agent.every().count() == 1_200


def test_a_file_read_in_another_way_comes_in_once_more_only_on_purpose(browser) -> None:
    address = put_aside(browser, "people.csv", PEOPLE.encode())
    browser.post(address, {"of": "Person"})
    seen = words(browser.get(address))
    assert "This file was taken in before." in seen
    assert "Take it in once more" in seen
    other = {"of": "Person", "decimals": "."}
    refused = browser.post(address, other)
    assert refused.status_code == 422
    assert "tick “once more”" in words(refused)
    assert Agent.every().count() == 2
    tried = words(browser.post(address, other | {"again": "yes", "_look": "yes"}))
    assert "Then there will be: 2 people and groups" in tried
    assert Agent.every().count() == 2
    browser.post(address, other | {"again": "yes"})
    assert Agent.every().count() == 4


def test_a_document_is_tried_out_without_what_is_not_known(browser) -> None:
    address = put_aside(browser, "cleo.yaml", DOCUMENT + b"hat: red\n")
    assert browser.get(address).status_code == 422
    seen = browser.post(address, {"skip_unknown": "yes", "_look": "yes"})
    assert "Then there will be: 1 person or group" in words(seen)
    assert 'name="skip_unknown" value="yes" checked>' in " ".join(seen.content.decode().split())
    assert not Agent.every().exists()


def test_a_document_is_taken_in(browser) -> None:
    address = put_aside(browser, "cleo.yaml", DOCUMENT)
    assert "Leave out what this system does not know yet" in words(browser.get(address))
    done = browser.post(address, follow=True)
    assert done.status_code == 200, words(done)
    assert Agent.every().get().name == "Cleo"


def test_a_file_that_is_too_large_is_refused_with_a_sentence(browser, settings) -> None:
    settings.OCE_UPLOAD_BYTES_MAX = 1024 * 1024
    response = browser.post(IMPORT, {"file": SimpleUploadedFile("big.csv", b"x" * (2 * 1024 * 1024))})
    assert response.status_code == 422
    assert "big.csv has 2 MB; at most 1 MB are taken." in words(response)


def test_a_body_that_is_far_too_large_is_refused_before_it_is_read(browser, settings) -> None:
    settings.OCE_UPLOAD_BYTES_MAX = 1024 * 1024
    response = browser.post(IMPORT, {"file": SimpleUploadedFile("big.csv", b"x" * (5 * 1024 * 1024))})
    assert response.status_code == 413
    assert "far too large: at most 4 MB" in words(response)
    told = browser.post(IMPORT, b"x" * (5 * 1024 * 1024), "text/csv", headers={"Accept": "application/json"})
    assert told.json()["errors"][0]["code"] == "pages.too_large"


def test_no_file_is_said(browser) -> None:
    assert "Choose a file first." in words(browser.post(IMPORT))


def test_a_file_is_kept_for_an_hour_only(browser) -> None:
    address = put_aside(browser, "people.csv", PEOPLE.encode())
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        put_aside(browser, "other.csv", b"name\nAna\n")
    assert "no longer here" in words(browser.get(address))
    told = browser.get(f"{IMPORT}/nonsense", headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["errors"][0]["code"]) == (422, "files.gone")


@pytest.mark.parametrize(("form", "name"), [("csv", "agent.csv"), ("parquet", "agent.parquet")])
def test_everything_is_taken_along_as_tables(browser, form, name) -> None:
    factories.person("Ana")
    response = browser.get(f"/spreadsheets/export?form={form}")
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert b"Ana" in archive.read(name)


def test_everything_is_taken_along_as_linked_data(browser) -> None:
    ana = factories.person("Ana")
    response = browser.get("/spreadsheets/export?form=jsonld")
    assert ana.address in b"".join(response.streaming_content).decode()
    assert "Take everything along" in words(browser.get("/spreadsheets/export"))


def test_all_about_an_agent_is_taken_along(browser) -> None:
    ana, ben = factories.person("Ana"), factories.person("Ben")
    response = browser.get(f"/agent/{ana.uid}/export")
    told = b"".join(response.streaming_content).decode()
    assert ana.address in told
    assert ben.address not in told
