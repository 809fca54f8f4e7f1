"""Sixteen writers at once: nothing is granted twice, nothing is lost, nobody waits in a circle, and no reader misses anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest

PROCESSES, THREADS = 4, 4
WRITERS = PROCESSES * THREADS
IS_POSTGRES = os.environ.get("OCE_DATABASE", "").startswith("postgres")


@contextmanager
def a_database(folder):
    """Yield the address of a database of our own, of the kind these tests run on."""
    if not IS_POSTGRES:
        yield str(folder / "contended.sqlite3")
        return
    address, name = os.environ["OCE_DATABASE"], f"contended_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Crowd:
    """Processes of contenders on one database."""

    def __init__(self, address, folder):
        environment = {
            **os.environ, "OCE_DATABASE": address, "OCE_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "oce.site.settings",
        }  # fmt: skip
        command = [sys.executable, "-m", "oce.apps.events.tests.contenders"]
        pipe = subprocess.PIPE
        self.processes = [
            subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) for _ in range(PROCESSES)
        ]
        for process in self.processes:
            assert process.stdout.readline() == "ready\n"

    def ask(self, wish, *, of=0, **told):
        """Let one writer make a wish, and return what came of it."""
        self.tell(of, wish, **told)
        return self.hear(of)[0]

    def tell(self, of, wish, **told):
        """Let one process begin to do something."""
        self.processes[of].stdin.write(json.dumps({"wish": wish, **told}) + "\n")
        self.processes[of].stdin.flush()

    def hear(self, of):
        """Wait until a process is done, and return what its threads came to."""
        return json.loads(self.processes[of].stdout.readline())

    def all(self, wish, **told):
        """Let all writers make the same wish at once, and return what each came to."""
        for number in range(PROCESSES):
            self.tell(number, wish, threads=THREADS, **told)
        return [answer for number in range(PROCESSES) for answer in self.hear(number)]

    def close(self):
        for process in self.processes:
            process.stdin.close()
            process.wait(timeout=20)
            process.stdout.close()


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contended")
    with a_database(folder) as address:
        crowd = Crowd(address, folder)
        try:
            assert crowd.ask("found") == "founded"
            yield crowd
        finally:
            crowd.close()


@pytest.fixture
def flour(crowd):
    return crowd.ask("stock", amount=10)


def in_one_chain(seen):
    """Whether each event of a resource follows the one before it, in the order of the ledger."""
    return seen["previous"] == [None, *seen["events"][:-1]] and seen["last"] == seen["events"][-1]


def test_of_ten_kilograms_exactly_ten_are_given_out(crowd, flour):
    taken = crowd.all("consume", resource=flour, amount=1)
    seen = crowd.ask("look", resource=flour)
    assert len(taken) == WRITERS
    assert sum(taken) == 10
    assert seen["balances"] == ["0", "0"]
    assert len(seen["events"]) == 11
    assert in_one_chain(seen)
    assert seen["differences"] == []


def test_of_ten_kilograms_three_and_three_and_three_are_given_out(crowd, flour):
    assert sum(crowd.all("consume", resource=flour, amount=3)) == 3
    assert crowd.ask("look", resource=flour)["balances"] == ["1", "1"]


def test_an_event_is_taken_back_no_more_than_it_was(crowd, flour):
    event = crowd.ask("look", resource=flour)["uids"][0]
    answers = crowd.all("correct", event=event, amount=4)
    assert answers.count(True) == 2
    assert answers.count(["events.correction_too_much"]) == WRITERS - 2
    seen = crowd.ask("look", resource=flour)
    assert seen["balances"] == ["2", "2"]
    assert in_one_chain(seen)


def test_an_event_is_undone_once(crowd, flour):
    event = crowd.ask("look", resource=flour)["uids"][0]
    answers = crowd.all("undo", event=event)
    assert answers.count(True) == 1
    assert answers.count(["events.nothing_left"]) == WRITERS - 1
    assert crowd.ask("look", resource=flour)["balances"] == ["0", "0"]


def test_correcting_and_undoing_at_once_never_wait_in_a_circle(crowd, flour):
    event = crowd.ask("look", resource=flour)["uids"][0]
    for number in range(PROCESSES):
        wish = {"wish": "undo"} if number % 2 else {"wish": "correct", "amount": 1}
        crowd.tell(number, threads=THREADS, event=event, **wish)
    answers = [answer for number in range(PROCESSES) for answer in crowd.hear(number)]
    refused = Counter(answer[0] for answer in answers if answer is not True)
    assert set(refused) <= {"events.nothing_left", "events.correction_too_much"}, answers
    assert crowd.ask("look", resource=flour)["balances"] == ["0", "0"]


def test_a_key_is_used_once_however_often_it_is_sent(crowd, flour):
    events = crowd.all("with_key", resource=flour, key="the same")
    assert len(set(events)) == 1, events
    assert crowd.ask("look", resource=flour)["balances"] == ["9", "9"]


def test_an_address_means_one_event(crowd, flour):
    answers = crowd.all("with_identifier", resource=flour, iri="https://elsewhere.example/event/1")
    assert answers.count(True) == 1
    assert answers.count(["events.identifier_taken"]) == WRITERS - 1
    assert crowd.ask("look", resource=flour)["balances"] == ["9", "9"]


def test_a_lot_is_written_down_once(crowd, flour):
    assert crowd.all("with_lot", code="L-1") == [True] * WRITERS
    assert crowd.ask("look", resource=flour)["lots"] == 1


def test_writers_that_name_things_in_another_order_never_wait_in_a_circle(crowd, flour):
    other = crowd.ask("stock", amount=10)
    assert crowd.all("swap", one=flour, other=other, times=5) == [True] * WRITERS
    for resource in (flour, other):
        assert crowd.ask("look", resource=resource)["balances"] == ["10", "10"]


def test_wishes_that_do_wait_in_a_circle_are_all_granted_in_the_end(crowd, flour):
    other = crowd.ask("stock", amount=10)
    assert crowd.all("cross", one=flour, other=other, times=4) == [True] * WRITERS
    for resource in (flour, other):
        assert crowd.ask("look", resource=resource)["balances"] == [str(10 + 4 * WRITERS)] * 2


def test_what_is_packed_while_its_box_is_made_lies_in_the_box(crowd, flour):
    things, processes = crowd.ask("packing", count=25)
    before = crowd.ask("look", resource=flour)["inside"]
    for number, wish in enumerate(("pack", "bring_out")):
        crowd.tell(number, wish, things=things, processes=processes)
    assert [crowd.hear(number) for number in (0, 1)] == [[True], [True]]
    seen = crowd.ask("look", resource=flour)
    assert seen["inside"] == before + 25
    assert seen["differences"] == []


def test_who_follows_the_ledger_misses_nothing(crowd, flour):
    """One writer is slow; the reader still sees every event once, in order, and on PostgreSQL nobody waits for the slow one."""
    before = crowd.ask("look", resource=flour)
    crowd.tell(0, "follow", since=before["events"][-1], until_count=8 * 10 + 2, seconds=60)
    crowd.tell(1, "write", amount=2, pause=0.7)
    for number in (2, 3):
        crowd.tell(number, "write", threads=THREADS, amount=10, pause=0.005)
    longest = [answer for number in (2, 3) for answer in crowd.hear(number)]
    slow = crowd.hear(1)
    seen = crowd.hear(0)[0]
    after = crowd.ask("look", resource=flour)
    assert slow[0] >= 0.7
    assert seen == [place for place in after["places"] if place > before["events"][-1]]
    assert len(seen) == 82
    if IS_POSTGRES:
        assert max(longest) < 0.7, longest


def test_the_ledger_can_be_checked_while_others_write(crowd, flour):
    crowd.tell(0, "check", seconds=2)
    for number in (1, 2, 3):
        crowd.tell(number, "write", threads=THREADS, amount=5, pause=0)
    assert [answer for number in (1, 2, 3) for answer in crowd.hear(number) if isinstance(answer, str)] == []
    assert crowd.hear(0) == [[]]


def test_a_table_is_written_while_others_write_of_the_same_thing(crowd):
    flour = crowd.ask("stock", amount=1000)
    for number in (0, 1):
        crowd.tell(number, "take_table", resource=flour, rows=300)
    for number in (2, 3):
        crowd.tell(number, "add", threads=THREADS, resource=flour, times=10)
    assert [crowd.hear(number) for number in range(PROCESSES)] == [[300], [300], [True] * THREADS, [True] * THREADS]
    seen = crowd.ask("look", resource=flour)
    assert seen["balances"] == [str(1000 - 600 + 2 * THREADS * 10)] * 2
    assert in_one_chain(seen)
    assert seen["differences"] == []
