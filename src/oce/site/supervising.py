"""Keeps the worker running beside the server: a program of its own that starts it anew whenever it ends.

A thread of the server could not: the server forks, and collects every child that ends.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

PAUSE_SECONDS, PAUSE_SECONDS_MAX = 1, 60
# A worker that ran for so long did not fail at its start.
SETTLED_SECONDS = 60
STOP_SECONDS_MAX = 5


def supervise(server: int) -> None:
    """Run `oce work` as long as the process `server`, which started this one, runs."""
    pause = PAUSE_SECONDS
    while os.getppid() == server:
        begun = time.monotonic()
        code = _run_beside(server)
        if code is None:
            return
        if time.monotonic() - begun > SETTLED_SECONDS:
            pause = PAUSE_SECONDS
        sys.stderr.write(f"The worker ended ({code}); it is started anew in {pause} s.\n")
        time.sleep(pause)
        pause = min(2 * pause, PAUSE_SECONDS_MAX)


def _run_beside(server: int) -> int | None:
    """Run one worker and return with which code it ended by itself, or None once the server has ended."""
    worker = subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-m", "oce", "work", "--beside", str(os.getpid())]
    )
    try:
        while os.getppid() == server:
            try:
                return worker.wait(timeout=1)
            except subprocess.TimeoutExpired:
                continue
        return None
    finally:
        _stop(worker)


def _stop(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(STOP_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit())
    supervise(int(sys.argv[1]))
