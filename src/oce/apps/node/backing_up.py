"""Wishes about backups, and the work they lead to: a backup is made, read back to try it out, or thrown away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext

from oce.apps.node import backups
from oce.apps.node.models import Backup
from oce.kit import clock, outbox
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, tell
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

if TYPE_CHECKING:
    from oce.kit.outbox import Work

MAKE = "node.make_backup"
TEST = "node.test_backup"
KEPT_MAX = 20
RUNNING = gettext_noop("A backup is being made already. Wait until it is there.")
TOO_MANY = gettext_noop("There are {most} backups on this machine already. Throw an old one away first.")
NOT_THERE = gettext_noop("The file {file} is not on this machine any more. Make another backup.")


@command(says=gettext_noop("asked for a backup"), needs=Power.ADMINISTER)
def ask_backup(actor: Actor) -> Backup:
    """Let the worker write everything into one file, and read that back to see whether it can be relied on.

    Raises:
        Refused: `node.backup_running`, or `node.too_many_backups`.
    """
    here = [each for each in Backup.objects.all() if each.state == "waiting" or path_of(each) is not None]
    if any(each.state == "waiting" for each in here):
        raise Refused(Refusal("node.backup_running", RUNNING))
    if len(here) >= KEPT_MAX:
        raise Refused(Refusal("node.too_many_backups", TOO_MANY, most=KEPT_MAX))
    backup = Backup.objects.create(actor=actor.name, asked=clock.now())
    outbox.enqueue(MAKE, {"backup": backup.pk})
    return backup


@command(says=gettext_noop("asked to try out the backup {file}"), needs=Power.ADMINISTER)
def ask_restore_test(_actor: Actor, backup: Backup) -> Backup:
    """Let the worker read a backup back into a database of its own, which is thrown away again.

    Raises:
        Refused: `node.backup_gone`.
    """
    refuse_if(_refuse_gone(backup))
    backup.test_asked, backup.tested, backup.test_fault = clock.now(), None, ""
    backup.save(update_fields=["test_asked", "tested", "test_fault"])
    outbox.enqueue(TEST, {"backup": backup.pk}, once=True)
    tell(file=str(backup))
    return backup


@command(says=gettext_noop("threw the backup {file} away"), needs=Power.ADMINISTER)
def delete_backup(_actor: Actor, backup: Backup) -> None:
    """Throw a backup away, and forget it; one of which the file lies elsewhere is only forgotten."""
    path = path_of(backup)
    tell(file=str(backup))
    backup.delete()
    if path is not None:
        path.unlink()


def folder() -> Path:
    """Return where the backups of this house lie."""
    home: Path = settings.OCE_HOME
    return home / "backups"


def path_of(backup: Backup) -> Path | None:
    """Return the file of a backup that was made at the console, or None where it lies elsewhere or is gone."""
    path = folder() / Path(backup.file).name
    return path if backup.file == path.name and path.is_file() else None


def note(file: Path) -> None:
    """Remember a backup that was made at the shell, so that the console knows of it."""
    now = clock.now()
    Backup.objects.create(actor="system", asked=now, done=now, file=str(file.resolve()), size=file.stat().st_size)


@outbox.worker(MAKE)
def make(work: Work) -> None:
    """Write a backup into the folder, unless it was written before, and ask for its test."""
    backup = Backup.objects.filter(pk=work["backup"], done=None).first()
    if backup is None:
        return
    name = f"backup-{clock.now():%Y-%m-%d-%H%M%S}-{backup.uid.hex[-6:]}.oce"
    try:
        backups.write(folder() / name)
    except Refused as refused:
        backup.fault = _in_words(refused)
    else:
        backup.file, backup.size = name, (folder() / name).stat().st_size
        backup.test_asked = clock.now()
    backup.done = clock.now()
    backup.save()
    if not backup.fault:
        outbox.enqueue(TEST, {"backup": backup.pk}, once=True)


@outbox.worker(TEST)
def try_out(work: Work) -> None:
    """Read a backup back into a scratch database, and keep what came of it."""
    backup = Backup.objects.filter(pk=work["backup"]).first()
    if backup is None:
        return
    path = path_of(backup)
    try:
        refuse_if(_refuse_gone(backup))
        assert path is not None  # noqa: S101 (refused above)
        read = backups.try_out(path)
    except Refused as refused:
        backup.test_fault = _in_words(refused)
    else:
        backup.test_fault, backup.rows, backup.tables = "", read.rows, read.tables
    backup.tested = clock.now()
    backup.save()


def _refuse_gone(backup: Backup) -> list[Refusal]:
    return [] if path_of(backup) is not None else [Refusal("node.backup_gone", NOT_THERE, file=str(backup))]


def _in_words(refused: Refused) -> str:
    return " ".join(each.translated(gettext) for each in refused.refusals)[:2000]
