"""Work that may wait: rows in the database, done by `oce work` or by the server's own worker, at least once.

Whoever takes a job has it on lease, and renews the lease as long as the job runs, however long that is. When a worker dies,
its lease runs out, and another one takes the job over.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from oce.kit import clock, heartbeat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

log = logging.getLogger(__name__)

TRIES_MAX = 8
RETRY_SECONDS = 5
BATCH_MAX = 100
# A lease outlasts some renewals that had to wait for others who write.
LEASE_SECONDS = 300
RENEWAL_SECONDS = 30

Work = dict[str, Any]
_workers: dict[str, Callable[[Work], None]] = {}


class Job(models.Model):
    """One piece of work that waits, was done, or was given up."""

    id = models.BigAutoField(primary_key=True)
    worker = models.CharField(_("kind of work"), max_length=100)
    work = models.JSONField(default=dict)
    made = models.DateTimeField(_("asked"))
    due = models.DateTimeField(_("not before"))
    leased = models.DateTimeField(_("taken until"), null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.DateTimeField(_("done"), null=True)
    fault = models.TextField(_("last fault"), blank=True)

    class Meta:
        """Open work is found by its time."""

        indexes = [models.Index(fields=["due"], condition=models.Q(done=None), name="open_work_by_time")]

    def __str__(self) -> str:
        """Return the kind of work and its state."""
        return f"{self.worker} ({'done' if self.done else f'{self.tries} tries'})"

    @property
    def is_given_up(self) -> bool:
        """Whether it failed so often that nobody tries again by itself."""
        return self.done is None and self.tries >= TRIES_MAX


def worker(name: str) -> Callable[[Callable[[Work], None]], Callable[[Work], None]]:
    """Mark the function that does the work called `name`; it may be called twice for one job and must bear that."""

    def mark(function: Callable[[Work], None]) -> Callable[[Work], None]:
        _workers[name] = function
        return function

    return mark


def enqueue(name: str, work: Work | None = None, *, once: bool = False) -> None:
    """Write down work for later in the running transaction; with `once`, not again while the same work is waiting."""
    work = work or {}
    waiting = Job.objects.filter(worker=name, done=None, tries__lt=TRIES_MAX, work=work)
    if once and waiting.exists():
        return
    now = clock.now()
    Job.objects.create(worker=name, work=work, made=now, due=now)


def do_waiting(limit: int = BATCH_MAX) -> int:
    """Do the work that is due, oldest first, and return how many jobs were tried."""
    tried = 0
    while tried < limit and _do_next():
        tried += 1
    return tried


def _do_next() -> bool:
    """Take one job, do it, and write down how it went; other workers pass over it meanwhile."""
    heartbeat.beat()
    with transaction.atomic():
        now = clock.now()
        is_free = models.Q(leased=None) | models.Q(leased__lte=now)
        due = Job.objects.filter(is_free, done=None, tries__lt=TRIES_MAX, due__lte=now).order_by("due", "id")
        job = due.select_for_update(skip_locked=True, no_key=False).first() if _can_skip() else due.first()
        if job is None:
            return False
        job.tries += 1
        job.leased = _lease()
        job.save(update_fields=["tries", "leased"])
    with _renewing(job):
        fault = _fault_of(job)
    if fault:
        job.due = clock.now() + timedelta(seconds=RETRY_SECONDS * 4**job.tries)
    else:
        job.done = clock.now()
    job.fault = fault
    job.leased = None
    job.save(update_fields=["due", "done", "fault", "leased"])
    return True


def _can_skip() -> bool:
    can_skip: bool = transaction.get_connection().features.has_select_for_update_skip_locked
    return can_skip


def _lease() -> datetime:
    return clock.now() + timedelta(seconds=LEASE_SECONDS)


def _fault_of(job: Job) -> str:
    """Do a job, and return why it failed; nothing where it did not."""
    try:
        _workers[job.worker](job.work)
    except Exception as fault:
        log.exception("The job %s failed at try %s", job, job.tries)
        return f"{type(fault).__name__}: {fault}"[:2000]
    return ""


@contextmanager
def _renewing(job: Job) -> Iterator[None]:
    """Renew the lease of a job as long as the block runs."""
    has_ended = Event()

    def renew() -> None:
        while not has_ended.wait(RENEWAL_SECONDS):
            heartbeat.beat()
            try:
                Job.objects.filter(pk=job.pk).update(leased=_lease())
            except DatabaseError:
                # Perhaps the job itself keeps others from writing; then nobody can take it over either.
                log.warning("The lease of the job %s could not be renewed", job, exc_info=True)
        connection.close()

    renewal = Thread(target=renew, name="lease", daemon=True)
    renewal.start()
    try:
        yield
    finally:
        has_ended.set()
        renewal.join()
