"""How fast single events and productions are recorded, each in a durable transaction of its own."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench import raw

Report = Callable[[str, str, str, str], None]

SINGLE, ROUNDS, PRODUCTIONS, CONNECTIONS = 1_000, 3, 200, 8
SECONDS_MAX = 120


def run(report: Report) -> None:
    """Record on the running database and report."""
    from django.db import connection

    people, resources, kinds = _fill()
    rates, raw_rates = [], []
    for _ in range(ROUNDS):
        rates.append(_record(people[0], resources[0], SINGLE))
        raw_rates.append(raw.durable_rate(SINGLE))
    rate, raw_rate = statistics.median(rates), statistics.median(raw_rates)
    budget = "900/s" if connection.vendor == "sqlite" else "250/s"
    report(
        "record one event through the command, one durable transaction each",
        f"{rate:,.0f} events/s",
        f"{budget}, and a fifth of the raw rate",
        f"plain statements: {raw_rate:,.0f}/s; ratio {rate / raw_rate:.2f}",
    )
    if connection.vendor == "postgresql":
        together = _together(people, resources)
        raw_together = _parallel(raw_share, list(range(CONNECTIONS)))
        report(
            f"the same on {CONNECTIONS} connections",
            f"{together:,.0f} events/s",
            "800/s",
            f"plain statements on {CONNECTIONS} connections: {raw_together:,.0f}/s; ratio {together / raw_together:.2f}",
        )
    rate = statistics.median(_produce(people[0], resources, kinds, PRODUCTIONS) for _ in range(ROUNDS))
    report(
        "a production in one submit: 4 inputs, 1 output, stock moved, traced",
        f"{rate:,.0f} productions/s",
        "200/s",
        f"plain statements: {raw_rate:,.0f} single events/s; ratio {rate / raw_rate:.2f}",
    )


def _fill() -> tuple[list[Any], list[Any], list[Any]]:
    from oce.apps.events.commands import record_events
    from oce.apps.events.drafts import EventDraft, ResourceDraft
    from oce.kit.testing import factories
    from oce.vf.measures import measure

    people = [factories.person(f"Person {number}") for number in range(CONNECTIONS)]
    kinds = [factories.kind(f"Kind {number}") for number in range(5)]
    drafts = [
        EventDraft(
            action="raise",
            provider=people[number % len(people)],
            receiver=people[number % len(people)],
            resource_conforms_to=kinds[number % len(kinds)],
            resource_quantity=measure("1000000000 kilogram"),
            new_resource=ResourceDraft({"name": f"Stock {number}"}),
        )
        for number in range(40)
    ]
    return people, [event.resource_inventoried_as for event in record_events(factories.ACTOR, drafts)], kinds


def _record(person: Any, resource: Any, count: int) -> float:
    from oce.apps.events.commands import record_event
    from oce.apps.events.drafts import EventDraft
    from oce.kit.clock import now
    from oce.kit.testing import factories
    from oce.vf.measures import measure

    drafts = [
        EventDraft(
            action="consume",
            provider=str(person.uid),
            receiver=str(person.uid),
            resource_inventoried_as=str(resource.uid),
            resource_quantity=measure("1.5 kilogram"),
            has_point_in_time=now(),
            note=f"Number {number}",
        )
        for number in range(count)
    ]
    began = time.perf_counter()
    for draft in drafts:
        record_event(factories.ACTOR, draft)
    return count / (time.perf_counter() - began)


def _produce(person: Any, resources: list[Any], kinds: list[Any], count: int) -> float:
    from oce.apps.events.commands import record_events
    from oce.apps.events.drafts import EventDraft, ResourceDraft
    from oce.apps.processes.models import Process
    from oce.kit.testing import factories
    from oce.vf.measures import measure

    processes = [Process.objects.create(name=f"Process {number}") for number in range(count)]
    submits = [
        [
            *(
                EventDraft(
                    action="consume",
                    provider=person,
                    receiver=person,
                    resource_inventoried_as=resource,
                    resource_quantity=measure("2 kilogram"),
                    input_of=process,
                )
                for resource in resources[:4]
            ),
            EventDraft(
                action="produce",
                provider=person,
                receiver=person,
                resource_conforms_to=kinds[4],
                resource_quantity=measure("7 kilogram"),
                output_of=process,
                new_resource=ResourceDraft({"name": process.name}),
            ),
        ]
        for process in processes
    ]
    began = time.perf_counter()
    for drafts in submits:
        record_events(factories.ACTOR, drafts)
    return count / (time.perf_counter() - began)


def _together(people: list[Any], resources: list[Any]) -> float:
    shares = [(str(people[number].uid), str(resources[number].uid)) for number in range(CONNECTIONS)]
    return _parallel(record_share, shares)


def _parallel(work: Callable[[Any], float], shares: list[Any]) -> float:
    """Return the joint rate of as many processes as there are shares, all beginning at once."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(len(shares))
    answers: Any = context.Queue()
    processes = [context.Process(target=_share, args=(work, share, barrier, answers)) for share in shares]
    for process in processes:
        process.start()
    spans: list[tuple[float, float]] = [answers.get(timeout=SECONDS_MAX) for _ in processes]
    for process in processes:
        process.join()
    return len(shares) * SINGLE / (max(end for _, end in spans) - min(began for began, _ in spans))


def _share(work: Callable[[Any], float], share: Any, barrier: Any, answers: Any) -> None:
    import django

    django.setup()
    work(share, 20)  # type: ignore[call-arg]  # connect and warm up before the others are waited for
    barrier.wait()
    began = time.time()
    work(share, SINGLE)  # type: ignore[call-arg]
    answers.put((began, time.time()))


class _Named:
    """Somebody known by identifier only, as another process knows them."""

    def __init__(self, uid: str) -> None:
        self.uid = uid


def record_share(share: tuple[str, str], count: int = SINGLE) -> float:
    """Record events of one person on one resource."""
    person, resource = share
    return _record(_Named(person), _Named(resource), count)


def raw_share(share: int, count: int = SINGLE) -> float:
    """Write the same rows by plain statements; every process under keys of its own."""
    return raw.durable_rate(count, share)


if __name__ == "__main__":
    from bench.measure import report

    run(report)
