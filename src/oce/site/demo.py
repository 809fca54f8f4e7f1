"""The demo: the stories of the documents and two years of ordinary life, in a database of its own to walk around in."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from oce.apps.node import backups
from oce.apps.resources.models import EconomicResource
from oce.kit import clock
from oce.kit.testing.stories import Story, play
from oce.site.address import make_tables
from oce.site.valley.days import WEEKS
from oce.site.valley.entrances import PASSWORD, SIGN_INS
from oce.site.valley.telling import first_day
from oce.site.valley.telling import tell as tell_valley
from oce.vf.refusals import Refusal, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

# In a wheel the stories lie beside this file; in the repository they are documents.
PACKED = Path(str(files("oce.site") / "stories"))
# The stories are told of this year, and over by this day.
STORIES_TOLD_IN, STORIES_END = 2026, (9, 30)
DOCUMENTS = Path(__file__).resolve().parents[3] / "docs" / "stories"


def stories() -> list[Path]:
    """Return the stories there are, in order of name."""
    return sorted((PACKED if PACKED.is_dir() else DOCUMENTS).glob("*.md"))


def prepare(port: int, *, keep: bool, tell: Callable[[str], None], weeks: int = WEEKS) -> None:
    """Make the demo's database anew and tell everything into it; with `keep`, go on with what is there.

    Args:
        port: where it is to be opened; a new demo is known by it, unless the environment says its address.
        keep: whether a demo that was played before is left as it is.
        tell: is given a line for each part of the way, and at the end what to look at first.
        weeks: how many weeks of ordinary life follow the stories; with none, nobody can sign in as one of the valley.

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
    zone = ZoneInfo(settings.TIME_ZONE)
    today = clock.now().astimezone(zone).date()
    told = [play(path, lambda heading: tell(f"  {heading}"), years_earlier=years_before(today)) for path in stories()]
    if weeks > 0:
        tell(f"{weeks} weeks of ordinary life")
        with transaction.atomic():
            tell_valley(today, zone, tell, weeks=weeks)
    for story in told:
        _tell_sights(story, tell)
    if weeks > 0:
        tell_sign_ins(tell)


def years_before(today: date) -> int:
    """Return by how many years the stories happen before they are told, so that the two ordinary years follow them."""
    begins = first_day(today)
    last_year = begins.year if (begins.month, begins.day) > STORIES_END else begins.year - 1
    return STORIES_TOLD_IN - last_year


def tell_sign_ins(tell: Callable[[str], None]) -> None:
    """Say as whom one may look around, and where a jar is whose story everybody may read."""
    tell(f"Sign in as one of these, all with the password {PASSWORD}")
    for each in SIGN_INS:
        tell(f"  {each.role:<13}  {each.name:<14}  {each.address}")
    jar = EconomicResource.every().filter(conforms_to__resource_classified_as=["preserves"], visibility="public").last()
    if jar is not None:
        tell(f"A jar of jam, for everybody to read\n  {jar.name}  {jar.address}")


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
