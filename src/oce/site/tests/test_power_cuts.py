"""A bulk import that is killed in the middle leaves nothing of its file, and can be run again without doubling."""

from __future__ import annotations

import os
import pty
import re
import subprocess

import pytest

from oce.site.tests import houses

ROWS = 60_000
SHARES = (0.2, 0.5, 0.9)
_PROGRESS = re.compile(rb"(\d+) of (\d+) rows")


@pytest.fixture
def house(tmp_path):
    with houses.demolished(houses.empty(tmp_path)) as house:
        house.said("migrate")
        kinds = "name,type\nStone Mill,Organization\n"
        agents = tmp_path / "agents.csv"
        agents.write_text(kinds, encoding="utf-8")
        house.said("import", agents)
        specifications = tmp_path / "kinds.csv"
        specifications.write_text("name,default unit of resource\nFlour,kilogram\n", encoding="utf-8")
        house.said("import", specifications, "--class", "ResourceSpecification")
        house.said("record", "raise", "1 kg", "--provider", "Stone Mill", "--kind", "Flour", "--new", "Sack")
        yield house


@pytest.fixture
def table(tmp_path):
    """A table of so many events that its import takes a while."""
    file = tmp_path / "many.csv"
    row = "raise,Stone Mill,Stone Mill,Sack,1,kg,note {}\n"
    file.write_text(
        "Action,Provider,Receiver,Resource,Quantity,Unit,Note\n" + "".join(map(row.format, range(ROWS))),
        encoding="utf-8",
    )
    return file


def kill_at(house, table, share):
    """Run the import, kill it without warning once that share of its rows is done, and return how many were."""
    screen, terminal = pty.openpty()
    process = subprocess.Popen(
        [*houses.OCE, "import", table], env=house.environment(), stdout=subprocess.DEVNULL, stderr=terminal
    )
    os.close(terminal)
    with process:
        heard = b""
        while not (found := _PROGRESS.findall(heard)) or int(found[-1][0]) < share * ROWS:
            more = os.read(screen, 4096)
            assert more, f"the import ended before it could be killed: {heard!r}"
            heard += more
        process.kill()
    os.close(screen)
    assert process.returncode == -9
    return int(found[-1][0])


def test_a_killed_import_leaves_nothing_and_can_be_run_again(house, table):
    before = house.rows()
    for share in SHARES:
        assert kill_at(house, table, share) >= share * ROWS
        assert house.rows() == before
    assert f"{ROWS}" in house.said("import", table)
    assert house.count() == ROWS + 1
    after = house.rows()
    house.said("import", table)
    unheard = {"kit_journalline"}
    assert {name: rows for name, rows in house.rows().items() if name not in unheard} == {
        name: rows for name, rows in after.items() if name not in unheard
    }
    assert house.said("check", "ledger") == "ledger: all is well.\n"
