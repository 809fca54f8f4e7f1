"""Runs every measurement on SQLite, and on PostgreSQL where this machine has it: `make bench`.

`python -m bench recording graphql` measures only these; `--events 100000` makes the ledger of the large measurements smaller.
Each measurement runs in a process and a database of its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile

from oce.kit.testing import postgres

MEASUREMENTS = ("recording", "importing", "graphql", "pages", "crowd", "trace")
WITHOUT_DATABASE = frozenset({"trace"})


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("measurements", nargs="*", choices=[*MEASUREMENTS, []], default=[])
    parser.add_argument("--events", type=int, default=1_000_000, help="events in the large ledgers")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    chosen = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    for name in chosen.measurements or MEASUREMENTS:
        if name in WITHOUT_DATABASE:
            _run(name, {}, chosen.events)
            continue
        if chosen.database != "postgresql":
            with tempfile.TemporaryDirectory() as folder:
                _run(name, {"OCE_HOME": folder, "OCE_DATABASE": f"{folder}/bench.sqlite3"}, chosen.events)
        if chosen.database != "sqlite":
            if postgres.programs() is None:
                print(postgres.NOT_HERE)
                continue
            with tempfile.TemporaryDirectory() as folder, postgres.server() as address:
                _run(name, {"OCE_HOME": folder, "OCE_DATABASE": address}, chosen.events)


def _run(name: str, environment: dict[str, str], events: int) -> None:
    where = "PostgreSQL" if environment.get("OCE_DATABASE", "").startswith("postgres") else "SQLite"
    print(f"\n{name}" + ("" if name in WITHOUT_DATABASE else f" on {where}"), flush=True)
    subprocess.run(
        [sys.executable, "-m", "bench.measure", name],
        env={
            **os.environ,
            **environment,
            "OCE_BENCH_EVENTS": str(events),
            "DJANGO_SETTINGS_MODULE": "oce.site.settings",
        },
        check=True,
    )


if __name__ == "__main__":
    main()
