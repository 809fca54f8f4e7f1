"""Apps that strangers might write: built, installed apart from this house, and tested by programs of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile

SECONDS_MAX = 300


def run(*arguments, cwd, may_fail=False, **environment):
    """Return what a module says that is run as a program."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("OCE_", "DJANGO_", "PYTEST_"))}
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=cwd,
        env=own | environment,
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=False,
    )
    assert may_fail or done.returncode == 0, done.stdout[-6000:] + done.stderr[-4000:]
    return done.stdout


def built(folder, into):
    """Return a folder that holds an app as an installer would put it there."""
    run("hatchling", "build", "--target", "wheel", "--directory", into, cwd=folder)
    (wheel,) = into.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(into / "installed")
    return into / "installed"


def add(file, block):
    """Put a block of the tutorial at the end of a file; what it defines anew takes the place of what was before."""
    file.write_text(f"{file.read_text(encoding='utf-8')}\n\n{block}", encoding="utf-8")


def failing(folder, installed, *chosen):
    """Return the names of the tests of an app that fail."""
    arguments = ["-q", "-p", "no:cacheprovider", "-c", folder / "pyproject.toml", *chosen, installed]
    said = run("pytest", *arguments, cwd=folder, may_fail=True, PYTHONPATH=str(installed))
    assert "passed" in said
    return re.findall(r"^FAILED \S+::(\w+)", said, re.MULTILINE)
