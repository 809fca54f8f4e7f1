"""The verbs of the house itself: serve, sign-in, work, migrate, address, demo, check, apps, backup, restore, schema, new-app."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from django.apps import apps
from django.core import checks

from oce.apps.node import backups
from oce.kit import addresses, outbox
from oce.kit.actor import SYSTEM
from oce.kit.app import PLUGS, installed, plug, plugs
from oce.site import new_app, working
from oce.site.address import address_at, change_address, make_tables
from oce.site.keys import entry_link, operator_key
from oce.site.ports import DEMO_PORT, PORT
from oce.site.valley.days import WEEKS
from oce.vf.refusals import refuse_if

ONCE = "The link works once, within a quarter of an hour; “oce {verb}” prints another one."


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the house's own verbs to the command line."""
    serve = verbs.add_parser("serve", help="run the system on this machine")
    _add_server_options(serve, PORT)
    serve.set_defaults(run=_serve)
    entering = verbs.add_parser("sign-in", help="print a link that signs you in")
    entering.add_argument("--port", type=int, default=PORT, help="where “oce serve” answers")
    entering.set_defaults(run=_sign_in)
    work = verbs.add_parser("work", help="do the work that waits, such as refreshing snapshots")
    work.add_argument("--once", action="store_true", help="stop when nothing is waiting")
    work.add_argument("--beside", type=int, metavar="PROCESS", help="stop when the process that started this one has")
    work.set_defaults(run=_work)
    migrate = verbs.add_parser("migrate", help="bring the database to this version")
    migrate.set_defaults(run=_migrate)
    address = verbs.add_parser("address", help="show under which address the house is known, or change it")
    address.add_argument("new", nargs="?", metavar="NEW", help="the address from now on, as https://coop.example")
    address.set_defaults(run=_address)
    demo = verbs.add_parser(
        "demo", help="tell stories and two ordinary years into a fresh database and open the system"
    )
    _add_server_options(demo, DEMO_PORT)
    demo.add_argument("--keep", action="store_true", help="go on with the demo as it was left")
    demo.add_argument("--no-serve", action="store_true", help="only fill the database")
    demo.add_argument(
        "--weeks", type=int, default=WEEKS, help="how many weeks of ordinary life to tell after the stories (0: none)"
    )
    demo.set_defaults(run=_demo)
    check = verbs.add_parser("check", help="look for faults: in the declarations, the records, the ledger")
    check.add_argument("what", nargs="?", choices=["all", *_checkable()], default="all")
    check.set_defaults(run=_check)
    apps = verbs.add_parser("apps", help="list the apps with what they need and offer")
    apps.set_defaults(run=_apps)
    backup = verbs.add_parser("backup", help="write everything into one file")
    backup.add_argument("file", type=Path)
    backup.set_defaults(run=_backup)
    restore = verbs.add_parser("restore", help="read a backup into an empty database")
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true", help="remove what is there now")
    restore.set_defaults(run=_restore)
    schema = verbs.add_parser("schema", help="print the GraphQL schema")
    schema.set_defaults(run=_schema)
    new = verbs.add_parser(
        "new-app",
        help="start a new app: a folder with one record, one rule, one page and their tests",
        description="Write a small, complete app into a folder of its own, from which to go on.",
    )
    new.add_argument("name", help="what it is called, as tool-library")
    new.add_argument("--record", default="Entry", help="the class of its first record, as Loan (default: Entry)")
    new.add_argument("--into", type=Path, default=Path(), metavar="FOLDER", help="where to write it (default: here)")
    new.set_defaults(run=_new_app)


def _add_server_options(parser: argparse.ArgumentParser, port: int) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="the network address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=port)
    parser.add_argument("--workers", type=int, default=1, help="server processes")
    parser.add_argument("--threads", type=int, default=8, help="requests each process answers at once")
    parser.add_argument(
        "--open",
        action=argparse.BooleanOptionalAction,
        help="open a browser (default: the demo, on a screen or with BROWSER set)",
    )


