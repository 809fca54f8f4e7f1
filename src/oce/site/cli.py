"""The command line: `oce` and its verbs. Apps bring verbs of their own in a file `shell.py`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if
from oce.vf.texts import is_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db import DatabaseError

    Run = Callable[[argparse.Namespace], int]

log = logging.getLogger(__name__)

REFUSED = 1
# Verbs that make the tables themselves, or do without. All others, those of apps too, find the tables of this version.
WITHOUT_TABLES = frozenset({"serve", "demo", "migrate", "restore", "apps", "schema", "new-app"})
# The verb that changes the address has nothing to do with what the environment says of it.
WITHOUT_ADDRESS = WITHOUT_TABLES | {"address"}
DATABASE_FAILED = gettext_noop(
    "The database cannot be used: {fault}. See that it runs, that it has room, and that OCE_DATABASE leads to it."
)
TABLE_MISSING = gettext_noop(
    "The database lacks a table that this version has made: {fault}. Restore a backup, or the part of the database that was"
    " removed."
)
FILE_FAILED = gettext_noop(
    "{file} cannot be read or written: {fault}. Choose another place (OCE_HOME is the folder of the house), or see to its"
    " permissions and the room on the disk."
)
NO_TEXT = gettext_noop(
    "{argument} holds what is no character. Write it in UTF-8; rename the file if it is the name of one."
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one verb and leave with its answer: 0 done, 1 refused, 2 not understood."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.exit(answer(given))
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(130)


def answer(given: Sequence[str]) -> int:
    """Run the verb that is given with its arguments, and return its answer.

    A bug is not caught: whoever mends it needs to see where it happened.
    """
    if given[:1] == ["demo"]:
        live_in_demo_home()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oce.site.settings")
    from django.db import DatabaseError

    try:
        return _run(given)
    except Refused as refused:
        return tell_refusals(refused.refusals)
    except DatabaseError as fault:
        refusals = _told_of_database(fault)
        if not refusals:
            raise
        log.debug("The database failed.", exc_info=fault)
        return tell_refusals(refusals)
    except BrokenPipeError:
        raise
    except OSError as fault:
        log.debug("A file failed.", exc_info=fault)
        file = fault.filename if fault.filename is not None else "A file"
        return tell_refusals([Refusal("site.file", FILE_FAILED, file=file, fault=fault.strerror or fault)])


def _run(given: Sequence[str]) -> int:
    import django

    refuse_if(_refuse_no_text(given))
    django.setup()
    from oce.kit import addresses
    from oce.site.tables import refuse_unready

    chosen = parser().parse_args(given or ["--help"])
    run: Run = chosen.run
    if chosen.verb not in WITHOUT_TABLES:
        refuse_if(refuse_unready())
    if chosen.verb not in WITHOUT_ADDRESS:
        addresses.settle()
    return run(chosen)


def _refuse_no_text(given: Sequence[str]) -> list[Refusal]:
    """Bytes that are no characters in the encoding of the terminal arrive as halves of characters, which nothing keeps."""
    return [Refusal("site.no_text", NO_TEXT, argument=ascii(each)[:200]) for each in given if not is_text(each)]


def _told_of_database(fault: DatabaseError) -> list[Refusal]:
    """Return what a person can do about a fault of the database; nothing where it is a bug of ours."""
    from oce.kit import faults

    told = " ".join(str(fault).split())
    refused = faults.refused_by(fault)
    if refused is not None:
        return list(refused.refusals)
    if faults.lacks_table(fault):
        return [Refusal("site.table_missing", TABLE_MISSING, fault=told)]
    return [Refusal("site.database", DATABASE_FAILED, fault=told)] if faults.is_unreachable(fault) else []


def tell_refusals(refusals: Iterable[Refusal]) -> int:
    """Write refusals for a person at the terminal, and return the answer of a refused verb."""
    for refusal in refusals:
        where = f"{refusal.field}: " if refusal.field else ""
        sys.stderr.write(f"{where}{refusal.message} [{refusal.code}]\n")
    return REFUSED


def live_in_demo_home() -> None:
    """Let the demo keep its database apart, in a folder of its own, and be known as one."""
    home = Path(os.environ.get("OCE_HOME", Path.home() / ".oce")).expanduser() / "demo"
    os.environ["OCE_HOME"] = str(home)
    os.environ["OCE_DEMO"] = "1"


def parser() -> argparse.ArgumentParser:
    """Return the parser with the verbs of the house and of every app."""
    from oce.kit.app import plugs
    from oce.site import verbs

    top = argparse.ArgumentParser(
        prog="oce", description="The Open Cooperative Ecosystem: software for networks of cooperatives."
    )
    choices = top.add_subparsers(title="verbs", dest="verb", metavar="VERB", required=True)
    verbs.add_verbs(choices)
    for _, module in plugs("shell"):
        module.add_verbs(choices)
    return top
