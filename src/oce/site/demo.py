"""The demo: the stories of the documents, played into a database of its own, so that one can walk around in them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from oce.kit.testing.stories import Story, play
from oce.site import backups
from oce.site.address import make_tables
from oce.vf.refusals import Refusal, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Callable

# In a wheel the stories lie beside this file; in the repository they are documents.
PACKED = Path(str(files("oce.site") / "stories"))
DOCUMENTS = Path(__file__).resolve().parents[3] / "docs" / "stories"


def stories() -> list[Path]:
    """Return the stories there are, in order of name."""
    return sorted((PACKED if PACKED.is_dir() else DOCUMENTS).glob("*.md"))


def prepare(port: int, *, keep: bool, tell: Callable[[str], None]) -> None:
    """Make the demo's database anew and play every story into it; with `keep`, go on with what is there.

    Args:
        port: where it is to be opened; a new demo is known by it, unless the environment says its address.
        keep: whether a demo that was played before is left as it is.
        tell: is given a line for each part of the way, and at the end what to look at first.

    Raises:
        Refused: `site.demo_elsewhere` when the environment names a database that has records of somebody else.
    """
    is_empty = backups.is_empty()
    if keep and not is_empty:
        make_tables(port)
        tell("Going on with the demo as it was left.")
        return
    if not is_empty:
        refuse_if(_refuse_foreign())
        _forget()
    make_tables(port)
    for path in stories():
        _tell_sights(play(path, tell=lambda heading: tell(f"  {heading}")), tell)


def _refuse_foreign() -> list[Refusal]:
    """Only what the demo itself wrote may be thrown away."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and Path(name).resolve().parent == Path(settings.OCE_HOME).resolve():
        return []
    sentence = gettext_noop(
        "The database {name} has records already, and the demo begins with an empty one. Leave OCE_DATABASE out, or go on"
        " with --keep."
    )
    return [Refusal("site.demo_elsewhere", sentence, None, name=name)]


def _forget() -> None:
    """Remove the database file of the demo, with what SQLite keeps beside it."""
    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)


def _tell_sights(story: Story, tell: Callable[[str], None]) -> None:
    if story.sights:
        tell("Once you have signed in, look at")
    width = max((len(words) for words, _ in story.sights), default=0)
    for words, record in story.sights:
        tell(f"  {words:<{width}}  {record.address}")
