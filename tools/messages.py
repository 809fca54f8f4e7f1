"""Collects the texts of the house for translators, and compiles what they translated: `make messages`.

The texts come from Python, from templates and from the words of the standard, whose English stands in tables. Without
any language, only `locale/django.pot` is written: from it a translator begins one, in `locale/de/LC_MESSAGES/django.po`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from oce.vf.actions import ACTIONS
from oce.vf.terms import CLASSES, PROPERTIES
from oce.vf.units import units

if TYPE_CHECKING:
    from collections.abc import Iterator

# The roles that every house has are records, so their words stand in migrations.
ROLES = (
    "is a member of",
    "has as member",
    "is part of",
    "has as part",
    "is a steward of",
    "has as steward",
    "is a supplier of",
    "is supplied by",
    "Coordinator",
    "Member",
    "Observer",
)

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "oce"
PROGRAMS = ("xgettext", "msguniq", "msgmerge", "msgattrib", "msgfmt")
DJANGO = (sys.executable, "-m", "django")
# One file of each text and no lines, so that a catalogue changes where texts do; what tests say, nobody reads.
COLLECT = ("makemessages", "--all", "--no-obsolete", "--keep-pot", "--add-location", "file", "--ignore", "tests")


def collect(package: Path) -> None:
    """Bring the texts of a package into its folder `locale`, and compile those that are translated."""
    (package / "locale").mkdir(exist_ok=True)
    # With the settings of a house the texts would go where that house looks for them.
    without_settings = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    standard = package / "words_of_the_standard.py"
    standard.write_text("".join(f"gettext_noop({text!r})\n" for text in of_the_standard()), encoding="utf-8")
    try:
        for verb in (COLLECT, ("compilemessages",)):
            subprocess.run([*DJANGO, *verb], cwd=package, env=without_settings, check=True)
    finally:
        standard.unlink()


def of_the_standard() -> Iterator[str]:
    """Yield what pages say in the words of the standard: the glosses, and the labels of units without a symbol."""
    said = [each.gloss for table in (CLASSES, PROPERTIES, ACTIONS) for each in table.values()]
    said += ROLES
    said += [unit.label for unit in units().values() if not unit.symbol]
    yield from sorted({text for text in said if text})


def main(package: Path = PACKAGE) -> int:
    """Collect and compile; on a machine without gettext say what is missing."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        sys.stderr.write(f"This machine has no {', '.join(missing)}. Install GNU gettext, then try again.\n")
        return 1
    collect(package)
    return 0


if __name__ == "__main__":
    sys.exit(main())
