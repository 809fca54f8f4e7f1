"""An import that is killed half-way leaves nothing of its file, and can be run again without doubling."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

ROWS = 60_000
BEGIN = """
import sys, django
django.setup()
from django.core.management import call_command
from oce.apps.agents.models import Agent
from oce.apps.events import bulk
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.apps.spreadsheets.commands import import_table
from oce.apps.spreadsheets.models import ImportedFile
from oce.kit.actor import SYSTEM
from oce.kit.jsonld.texts import Source
call_command("migrate", verbosity=0)
def say(*words):
    print(*words, flush=True)
"""
PREPARE = """
ImportedFile.objects.all().delete()
EconomicEvent.objects.all()._raw_delete("default")
EconomicResource.objects.all().delete()
Agent.objects.all().delete()
mill = Agent.objects.create(agent_class="Organization", name="Mill")
EconomicResource.objects.create(name="Sack", primary_accountable=mill)
"""
IMPORT = f"""
bulk.CHUNK = 20_000
text = "Action,From,To,Resource,Quantity,Unit\\n" + "raise,Mill,Mill,Sack,1,kg\\n" * {ROWS}
report = import_table(SYSTEM, Source("events.csv", text.encode()), progress=say)
say(report.summary if not report.is_repeat else "repeated")
"""
COUNT = """
say(EconomicEvent.objects.count(), EconomicResource.objects.get().onhand_quantity)
"""


@pytest.fixture
def environment(tmp_path):
    """A house of its own: a file of SQLite, or the test server's own database, which the tests leave alone."""
    database = str(tmp_path / "oce.sqlite3") if connection.vendor == "sqlite" else os.environ["OCE_DATABASE"]
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "oce.site.settings",
        "OCE_HOME": str(tmp_path),
        "OCE_DATABASE": database,
    }


def said_by(script: str, environment) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", BEGIN + script], env=environment, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip().rpartition("\n")[2]


def test_an_import_killed_half_way_leaves_nothing_and_can_be_run_again(environment):
    said_by(PREPARE, environment)
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN + IMPORT], env=environment, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        done, of = running.stdout.readline().split()
        os.kill(running.pid, signal.SIGKILL)
    assert 0 < int(done) < int(of) == ROWS
    assert said_by(COUNT, environment) == "0 None"
    assert said_by(IMPORT, environment) == f"{ROWS} entries"
    assert said_by(IMPORT, environment) == "repeated"
    assert said_by(COUNT, environment) == f"{ROWS} {ROWS} kilogram"
