"""The command line: `oce` and its verbs. Apps bring verbs of their own in a file `shell.py`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Run = Callable[[argparse.Namespace], int]

REFUSED = 1
DEMO_PORT = 8321


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one verb and leave with its answer: 0 done, 1 refused, 2 not understood."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["demo"]:
        live_in_demo_home(given)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oce.site.settings")
    import django  # noqa: PLC0415 (the settings read the environment, which the lines above have just completed)

    django.setup()
    chosen = parser().parse_args(given or ["--help"])
    run: Run = chosen.run
    try:
        sys.exit(run(chosen))
    except Refused as refused:
        for refusal in refused.refusals:
            where = f"{refusal.field}: " if refusal.field else ""
            sys.stderr.write(f"{where}{refusal.message} [{refusal.code}]\n")
        sys.exit(REFUSED)
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(130)


def live_in_demo_home(given: Sequence[str]) -> None:
    """Let the demo keep its database apart, in a folder of its own, unless the environment says where."""
    home = Path(os.environ.get("OCE_HOME", Path.home() / ".oce")).expanduser() / "demo"
    os.environ["OCE_HOME"] = str(home)
    port = next((word for before, word in zip(given, given[1:], strict=False) if before == "--port"), str(DEMO_PORT))
    os.environ.setdefault("OCE_ADDRESS", f"http://localhost:{port}")


def parser() -> argparse.ArgumentParser:
    """Return the parser with the verbs of the house and of every app."""
    from oce.kit.app import plugs  # noqa: PLC0415 (apps are known only after Django's set-up)
    from oce.site import verbs  # noqa: PLC0415

    top = argparse.ArgumentParser(prog="oce", description="The Open Cooperative Ecosystem: software for networks of cooperatives.")
    choices = top.add_subparsers(title="verbs", metavar="VERB", required=True)
    verbs.add_verbs(choices)
    for _, module in plugs("shell"):
        module.add_verbs(choices)
    return top
