"""The server: a well-kept one (gunicorn), told how many processes and threads, with the worker of the outbox beside it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connections
from gunicorn.app.base import BaseApplication

from oce.kit import heartbeat
from oce.site import static_files
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        from oce.site.wsgi import application

        return application


def refuse_taken_port(host: str, port: int) -> list[Refusal]:
    """A port answers for one program only."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as fault:
        sentence = gettext_noop(
            "Nothing can be served at {host}:{port}: {fault}. Stop what runs there, perhaps this very system, or choose"
            " another --port."
        )
        return [Refusal("site.port_taken", sentence, "port", host=host, port=port, fault=fault.strerror or fault)]
    return []


def serve(*, host: str, port: int, workers: int, threads: int, when_ready: Callable[[], None]) -> None:
    """Answer requests at `host` and `port` until told to stop; `when_ready` is called once they are heard."""
    static_files.provide()
    # The server processes are forked from this one, and no two may speak through one connection.
    connections.close_all()
    _Server(
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "timeout": REQUEST_SECONDS_MAX,
            "graceful_timeout": STOP_SECONDS_MAX,
            "keepalive": 5,
            "loglevel": "warning",
            "proc_name": "oce",
            "when_ready": lambda _: when_ready(),
        }
    ).run()


def open_browser(address: str) -> None:
    """Let the person's browser open `address`, in a process of its own: some browsers keep whoever opened them waiting."""
    subprocess.Popen(  # noqa: S603 (a module of Python itself)
        [sys.executable, "-m", "webbrowser", address], stdout=subprocess.DEVNULL
    )


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run `oce work` as long as the server runs, anew whenever it ends."""
    # The sign of a worker of yesterday is none of one that cannot start today; from now on silence is counted.
    heartbeat.beat()
    supervisor = subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-m", "oce.site.supervising", str(os.getpid())]
    )
    try:
        yield
    finally:
        supervisor.terminate()
        try:
            supervisor.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            supervisor.kill()
