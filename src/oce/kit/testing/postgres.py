"""A private PostgreSQL server for as long as a test run or a measurement lasts.

It lives in a temporary folder, listens on a socket inside it and on no network, and is gone afterwards even when
the run failed or was killed. `python -m oce.kit.testing.postgres COMMAND ...` runs a command with `OCE_DATABASE` pointing at one.
"""

from __future__ import annotations

import argparse
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

INSTALLED_VERSIONS = Path("/usr/lib/postgresql")
NEEDED = ("initdb", "pg_ctl", "postgres")
START_SECONDS_MAX = 60
DATABASE_USER = "oce"

# Waits until its input ends, which the system sees to even when we are killed; then tidies up.
GUARD = 'cat; "$0" stop --pgdata="$1/data" --mode=immediate --wait --silent; rm -rf "$1"'

# A test database may vanish with the power; waiting for the disk only makes the tests slow.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

NOT_HERE = (
    "PostgreSQL is skipped: none of its server programs (initdb, pg_ctl, postgres) is in the search path or under "
    "/usr/lib/postgresql. Install your system's postgresql package to include it."
)


class NoPostgresError(RuntimeError):
    """This machine has no PostgreSQL server programs."""


def programs() -> Path | None:
    """Return the folder with the server programs, the newest where there are several, or None."""
    versions = sorted(INSTALLED_VERSIONS.glob("*/bin"), key=lambda folder: version_of(folder.parent.name), reverse=True)
    in_path = shutil.which("initdb")
    found = [Path(in_path).resolve().parent] if in_path else []
    for folder in [*found, *versions]:
        if all((folder / name).exists() for name in NEEDED):
            return folder
    return None


def version_of(name: str) -> tuple[int, ...]:
    """Return the folder name of an installed version as numbers that sort."""
    return tuple(int(part) for part in name.split(".") if part.isdigit())


@contextmanager
def server(*, durable: bool = True, settings: dict[str, str] | None = None) -> Iterator[str]:
    """Run a server and give its address; it is stopped and its folder removed at the end.

    Args:
        durable: Whether a commit waits for the disk. Measurements want the truth, tests want speed.
        settings: Further PostgreSQL settings.
    """
    folder_of_programs = programs()
    if folder_of_programs is None:
        raise NoPostgresError(NOT_HERE)
    folder = Path(tempfile.mkdtemp(prefix="oce-postgres-"))
    private = PrivateServer(folder_of_programs, folder, owner=unprivileged_user())
    with private.guarded():
        private.create()
        private.start({**({} if durable else CARELESS), **(settings or {})})
        yield f"postgres://{DATABASE_USER}@/postgres?host={folder}"


def unprivileged_user() -> str | None:
    """Return the user the server must run as, which PostgreSQL refuses to be root, or None for our own."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


class PrivateServer:
    """A database cluster in a folder of its own, with its socket beside it."""

    def __init__(self, programs: Path, folder: Path, *, owner: str | None) -> None:
        self.programs = programs
        self.folder = folder
        self.data = folder / "data"
        self.owner = owner
        self.group = None if owner is None else pwd.getpwnam(owner).pw_gid
        self.groups: list[int] | None = None if owner is None else []
        if owner is not None:
            shutil.chown(folder, owner, self.group)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Have the server stopped and its folder removed at the end of the block, or of our process, however it ends."""
        guard = subprocess.Popen(
            ["sh", "-c", GUARD, self.programs / "pg_ctl", self.folder],  # noqa: S607 (every system has it there)
            user=self.owner, group=self.group, extra_groups=self.groups, cwd=self.folder, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield
        finally:
            guard.communicate()

    def create(self) -> None:
        """Make the empty cluster; only the owner of the folder can reach it, so it asks for no password."""
        self.run(
            "initdb", f"--pgdata={self.data}", f"--username={DATABASE_USER}", "--auth=trust",
            "--encoding=UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip

    def start(self, settings: dict[str, str]) -> None:
        """Start the server and wait until it answers."""
        all_settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "max_connections": "60",
            "shared_buffers": "256MB",
            **settings,
        }
        lines = [f"{name} = '{value}'" for name, value in all_settings.items()]
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\n".join(["", *lines, ""]))
        self.control("start", f"--log={self.folder / 'server.log'}", f"--timeout={START_SECONDS_MAX}")

    def control(self, wish: str, *arguments: str) -> None:
        """Ask pg_ctl to do something and wait until it is done."""
        self.run("pg_ctl", wish, f"--pgdata={self.data}", "--wait", "--silent", *arguments)

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the owner of the folder; a failure raises with what it said."""
        with tempfile.TemporaryFile("w+") as said:  # a pipe would be kept open by the server that pg_ctl starts
            done = subprocess.run(
                [self.programs / program, *arguments],
                user=self.owner, group=self.group, extra_groups=self.groups,
                cwd=self.folder, stdout=said, stderr=subprocess.STDOUT, check=False,
            )  # fmt: skip
            if done.returncode == 0:
                return
            said.seek(0)
            log = self.folder / "server.log"
            written = log.read_text(errors="replace") if log.exists() else ""
            raise RuntimeError(f"{program} failed ({done.returncode}):\n{said.read()}{written}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command with a private server, or say whether there could be one; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--is-here", action="store_true", help="only say whether a server can be started here")
    parser.add_argument("--careless", action="store_true", help="do not wait for the disk")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    wish = parser.parse_args(arguments)
    if programs() is None:
        print(NOT_HERE, file=sys.stderr)
        return 1
    if wish.is_here:
        return 0
    with server(durable=not wish.careless) as address:
        return subprocess.run(wish.command, env={**os.environ, "OCE_DATABASE": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
