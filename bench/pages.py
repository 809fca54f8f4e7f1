"""How fast every page is made for a coordinator and a member of a large network (`bench.network`), and by how many statements.

The pages are those that the menu leads to, the list, the forms and the records of every class, what apps show of a record
besides, and searches. Of each, many addresses are asked, those of the busiest groups, people and things among them, in this
process through all layers of the server, and each twice, at different times: the quicker one counts, for on a shared machine the
other holds the work of somebody else. The processor's time stands beside it, that of the server of the database with it. GraphQL
is asked the same way.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from bench import network

Report = Callable[[str, str, str, str], None]
# Of each record class so many records are opened: the busiest, and others.
BUSIEST, OTHERS, FORMS = 4, 8, 4
MEDIAN_MAX, SLOWEST_MAX, STATEMENTS_MAX, SEARCH_MAX = 100.0, 250.0, 12, 80.0
# A part of the names of pages to be measured alone.
ONLY = os.environ.get("OCE_BENCH_ONLY", "")
SOUGHT = (
    "plum",
    "rye bread",
    "ana",
    "käthe",
    "L-00123",
    "T0004560",
    "baking of batch 17",
    "order 42",
    "cooperative",
    "p",
    "nothing so",
    "day 12",
)
GRAPHQL = {
    "events with all they name": """{ economicEvents(first: 50, order: NEWEST_FIRST) { edges { node { id action { id } note
        provider { id name } receiver { id name } resourceInventoriedAs { id name conformsTo { id name } }
        resourceConformsTo { id name } inputOf { id name } outputOf { id name } } } } }""",
    "things with kind, place, lot": """{ economicResources(first: 50) { edges { node { id name onhandQuantity {
        hasNumericalValue hasUnit { symbol } } conformsTo { id name } primaryAccountable { id name }
        currentLocation { id name } ofBatchLot { id batchLotCode } } } } }""",
    "agents sought": '{ agents(first: 50, filter: {searchString: "ana"}) { edges { node { id name note } } } }',
    "the last agents": "{ agents(last: 50) { edges { node { id name primaryLocation { id name } } } } }",
    "processes with plan and events": """{ processes(first: 20) { edges { node { id name plannedWithin { id name }
        inScopeOf { id name } } } } }""",
    "search": '{ search(text: "plum") { __typename } }',
}  # fmt: skip


@dataclass
class Page:
    """One page: under which addresses it is asked, and how many milliseconds each took at best."""

    name: str
    addresses: list[str]
    times: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    statements: int = 0
    faults: set[str] = field(default_factory=set)

    @property
    def median(self) -> float:
        """The time in the middle."""
        return statistics.median(self.times)

    @property
    def slowest(self) -> float:
        """The longest time: of so few addresses it is the 99th in a hundred."""
        return max(self.times)

    @property
    def is_missed(self) -> bool:
        """Whether it takes more than it should."""
        most = SEARCH_MAX if self.name.startswith("search") else SLOWEST_MAX
        over = self.median > MEDIAN_MAX or self.slowest > most or self.statements > STATEMENTS_MAX
        return over or bool(self.faults)

    def __str__(self) -> str:
        """Return the line of the table."""
        mark = "  missed" if self.is_missed else ""
        slow = f"  {self.addresses[self.times.index(self.slowest)]}" if self.slowest > SLOWEST_MAX else ""
        faults = f"  {', '.join(sorted(self.faults))}" if self.faults else ""
        processor = f"{statistics.median(self.processor):>10.1f}{max(self.processor):>9.1f}"
        return (
            f"{self.name:<44}{self.median:>8.1f}{self.slowest:>9.1f}{processor}{self.statements:>5}{mark}{faults}{slow}"
        )


def run(report: Report) -> None:
    """Fill the running database if it is empty, and measure every page for both people."""
    from django.conf import settings

    from oce.kit import addresses

    network.fill()
    addresses.settle()
    settings.ALLOWED_HOSTS = ["*"]
    for email in (network.COORDINATOR, network.MEMBER):
        pages = [each for each in pages_of(email) if ONLY in each.name]
        measure(email, pages)
        _tell(email, pages, report)


def _tell(email: str, pages: list[Page], report: Report) -> None:
    who = email.partition("@")[0]
    print(f"  {'as ' + who:<44}{'median':>8}{'slowest':>9}{'processor':>10}{'at most':>9}{'SQL':>5}")
    for page in pages:
        print(f"  {page}", flush=True)
    missed = [page for page in pages if page.is_missed]
    times = [time for page in pages for time in page.times]
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    report(
        f"{len(times)} pages of {len(pages)} kinds for a {who}, in a ledger of {network.EVENTS:,} events",
        f"median {statistics.median(times):.1f} ms, 99th percentile {cuts[98]:.1f} ms, slowest {max(times):.1f} ms",
        f"{MEDIAN_MAX:.0f} ms, {SLOWEST_MAX:.0f} ms, {STATEMENTS_MAX} statements",
        f"{len(missed)} kinds miss it" if missed else "no kind misses it",
    )


def measure(email: str, pages: list[Page]) -> None:
    """Ask every address of every page three times: to count statements and warm up, and twice to take the time."""
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    ask, server = _asker(email), _server_clock()
    for page in pages:
        for address in page.addresses:
            reset_queries()
            with CaptureQueriesContext(connection) as captured:
                status = ask(address)
            page.statements = max(page.statements, _statements(captured.captured_queries))
            if status not in {200, 302}:
                page.faults.add(f"answers {status}")
    for turn in range(2):
        for page in pages:
            both = [_milliseconds(ask, address, server) for address in page.addresses]
            times, processor = [clock for clock, _ in both], [processor for _, processor in both]
            page.times = times if turn == 0 else list(map(min, page.times, times))
            page.processor = processor if turn == 0 else list(map(min, page.processor, processor))


def _statements(queries: list[dict[str, Any]]) -> int:
    """Return how many questions were asked; the beginning and the end of a transaction ask nothing."""
    bounds = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET ")
    return sum(not str(each["sql"]).startswith(bounds) for each in queries)


def _milliseconds(ask: Callable[[str], int], address: str, server: Callable[[], float]) -> tuple[float, float]:
    """Return how long an answer took, on the clock and of the processor, that of the database's server with it."""
    began, began_processor = time.perf_counter(), time.process_time() + server()
    ask(address)
    clock, processor = time.perf_counter() - began, time.process_time() + server() - began_processor
    return clock * 1000, processor * 1000


