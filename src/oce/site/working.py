"""What `oce work` does until it is told to stop: the work that waits, and now and then throwing away what is old."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, close_old_connections

from oce.kit import outbox
from oce.kit.tidying import throw_away_old

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

PAUSE_SECONDS = 2.0
TIDYING_SECONDS = 3600


def work(is_wanted: Callable[[], bool]) -> None:
    """Do what waits as long as `is_wanted` says so; where the database fails or is busy, go on when it is back."""
    tidied: float | None = None
    while is_wanted():
        try:
            if outbox.do_waiting():
                continue
            if tidied is None or time.monotonic() - tidied > TIDYING_SECONDS:
                throw_away_old()
                tidied = time.monotonic()
        except (OperationalError, InterfaceError):
            log.warning("The worker cannot reach the database, and goes on when it is back.", exc_info=True)
        close_old_connections()
        time.sleep(PAUSE_SECONDS)
