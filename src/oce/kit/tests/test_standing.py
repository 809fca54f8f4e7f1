"""A reader who stands still sees nothing of what is written meanwhile, and holds nobody up."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from django.db import connection

from oce.kit.records import record_model
from oce.kit.standing import standing_still
from oce.kit.testing import factories


def counts_while_somebody_writes() -> list[int]:
    """Return how many agents a reader sees before and after another has written, and how many there are then."""
    agents = record_model("agent").every()

    def write() -> None:
        factories.person("Ben")
        connection.close()

    # Blocks may lie within each other: the outermost says the moment.
    with standing_still(), standing_still():
        counts = [agents.count()]
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(timeout=30)
        assert not writer.is_alive()
        counts.append(agents.count())
    return [*counts, agents.count()]


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_seen():
    if connection.vendor == "sqlite":
        pytest.skip(
            "The test database lies in memory, where readers and writers exclude each other: see the next test."
        )
    factories.person("Ana")
    assert counts_while_somebody_writes() == [1, 1, 2]


def test_nor_in_a_file_of_sqlite(tmp_path):
    script = (
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from oce.kit.tests.test_standing import counts_while_somebody_writes\n"
        "print(counts_while_somebody_writes())\n"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "oce.site.settings",
        "OCE_HOME": str(tmp_path),
        "OCE_DATABASE": str(tmp_path / "oce.sqlite3"),
    }
    ran = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[0, 0, 1]"


@pytest.mark.django_db
def test_inside_a_transaction_nothing_changes():
    with standing_still():
        factories.person("Ana")
    assert record_model("agent").every().count() == 1
