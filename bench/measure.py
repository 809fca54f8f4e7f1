"""Runs one measurement in this process, in the database that the environment names."""

from __future__ import annotations

import sys
from importlib import import_module


def report(what: str, measured: str, budget: str, raw: str) -> None:
    """Print one line: what was done, how fast, what was wanted, and the raw limit beside it."""
    print(f"  {what}\n      {measured}   (budget {budget})\n      {raw}", flush=True)


def main() -> None:
    """Migrate the database and measure."""
    name = sys.argv[1]
    if name != "trace":
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
    import_module(f"bench.{name}").run(report)


if __name__ == "__main__":
    main()