def _serve(chosen: argparse.Namespace) -> int:
    from oce.site import serving

    refuse_if(serving.refuse_taken_port(chosen.host, chosen.port))
    make_tables(chosen.port)
    # Made before anybody needs it, so that it lies where the page that asks for it says.
    operator_key()
    here, known = address_at(chosen.port), addresses.house_address()
    # The demo lives in a home of its own, where only its own verb looks.
    again = "demo --keep" if chosen.verb == "demo" else "sign-in"

    def say() -> None:
        if here != known:
            _say(f"Its records are known under {known}; “oce address {here}” would change that.")
        _say(f"Sign in at {entry_link(here)}\n{ONCE.format(verb=again)}\nStop with Ctrl+C.")
        if chosen.open:
            serving.open_browser(entry_link(here))

    with serving.worker_beside():
        serving.serve(
            host=chosen.host, port=chosen.port, workers=chosen.workers, threads=chosen.threads, when_ready=say
        )
    return 0


def _sign_in(chosen: argparse.Namespace) -> int:
    _say(f"Sign in at {entry_link(address_at(chosen.port))}\n{ONCE.format(verb='sign-in')}")
    return 0


def _work(chosen: argparse.Namespace) -> int:
    if chosen.once:
        while outbox.do_waiting():
            pass
        return 0
    working.work(lambda: chosen.beside in {None, os.getppid()})
    return 0


def _migrate(_chosen: argparse.Namespace) -> int:
    make_tables(verbosity=1)
    return 0


def _address(chosen: argparse.Namespace) -> int:
    if chosen.new:
        change_address(SYSTEM, chosen.new)
        _say("Start anew what is running, such as “oce serve”, and say the same where OCE_ADDRESS is set.")
    present, *former = addresses.known_addresses()
    _say("\n".join([f"This house is known under {present}", *(f"Still understood: {each}" for each in former)]))
    return 0


def _demo(chosen: argparse.Namespace) -> int:
    from oce.site import demo, serving

    if not chosen.no_serve:
        # Before the database is made anew: it may be the one of a demo that still runs there.
        refuse_if(serving.refuse_taken_port(chosen.host, chosen.port))
    demo.prepare(chosen.port, keep=chosen.keep, tell=_say, weeks=chosen.weeks)
    if chosen.no_serve:
        return 0
    if chosen.open is None:
        chosen.open = _has_screen()
    return _serve(chosen)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _has_screen() -> bool:
    return sys.platform in {"darwin", "win32"} or any(map(os.environ.get, ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")))


def _checkable() -> list[str]:
    return sorted(name for _, module in plugs("checks") for name in module.checks)


def _check(chosen: argparse.Namespace) -> int:
    """Run the declared checks, then those of the apps; each yields a sentence for every fault."""
    faults = 0
    if chosen.what == "all":
        for message in checks.run_checks(include_deployment_checks=False):
            faults += message.level >= checks.ERROR
            sys.stdout.write(f"{message}\n")
    for _, module in plugs("checks"):
        for name, look in sorted(module.checks.items()):
            if chosen.what in {"all", name}:
                sentences = list(look())
                faults += len(sentences)
                sys.stdout.write(
                    "".join(f"{name}: {sentence}\n" for sentence in sentences) or f"{name}: all is well.\n"
                )
    return 1 if faults else 0


def _apps(_chosen: argparse.Namespace) -> int:
    for app in installed():
        offers = ", ".join(name for name in PLUGS if plug(app, name) is not None)
        needs = ", ".join(app.needs) or "nothing"
        sys.stdout.write(
            f"{app.label}: {app.title}. {app.summary}\n    needs {needs}; offers {offers or 'records only'}\n"
        )
    return 0


def _backup(chosen: argparse.Namespace) -> int:
    written = backups.write(chosen.file)
    if apps.is_installed("oce.apps.node") and not backups.is_empty():
        from oce.apps.node import backing_up

        backing_up.note(chosen.file)
    sys.stdout.write(f"{chosen.file}: {written}\n")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    read = backups.read(chosen.file, replace=chosen.replace)
    sys.stdout.write(f"{chosen.file}: {read}\n")
    return 0


def _schema(_chosen: argparse.Namespace) -> int:
    from oce.site.schema import sdl

    sys.stdout.write(sdl())
    return 0


def _new_app(chosen: argparse.Namespace) -> int:
    folder = new_app.write_app(chosen.name, chosen.record, chosen.into)
    sys.stdout.write(
        f"{folder} holds your app. Install it and try it:\n\n"
        f"    pip install --editable '{folder}[dev]'\n    oce migrate\n    oce serve\n    pytest {folder}\n"
    )
    return 0
