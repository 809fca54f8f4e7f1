"""Imports that browsers ask for: small files come in at once, larger ones by the worker; what came of each is kept."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

from oce.apps.spreadsheets import shelf, uploads
from oce.apps.spreadsheets.manners import Manner, take_in
from oce.apps.spreadsheets.models import Import
from oce.apps.spreadsheets.wishes import Progress, quiet
from oce.kit import clock, outbox
from oce.kit.access import remembered as remembered_actor
from oce.kit.actor import Actor, Power, refuse_powerless
from oce.kit.answers import recalled, remembered
from oce.kit.deadlocks import granted_despite_deadlocks
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from oce.apps.spreadsheets.reports import ImportReport
    from oce.kit.jsonld.texts import Source
    from oce.kit.outbox import Work

log = logging.getLogger(__name__)

WORKER = "spreadsheets.take_in"
# What comes in within a moment need not be waited for.
ROWS_AT_ONCE = 1_000
BYTES_AT_ONCE = 256 * 1024
# Of a very bad or very odd file so many faults and remarks are kept.
TOLD_MAX = 1_000
NAME_LENGTH_MAX = 400

FAILED = gettext_noop(
    "The system failed on {name}, and nothing of it was taken in. Tell whoever looks after it: {fault}."
)


def is_small(source: Source) -> bool:
    """Return whether a file comes in so fast that its reader can wait for it.

    Raises:
        Refused: `tables.unreadable` and its like.
    """
    if len(source.content) > BYTES_AT_ONCE:
        return False
    # Not at the top: what reads tables is heavy.
    from oce.apps.spreadsheets.tables.sheets import read_sheet

    return not uploads.is_table(source.name) or read_sheet(source).rows <= ROWS_AT_ONCE


def ask(actor: Actor, digest: str, source: Source, manner: Manner) -> Import:
    """Write down that a file which was put aside is to come in, and return the import: ended, where the file is small.

    Raises:
        Refused: `kit.not_allowed`; what is wrong with the file itself the import tells.
    """
    refuse_if(refuse_powerless(actor, Power.RECORD))
    is_at_once = is_small(source)
    with transaction.atomic():
        asked = Import.objects.create(
            name=source.name[:NAME_LENGTH_MAX],
            digest=digest,
            manner=manner.kept(),
            actor=actor.name,
            agent=actor.agent,
            scopes=sorted(actor.scopes),
            asked=clock.now(),
        )
        if not is_at_once:
            outbox.enqueue(WORKER, {"import": str(asked.uid)})
    if is_at_once:
        try:
            run(asked)
        except Refused:
            # Others write so much just now that it could not come in at once: it comes in when they are done.
            outbox.enqueue(WORKER, {"import": str(asked.uid)})
    return asked


@outbox.worker(WORKER)
def take_in_later(work: Work) -> None:
    """Take in a file that waits; called again after a cut, it goes on where nothing is lost and nothing comes twice."""
    waiting = Import.objects.get(uid=work["import"])

    def note(done: int, of: int) -> None:
        shelf.note_progress(waiting.digest, done, of)

    run(waiting, note)


def run(asked: Import, progress: Progress = quiet) -> None:
    """Take the file of an import in, and keep what came of it with the import.

    A fault of the database is raised: the work is tried again then.

    Raises:
        Refused: `kit.busy`, which says nothing of the file.
    """
    Import.objects.filter(pk=asked.pk, started=None).update(started=clock.now())
    try:
        granted_despite_deadlocks(lambda: _take_in(asked, progress))
    except Refused as refused:
        if refused.refusals[0].code == "kit.busy":
            raise
        _refuse(asked, refused.refusals)
    except DatabaseError:
        raise
    except Exception as fault:
        log.exception("The import of %s failed", asked.name)
        _refuse(asked, [Refusal("files.failed", FAILED, name=asked.name[:200], fault=type(fault).__name__)])
    asked.refresh_from_db()


def asked_by(actor: Actor) -> QuerySet[Import]:
    """Return the imports that an actor asked for, the newest first; all of them to who looks after the house.

    What a file was called, and why it was refused, tells what is in it.
    """
    asked = Import.objects.order_by("-id")
    if actor.sees_everything:
        return asked
    return asked.none() if actor.agent is None else asked.filter(agent=actor.agent)


def faults_of(ended: Import) -> list[Refusal]:
    """Return why an import was refused."""
    return [] if ended.faults is None else [recalled(each) for each in ended.faults]


def report_of(ended: Import) -> ImportReport | None:
    """Return what came of an import; None where it did not come in, or not yet."""
    report: ImportReport | None = None if ended.report is None else recalled(ended.report)
    return report


def _take_in(asked: Import, progress: Progress) -> None:
    with transaction.atomic():
        # Whoever else was given the same work waits here, and then finds it done.
        held = Import.objects.select_for_update().get(pk=asked.pk)
        if held.ended is not None:
            return
        # An agentless actor is the operator, or who acts for the house itself.
        # An import within the request sees what its asker sees, and one of the worker no less.
        actor = remembered_actor(held.actor, held.agent, Power, map(Power, held.scopes))
        report = take_in(actor, shelf.taken_from(held.digest), Manner.recalled(held.manner), progress)
        held.ended = clock.now()
        held.report = remembered(replace(report, remarks=report.remarks[:TOLD_MAX]))
        held.save(update_fields=["ended", "report"])


def _refuse(asked: Import, refusals: Iterable[Refusal]) -> None:
    faults = [remembered(refusal) for refusal in list(refusals)[:TOLD_MAX]]
    Import.objects.filter(pk=asked.pk, ended=None).update(ended=clock.now(), faults=faults)
