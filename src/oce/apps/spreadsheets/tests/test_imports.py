"""Imports that browsers ask for: who may, and what is kept of them."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.db import OperationalError

from oce.apps.agents.models import Agent
from oce.apps.spreadsheets import imports, shelf
from oce.apps.spreadsheets.imports import ask, report_of, take_in_later
from oce.apps.spreadsheets.manners import Manner
from oce.apps.spreadsheets.models import Import
from oce.apps.spreadsheets.wishes import TableOptions
from oce.kit.access import acting
from oce.kit.actor import Actor, Power
from oce.kit.faults import BUSY
from oce.kit.journal import JournalLine
from oce.kit.jsonld.texts import Source
from oce.kit.outbox import Job
from oce.kit.records import record_model
from oce.kit.testing.actors import actor_with
from oce.kit.testing.factories import ACTOR, make, organization, person
from oce.vf.refusals import Refusal, Refused

pytestmark = pytest.mark.django_db

PEOPLE = b"name\nAna\nBen\n"
OF_KINDS = Manner(TableOptions(of="ResourceSpecification"))
PERSON = Manner(TableOptions(of="Person", matches={"name": "name"}, constants={"note": "new"}, decimals=","))


def put(content: bytes, name: str = "people.csv") -> tuple[str, Source]:
    digest = shelf.put_aside(name, io.BytesIO(content))
    return digest, shelf.taken_from(digest)


def test_who_may_not_record_may_not_import() -> None:
    reader = Actor("reader", powers=frozenset({Power.READ}))
    with pytest.raises(Refused, match="needs the right to record"):
        ask(reader, *put(PEOPLE), PERSON)
    assert not Import.objects.exists()
    assert not Agent.objects.exists()


def test_a_small_file_comes_in_at_once_in_the_name_of_who_asked() -> None:
    done = ask(ACTOR, *put(PEOPLE), PERSON)
    report = report_of(done)
    assert report is not None
    assert (done.state, report.summary, report.columns) == ("done", "2 people and groups", [("name", "name")])
    assert {agent.note for agent in Agent.objects.all()} == {"new"}
    assert JournalLine.objects.get().actor == ACTOR.name
    assert not Job.objects.exists()


def test_a_refused_file_keeps_its_faults_with_their_places() -> None:
    refused = ask(ACTOR, *put(b"name;lat;long\nMill;95,5;7\n"), Manner(TableOptions(of="SpatialThing", decimals=",")))
    assert refused.state == "refused"
    (fault,) = imports.faults_of(refused)
    assert (fault.code, fault.field) == ("agents.off_the_earth", "row 2, lat")
    assert Decimal(str(fault.values["given"])) == Decimal("95.5")


def test_when_the_database_fails_the_work_is_left_to_be_tried_again(monkeypatch) -> None:
    monkeypatch.setattr(imports, "ROWS_AT_ONCE", 1)
    waiting = ask(ACTOR, *put(PEOPLE), PERSON)
    work = Job.objects.get().work

    def fail(*_anything: object) -> None:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(imports, "take_in", fail)
        with pytest.raises(OperationalError):
            take_in_later(work)
    waiting.refresh_from_db()
    assert waiting.state == "running"
    take_in_later(work)
    waiting.refresh_from_db()
    assert waiting.state == "done"
    assert Agent.objects.count() == 2


def test_while_others_write_for_long_a_file_waits_and_is_not_refused(monkeypatch) -> None:
    def be_busy(*_anything: object) -> None:
        raise Refused(Refusal("kit.busy", BUSY))

    with monkeypatch.context() as busy:
        busy.setattr(imports, "take_in", be_busy)
        waiting = ask(ACTOR, *put(PEOPLE), PERSON)
        work = Job.objects.get().work
        with pytest.raises(Refused):
            take_in_later(work)
    take_in_later(work)
    waiting.refresh_from_db()
    assert waiting.state == "done"


def test_a_manner_is_kept_whole() -> None:
    assert Manner.recalled(PERSON.kept()) == PERSON
    assert Manner.recalled(Manner(skip_unknown=True).kept()).skip_unknown


def test_what_a_token_left_to_be_done_is_done_within_its_scopes(monkeypatch) -> None:
    monkeypatch.setattr(imports, "ROWS_AT_ONCE", 1)
    role = record_model("role").every().filter(may_coordinate=True, group=None).first()
    make("membership", member=(cleo := person("Cleo")), group=organization(), role=role)
    kinds = b"name\nflour\nbread\n"
    for scopes, state in (((Power.READ, Power.RECORD), "refused"), (Power, "done")):
        waiting = ask(acting(cleo.pk, "Cleo", (Power.READ,), scopes), *put(kinds), OF_KINDS)
        take_in_later(Job.objects.get(done=None, work={"import": str(waiting.uid)}).work)
        waiting.refresh_from_db()
        assert waiting.state == state


def test_nobody_else_reads_what_somebody_imported() -> None:
    ana, eve = actor_with(person("Ana"), record=organization()), actor_with(person("Eve"))
    asked = ask(ana, *put(b"name\nFlour\n"), OF_KINDS)
    assert asked.state == "refused"
    assert [list(imports.asked_by(who)) for who in (ana, eve, ACTOR)] == [[asked], [], [asked]]
    assert not imports.asked_by(Actor("guest", powers=frozenset({Power.READ}))).exists()
