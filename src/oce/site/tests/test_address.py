"""The address of the house is one, whichever process is asked and whatever its environment says."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from oce.apps.agents.models import Agent
from oce.kit import addresses
from oce.kit.journal import JournalLine
from oce.kit.records import found_by_reference
from oce.site import address
from oce.site.tests import houses
from oce.vf.refusals import Refused

FIRST = "http://localhost:8777"
UID = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"
PEOPLE = {"@graph": [{"@id": f"{FIRST}/agent/{UID}", "@type": "Person", "name": "Ana"}]}
LOAD = """
import asyncio, django
django.setup()
from django.conf import settings
def wsgi():
    from oce.site import wsgi
async def asgi():
    from oce.site import asgi
{load}
print(settings.ALLOWED_HOSTS[-2:], settings.CSRF_TRUSTED_ORIGINS, settings.SESSION_COOKIE_SECURE)
"""


@pytest.fixture(scope="module")
def born(tmp_path_factory):
    """A house that was first opened at an address of its own, in which one person is known."""
    home = tmp_path_factory.mktemp("born")
    (home / "people.jsonld").write_text(json.dumps(PEOPLE), encoding="utf-8")
    with houses.demolished(houses.empty(home)) as house:
        assert house.oce("migrate", OCE_ADDRESS=f"{FIRST}/").returncode == 0
        house.said("import", home / "people.jsonld")
        yield house


@pytest.fixture
def house(born, tmp_path):
    with houses.demolished(born.copied(tmp_path)) as copied:
        yield copied


@pytest.fixture
def stored(db):
    """The address as it is kept in this test's database."""
    addresses.forget()
    addresses.settle()


def people(house):
    return house.asked("SELECT id, name, iri FROM agents_agent ORDER BY id")


def test_all_processes_say_the_address_that_the_first_one_was_given(house, tmp_path):
    assert house.said("address") == f"This house is known under {FIRST}\n"
    files = [tmp_path / "with.jsonld", tmp_path / "without.jsonld"]
    assert house.oce("export", files[0], OCE_ADDRESS=FIRST).returncode == 0
    house.said("export", files[1])
    assert files[0].read_bytes() == files[1].read_bytes()
    assert f'"{FIRST}/agent/{UID}"' in files[1].read_text("utf-8")


@pytest.mark.parametrize(
    "verb", [("export", "-"), ("migrate",), ("demo", "--keep", "--no-serve")], ids=lambda verb: verb[0]
)
def test_an_environment_that_says_another_address_is_refused_with_the_way_out(house, verb):
    done = house.oce(*verb, OCE_ADDRESS="https://coop.example")
    assert done.returncode == 1
    assert done.stderr == (
        f"This house is known under {FIRST}, and OCE_ADDRESS says https://coop.example. Leave OCE_ADDRESS out, or run"
        " “oce address https://coop.example” to have it known under that address from now on. [kit.other_address]\n"
    )


def test_an_environment_whose_address_is_none_is_refused(house):
    done = house.oce("export", "-", OCE_ADDRESS="coop.example")
    assert done.returncode == 1
    assert "https://coop.example. [kit.not_a_house_address]" in done.stderr


def test_an_export_of_before_the_change_adds_nothing_afterwards(house, tmp_path):
    before, after = tmp_path / "before.jsonld", tmp_path / "after.jsonld"
    house.said("export", before)
    done = house.oce("address", "https://Coop.Example:443/", OCE_ADDRESS="https://coop.example")
    assert done.stdout.endswith(f"This house is known under https://coop.example\nStill understood: {FIRST}\n")
    known = people(house)
    house.said("import", before)
    assert people(house) == known == [(1, "Ana", None)]
    house.said("export", after)
    assert after.read_text("utf-8") == before.read_text("utf-8").replace(FIRST, "https://coop.example")
    house.said("export", tmp_path / "one.jsonld", "--agent", f"{FIRST}/agent/{UID}")


def test_a_backup_carries_the_addresses(house, tmp_path_factory, tmp_path):
    house.said("address", "https://coop.example")
    house.said("backup", tmp_path / "village.oce")
    with houses.demolished(houses.empty(tmp_path_factory.mktemp("other"))) as other:
        other.said("migrate")
        other.said("restore", tmp_path / "village.oce")
        assert other.said("address") == house.said("address")


@pytest.mark.parametrize("load", ["wsgi()", "asyncio.run(asgi())"])
def test_a_server_answers_under_all_addresses_of_the_house(house, load):
    house.said("address", "https://coop.example")
    environment = house.environment(DJANGO_SETTINGS_MODULE="oce.site.settings")
    script = [sys.executable, "-c", LOAD.format(load=load)]
    said = subprocess.run(script, env=environment, capture_output=True, text=True, check=True).stdout
    assert said == f"['coop.example', 'localhost'] ['https://coop.example', '{FIRST}'] True\n"


def test_changing_the_address_is_told_in_the_journal(stored, actor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert address.change_address(actor, "https://müller.example/") == "https://xn--mller-kva.example"
    assert addresses.known_addresses() == ("https://xn--mller-kva.example", "http://localhost:8000")
    told = JournalLine.objects.get().sentence
    assert told == "tests: gave the house the address https://xn--mller-kva.example; it was http://localhost:8000"


def test_going_back_to_an_address_makes_it_the_present_one_again(stored, actor, django_capture_on_commit_callbacks):
    for wanted in ("https://coop.example", "http://localhost:8000"):
        with django_capture_on_commit_callbacks(execute=True):
            address.change_address(actor, wanted)
    assert addresses.known_addresses() == ("http://localhost:8000", "https://coop.example")


def test_the_address_of_another_house_is_refused(stored, actor):
    Agent.objects.create(name="Theirs", agent_class="Person", iri=f"https://theirs.example/agent/{UID}")
    with pytest.raises(Refused) as refused:
        address.change_address(actor, "https://theirs.example")
    assert [each.code for each in refused.value.refusals] == ["site.address_of_others"]
    assert addresses.known_addresses() == ("http://localhost:8000",)


def test_a_record_is_found_by_an_address_of_before(stored, actor, django_capture_on_commit_callbacks):
    ana = Agent.objects.create(name="Ana", agent_class="Person")
    before = ana.address
    with django_capture_on_commit_callbacks(execute=True):
        address.change_address(actor, "https://coop.example")
    assert ana.address == f"https://coop.example/agent/{ana.uid}"
    assert found_by_reference(Agent, [before, ana.address]) == {before: ana, ana.address: ana}


@pytest.mark.parametrize(
    ("known", "reached"),
    [
        ("http://localhost:8000", "http://localhost:9000"),
        ("http://[::1]:8000", "http://[::1]:9000"),
        ("https://coop.example", "https://coop.example"),
        ("https://localhost", "https://localhost"),
    ],
)
def test_a_person_reaches_the_server_at_its_port_unless_it_stands_behind_another(known, reached):
    addresses.know(known)
    assert address.address_at(9000) == reached
