"""Throws away files that no attachment holds any more."""

from __future__ import annotations

from django.db.models import Q

from oce.apps.documents import store
from oce.apps.documents.models import Attachment
from oce.kit import clock, outbox

WORKER = "documents.tidy"
# Whoever put a file away a moment ago may be about to attach it.
KEPT_SECONDS = 3600


def tidy_soon() -> None:
    """Let the files that nothing holds be thrown away when there is time."""
    outbox.enqueue(WORKER, once=True)


@outbox.worker(WORKER)
def throw_away_unused(_work: outbox.Work) -> None:
    """Throw away every file that no attachment holds, but those that came within the hour."""
    if not store.media().is_dir():
        return
    oldest = clock.now().timestamp() - KEPT_SECONDS
    for file in sorted(store.media().glob("*/*")):
        digest = file.name.partition(".")[0]
        is_held = Attachment.objects.filter(Q(digest=digest) | Q(small=digest)).exists()
        if not is_held and file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
