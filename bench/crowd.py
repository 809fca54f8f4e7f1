"""How many pages a second two server processes give to fifty people who browse and log at once.

Each person has a session and a connection of their own, opens one page after another as people do, and every tenth time logs an
hour of work. First nobody pauses, which says how much the server can do; then each asks for two pages a second, so
that a hundred are wanted, which says how long people wait. The server is `oce serve` with the network of `bench.network`; what
asks runs beside it on the same processors.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bench import network

Report = Callable[[str, str, str, str], None]
PEOPLE, WORKERS, SECONDS, WARM_SECONDS = 50, 2, 20.0, 5.0
EACH_SECONDS = PEOPLE / 100
START_SECONDS_MAX = 60
LOGGED_ONE_IN = 10


@dataclass
class Person:
    """Somebody at a browser: the cookies of a session, and where they go."""

    cookies: str
    token: str
    group: str
    places: list[str]
    chance: random.Random

    def request(self, host: str) -> bytes:
        """Return what the browser sends next."""
        if self.chance.randrange(LOGGED_ONE_IN):
            return self._sent(f"GET {self.chance.choice(self.places)}", host)
        told = {
            "csrfmiddlewaretoken": self.token, "receiver": self.group, "what": "Weeding", "events.0.action": "work",
            "events.0.effortQuantity": self.chance.choice(("1", "0.5", "1:30")),
        }  # fmt: skip
        body = urlencode(told).encode()
        form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        return self._sent("POST /log", host, form) + body

    def _sent(self, line: str, host: str, more: str = "") -> bytes:
        head = f"{line} HTTP/1.1\r\nHost: {host}\r\nCookie: {self.cookies}\r\nAccept-Encoding: gzip\r\n"
        return f"{head}Accept: text/html\r\nOrigin: http://{host}\r\n{more}\r\n".encode()


@dataclass
class Answers:
    """What came back: how many seconds each answer took, and the statuses that are faults."""

    seconds: list[float] = field(default_factory=list)
    faults: list[int] = field(default_factory=list)

    def told(self, during: float) -> str:
        """Return it in words."""
        cuts = statistics.quantiles(self.seconds, n=20)
        waited = f"median {statistics.median(self.seconds) * 1000:.0f} ms, 95th percentile {cuts[18] * 1000:.0f} ms"
        return (
            f"{len(self.seconds) / during:.0f} pages/s, {waited}, {len(self.faults)} errors {sorted(set(self.faults))}"
        )


def run(report: Report) -> None:
    """Fill the running database if it is empty, serve it, and let the people come."""
    from oce.kit import addresses

    network.fill()
    addresses.settle()
    people = list(_people())
    with _served() as port:
        for pause, what in ((0.0, "without a pause"), (EACH_SECONDS, f"each a page every {EACH_SECONDS:.1f} s")):
            asyncio.run(_come(people, port, pause, WARM_SECONDS))
            answers = asyncio.run(_come(people, port, pause, SECONDS))
            report(
                f"{PEOPLE} people browsing and logging at once, {WORKERS} processes, {what}",
                answers.told(SECONDS),
                "100 pages/s, no error, 95th percentile 500 ms",
                "what asks runs on the same processors",
            )


def _people() -> Iterator[Person]:
    from django.middleware.csrf import get_token
    from django.test import Client, RequestFactory

    from oce.apps.members.accounts import Account
    from oce.apps.members.models import Membership
    from oce.apps.resources.models import EconomicResource
    from oce.kit.clock import now

    chance = random.Random(50)
    rows = Membership.objects.select_related("member", "group").order_by("member_id", "id")[: 6 * PEOPLE]
    memberships = {each.member_id: each for each in rows}
    for number, membership in enumerate(list(memberships.values())[:PEOPLE]):
        account, _made = Account.objects.get_or_create(
            person=membership.member, defaults={"email": f"p{number}@bench.example", "made": now(), "password": "!"}
        )
        client = Client(headers={"host": "localhost"})
        client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
        asked = RequestFactory().get("/")
        token = get_token(asked)
        things = EconomicResource.objects.filter(primary_accountable=membership.group).order_by("-id")[:10]
        shared = EconomicResource.objects.filter(visibility="network").order_by("-id")[:5]
        places = [
            "/", "/", "/log", "/log/week", "/things/", f"/things/?scope={membership.group.uid}", "/economic-event/",
            "/economic-event/?mine=yes", f"/agent/{membership.group.uid}", f"/agent/{membership.member.uid}", "/exchange/",
            "/knowledge/", "/network/people", "/process/", "/search?q=plum&glance", "/search?q=honey",
            *(f"/economic-resource/{each.uid}" for each in [*things, *shared]),
        ]  # fmt: skip
        cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={asked.META['CSRF_COOKIE']}"
        yield Person(cookies, token, str(membership.group.uid), places, random.Random(chance.random()))


@contextmanager
def _served() -> Iterator[int]:
    """Run the server until the block ends, and give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "oce", "serve", "--port", str(port), "--workers", str(WORKERS), "--no-open"]
    server = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(START_SECONDS_MAX)


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS_MAX
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


async def _come(people: list[Person], port: int, pause: float, seconds: float) -> Answers:
    """Let everybody ask for pages for so long; whoever pauses asks at times of their own."""
    answers = Answers()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_browse(each, port, pause, until, answers) for each in people))
    return answers


async def _browse(person: Person, port: int, pause: float, until: float, answers: Answers) -> None:
    await asyncio.sleep(pause * person.chance.random())
    streams = await asyncio.open_connection("127.0.0.1", port)
    due = time.perf_counter()
    while (began := time.perf_counter()) < until:
        status, stays = await _answered(streams, person.request(f"localhost:{port}"))
        took = time.perf_counter() - began
        answers.seconds.append(took)
        if status not in {200, 302}:
            answers.faults.append(status)
        if not stays:
            streams[1].close()
            streams = await asyncio.open_connection("127.0.0.1", port)
        # Whoever waited for longer than the pause asks at once, and is not behind for ever.
        due = max(due + pause, time.perf_counter() - pause)
        await asyncio.sleep(max(due - time.perf_counter(), 0))
    streams[1].close()


async def _answered(streams: tuple[Any, Any], request: bytes) -> tuple[int, bool]:
    """Return the status of the answer, and whether the connection stays open; a broken connection counts as status 0."""
    reader, writer = streams
    try:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await _take_body(reader, head)
    except (OSError, asyncio.IncompleteReadError):
        return 0, False
    return int(head.split(None, 2)[1]), b"connection: close" not in head


async def _take_body(reader: Any, head: bytes) -> None:
    if b"content-length:" in head:
        await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
    elif b"transfer-encoding: chunked" in head:
        size = 1
        while size:
            size = int(await reader.readline(), 16)
            await reader.readexactly(size + 2)
    elif b"connection: close" in head:
        await reader.read()


if __name__ == "__main__":
    from bench.measure import report

    run(report)
