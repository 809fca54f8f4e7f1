"""How fast GraphQL answers: 100 events with provider, receiver, resource and specification, in process.

Run it alone with `python -m bench.graphql`; it works in a database of its own. The raw limit beside it is one SQL
statement that joins the same columns, with the same answer written as JSON.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

Report = Callable[[str, str, str, str], None]

EVENTS, RESOURCES, ROUNDS = 1_000, 100, 60
QUERY = """
query Latest($first: Int!) {
  economicEvents(first: $first, order: NEWEST_FIRST) {
    edges {
      node {
        id
        action { id }
        hasPointInTime
        note
        resourceQuantity { hasNumericalValue hasUnit { symbol } }
        provider { id name }
        receiver { id name }
        resourceInventoriedAs { id name onhandQuantity { hasNumericalValue hasUnit { symbol } } }
        resourceConformsTo { id name }
      }
    }
  }
}
"""
JOINED = """
SELECT e.uid, e.action, e.has_point_in_time, e.note, e.resource_quantity_value, e.resource_quantity_unit,
       p.uid, p.name, r.uid, r.name, s.uid, s.name, s.onhand_quantity_value, s.onhand_quantity_unit, k.uid, k.name
FROM events_economicevent e
JOIN agents_agent p ON p.id = e.provider_id
JOIN agents_agent r ON r.id = e.receiver_id
JOIN resources_economicresource s ON s.id = e.resource_inventoried_as_id
JOIN knowledge_resourcespecification k ON k.id = e.resource_conforms_to_id
ORDER BY e.id DESC LIMIT 100
"""


def fill() -> None:
    """Write the ledger that is asked: a hundred resources of ten kinds, a thousand events between twenty people."""
    from oce.apps.events.commands import record_events
    from oce.apps.events.drafts import EventDraft, ResourceDraft
    from oce.kit.clock import now
    from oce.kit.testing import factories
    from oce.vf.measures import measure

    people = [factories.person(f"Person {number}") for number in range(20)]
    kinds = [factories.kind(f"Kind {number}") for number in range(10)]
    resources: list[Any] = []
    drafts = [
        EventDraft(
            action="raise",
            provider=people[number % 20],
            receiver=people[number % 20],
            resource_conforms_to=kinds[number % 10],
            resource_quantity=measure("1000 kilogram"),
            has_point_in_time=now(),
            new_resource=ResourceDraft({"name": f"Stock {number}"}),
        )
        for number in range(RESOURCES)
    ]
    resources = [event.resource_inventoried_as for event in record_events(factories.ACTOR, drafts)]
    drafts = [
        EventDraft(
            action="consume",
            provider=people[number % 20],
            receiver=people[number % 20],
            resource_inventoried_as=resources[number % RESOURCES],
            resource_conforms_to=kinds[number % RESOURCES % 10],
            resource_quantity=measure("1.5 kilogram"),
            has_point_in_time=now(),
            note=f"Note {number}",
        )
        for number in range(EVENTS - RESOURCES)
    ]
    record_events(factories.ACTOR, drafts)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the best and the median time of `work`, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return min(times), statistics.median(times)


def run(report: Report) -> None:
    """Measure on the running database, which is filled if it is empty, and report one line."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from oce.apps.events.models import EconomicEvent
    from oce.kit.testing.asking import ask

    if not EconomicEvent.objects.exists():
        fill()

    def raw() -> str:
        with connection.cursor() as cursor:
            cursor.execute(JOINED)
            return json.dumps(cursor.fetchall(), default=str)

    def asked() -> str:
        return json.dumps(ask(QUERY, first=100))

    with CaptureQueriesContext(connection) as captured:
        asked()
    best, median = timed(asked)
    raw_best, raw_median = timed(raw)
    report(
        "GraphQL, 100 events with provider, receiver, resource, specification",
        f"{median:.1f} ms (best {best:.1f}), {len(captured)} SQL statements",
        "25 ms, 6 SQL statements",
        f"one SQL join: {raw_median:.1f} ms (best {raw_best:.1f}); ratio {median / raw_median:.1f}",
    )


def main() -> None:
    """Measure in a fresh database."""
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(OCE_HOME=folder, OCE_DATABASE=f"{folder}/bench.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oce.site.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        run(lambda *row: print(" | ".join(row)))


if __name__ == "__main__":
    main()
