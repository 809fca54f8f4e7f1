"""The server: a well-kept one (gunicorn), told how many processes and threads, with the worker of the outbox beside it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PORT = 8000
STOP_SECONDS_MAX = 10
REQUEST_SECONDS_MAX = 120


class _Server(BaseApplication):
    """Gunicorn with our settings instead of its command line."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Take the settings over."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Return the application that answers."""
        from oce.site.wsgi import application  # noqa: PLC0415 (each server process builds its own)

        return application


def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Answer requests at `host` and `port` until told to stop."""
    _Server({
        "bind": f"{host}:{port}",
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "timeout": REQUEST_SECONDS_MAX,
        "graceful_timeout": STOP_SECONDS_MAX,
        "keepalive": 5,
        "loglevel": "warning",
        "proc_name": "oce",
    }).run()


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run `oce work` as long as the server runs."""
    worker = subprocess.Popen([sys.executable, "-m", "oce", "work"])  # noqa: S603 (our own program)
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            worker.kill()
