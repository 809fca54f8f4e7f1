"""Writes the reference pages, or says which are stale."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from tools.reference import commands, notices, plugs, public_names, refusals, running, settings, stories
from tools.reference.sources import ROOT

FOLDER = ROOT / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands.page,
    "context.jsonld": running.context,
    "notices.md": notices.page,
    "plugs.md": plugs.page,
    "public-names.md": public_names.page,
    "refusals.md": refusals.page,
    "schema.graphql": running.schema,
    "settings.md": settings.page,
    "stories.md": stories.page,
}


def stale() -> list[str]:
    """Return the names of the pages that do not say what the code says."""
    return [name for name, page in PAGES.items() if written(name) != page()]


def written(name: str) -> str | None:
    """Return what a page says at the moment, or None where there is none."""
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else None


def main() -> int:
    """Write the pages that were asked for, all without names; or check them. Return the exit code."""
    parser = argparse.ArgumentParser(prog="make docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is stale")
    parser.add_argument("pages", nargs="*", choices=[[], *PAGES], default=[])
    wish = parser.parse_args()
    if wish.check:
        found = stale()
        if found:
            print(f"Stale in docs/reference: {', '.join(found)}. Run `make docs` and read the difference.")
        return 1 if found else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in wish.pages or PAGES:
        (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