def _server_clock() -> Callable[[], float]:
    """Return what tells how many seconds of the processor the server of our connection has used; SQLite has none."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: int(told.read_text(encoding="ascii").split()[0]) / 1e9 if told.exists() else 0.0


def _asker(email: str) -> Callable[[str], int]:
    """Return what asks for an address, or a question to GraphQL, as somebody who has signed in; it returns the status."""
    from django.test import Client

    from oce.apps.members.accounts import Account

    client = Client(headers={"accept-encoding": "gzip", "host": "localhost"}, raise_request_exception=False)
    client.force_login(Account.objects.get(email=email), "allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies["sessionid"].value

    def ask(address: str) -> int:
        if not address.startswith("/"):
            answer = client.post("/graphql", json.dumps({"query": address}), content_type="application/json")
            return 422 if b'"errors"' in answer.content else int(answer.status_code)
        # The group and the period of the page before are kept in cookies; here every address says all itself.
        client.cookies = SimpleCookie({"sessionid": session})
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        return int(answer.status_code)

    return ask


def pages_of(email: str) -> list[Page]:
    """Return every page that somebody can open, with its addresses."""
    from oce.apps.members.accounts import Account
    from oce.apps.members.acting import actor_of

    actor = actor_of(Account.objects.get(email=email))
    chance = random.Random(7)
    found = [*_of_menu(actor), *_of_classes(actor, chance), *_of_ledger(actor, chance), *_of_things(chance)]
    found += [
        Page(
            f"search {'while typing' if glance else 'page'}",
            [f"/search?q={text}{glance}" for text in SOUGHT for _ in range(2)],
        )
        for glance in ("", "&glance")
    ]
    found += [Page(f"GraphQL: {name}", [question] * 8) for name, question in GRAPHQL.items()]
    return [page for page in found if page.addresses]


def _of_menu(actor: Any) -> Iterator[Page]:
    """Yield the places of the menu, alone and narrowed to a group and to a month."""
    from oce.kit.pages.navigation import entries_for
    from oce.kit.pages.scopes import Scope

    groups = Scope(actor).groups
    named = [*groups[:2], *groups[-1:]]
    for entry in entries_for(actor):
        if not entry.is_record_list:
            scoped = [f"{entry.url}?scope={group.uid}{period}" for group in named for period in ("", "&period=2026-09")]
            yield Page(entry.url, [entry.url] * 4 + scoped)


def _of_classes(actor: Any, chance: random.Random) -> Iterator[Page]:
    """Yield the list, the forms and the records of every class, with what apps show of a record at addresses of its own."""
    from django.http import QueryDict

    from oce.kit.actor import seen_by
    from oce.kit.app import plugs
    from oce.kit.commands import creator
    from oce.kit.pages.listing import Listing
    from oce.kit.records import record_models

    for model in record_models():
        kind = model.kind()
        listing = Listing(model, actor, QueryDict())
        sorts = [each.term for each in listing.columns if each.kind.name in {"TEXT", "MOMENT", "MEASURE", "ACTION"}]
        yield Page(f"/{kind}/", [f"/{kind}/?q={text}" for text in ("", "", "", "plum", "1", "a")])
        yield Page(f"/{kind}/ sorted", [f"/{kind}/?sort={sign}{term}" for term in sorts for sign in ("", "-")])
        yield Page(f"/{kind}/ late pages", [f"/{kind}/?page={page}" for page in (2, 50, 150, 200)])
        yield Page(f"/{kind}/ filtered", list(_filtered(kind, listing, actor, chance)))
        if creator(model) is not None:
            yield Page(f"/{kind}/new", [f"/{kind}/new"] * FORMS)
        seen = seen_by(actor, model.every())
        records = list(seen[:BUSIEST]) + _some(seen, OTHERS, chance)
        yield Page(f"/{kind}/…", [f"/{kind}/{each.uid}" for each in records])
        if creator(model) is not None:
            yield Page(f"/{kind}/…/edit", [f"/{kind}/{each.uid}/edit" for each in records[:FORMS]])
        words = {word for _app, pages in plugs("pages") for word in getattr(pages, "views", {}).get(model, {})}
        for word in sorted(words - NO_PAGES):
            yield Page(f"/{kind}/…/{word}", [f"/{kind}/{each.uid}/{word}" for each in records])
        if words or kind in {"process", "economic-event"}:
            yield Page(f"/trace/of/{kind}/…", [f"/trace/of/{kind}/{each.uid}" for each in records if kind in TRACED])


TRACED = frozenset({"economic-resource", "economic-event", "process"})


# Words below a record's address that are no pages: what is only sent, and the download of all that somebody did.
NO_PAGES = frozenset({"shortage", "share", "export"})


def _filtered(kind: str, listing: Any, actor: Any, chance: random.Random) -> Iterator[str]:
    """Yield lists narrowed by each filter that is offered, by those that many records answer among others."""
    from oce.kit.actor import seen_by
    from oce.kit.pages.listing import filter_values

    for each in listing.filterable:
        if each.target is not None:
            targets = seen_by(actor, each.target.every())
            for target in [*targets[:1], *_some(targets, 1, chance)]:
                yield f"/{kind}/?{each.term}={target.uid}"
        elif each.kind.name == "MOMENT":
            yield f"/{kind}/?{each.term}.from=2026-03-01&{each.term}.until=2026-03-31"
        else:
            for value, _words in list(filter_values(each))[:3]:
                yield f"/{kind}/?{each.term}={value}"


def _of_ledger(actor: Any, chance: random.Random) -> Iterator[Page]:
    """Yield the ledger narrowed by somebody, a thing, a group and a month."""
    from oce.apps.agents.models import Agent
    from oce.apps.resources.models import EconomicResource
    from oce.kit.actor import seen_by

    agents = list(seen_by(actor, Agent.every())[:2]) + _some(seen_by(actor, Agent.every()), 8, chance)
    things = _some(seen_by(actor, EconomicResource.every()), 6, chance)
    yield Page("/economic-event/ of somebody", [f"/economic-event/?who={each.uid}" for each in agents])
    yield Page("/economic-event/ of a thing", [f"/economic-event/?thing={each.uid}" for each in things])
    yield Page("/economic-event/ in a month", [f"/economic-event/?period=2026-{month:02}" for month in range(1, 11)])
    yield Page(
        "/economic-event/ of somebody in a month",
        [f"/economic-event/?period=2026-{month:02}&who={each.uid}" for month in (3, 9) for each in agents[:5]],
    )
    yield Page("/economic-event/ of mine", ["/economic-event/?mine=yes"] * 4)
    yield Page("/economic-event/ without corrections", ["/economic-event/?corrections=without"] * 4)
    yield Page("/economic-event/ corrections", ["/economic-event/?corrections=only"] * 4)


def _of_things(chance: random.Random) -> Iterator[Page]:
    """Yield the inventory narrowed by a place, a kind, a state and words, and what forms ask for while somebody types."""
    from oce.apps.agents.models import SpatialThing
    from oce.apps.knowledge.models import ResourceSpecification

    places, kinds = _some(SpatialThing.every(), 4, chance), _some(ResourceSpecification.every(), 4, chance)
    told = [f"place={each.uid}" for each in places] + [f"kind={each.uid}" for each in kinds]
    told += [f"state={name}" for name in ("expired", "soon", "short", "gone", "enough")]
    told += [f"q={text}" for text in ("plum", "L-00123", "day 12")]
    yield Page("/things/ narrowed", [f"/things/?{each}{view}" for each in told for view in ("", "&view=table")])
    yield Page(
        "/things/ sorted", [f"/things/?view=table&sort={each}&page=3" for each in ("new", "name", "kind", "place")]
    )
    sought = ("ana", "a", "plum", "federation")
    yield Page(
        "choices in forms",
        [f"/{kind}/choices?x.sought={text}" for kind in ("agent", "economic-resource") for text in sought],
    )


def _some(records: Any, count: int, chance: random.Random) -> list[Any]:
    """Return some of the records, spread over all of them."""
    last = records.order_by("-id").values_list("id", flat=True).first()
    if last is None:
        return []
    return [each for _ in range(count) if (each := records.filter(id__gte=chance.randint(1, last)).first()) is not None]


if __name__ == "__main__":
    from bench.measure import report

    run(report)
