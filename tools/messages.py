"""Collects the texts of the house for translators, and compiles what they translated: `make messages`.

The texts come from Python and from templates. Without any language, only `locale/django.pot` is written: from it a
translator begins one, in `locale/de/LC_MESSAGES/django.po`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "oce"
PROGRAMS = ("xgettext", "msguniq", "msgmerge", "msgattrib", "msgfmt")
DJANGO = (sys.executable, "-m", "django")


def collect(package: Path) -> None:
    """Bring the texts of a package into its folder `locale`, and compile those that are translated."""
    (package / "locale").mkdir(exist_ok=True)
    # With the settings of a house the texts would go where that house looks for them.
    without_settings = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    for verb in (("makemessages", "--all", "--no-obsolete", "--keep-pot"), ("compilemessages",)):
        subprocess.run([*DJANGO, *verb], cwd=package, env=without_settings, check=True)


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
