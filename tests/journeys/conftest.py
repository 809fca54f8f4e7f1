"""The living demo, served once for all journeys of a worker, and people with browsers in front of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys import browser as browsers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.journeys.browser import Person, Theme

START_SECONDS_MAX = 180
WEEKS = "3"
found = cache(browsers.program)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker walk all journeys, for it serves the demo; without a Chromium they are left out."""
    ours = [item for item in items if "tests/journeys/" in item.path.as_posix()]
    for item in ours:
        item.add_marker(pytest.mark.xdist_group("journeys"))
    if ours and found() is None:
        for item in ours:
            item.add_marker(pytest.mark.skip(reason="This machine has no Chromium to walk the journeys with."))


@dataclass
class Served:
    """A house that is being served: its address, the link to sign in with once, and what it said at its start."""

    address: str
    link: str
    said: list[str] = field(default_factory=list)
    # What the browsers of people who have signed in keep, so that each signs in once.
    cookies: dict[str, list[Any]] = field(default_factory=dict)

    def leads_to(self, words: str) -> str:
        """Return the path that was printed beside the words at the start."""
        return urlsplit(self.label_of(words)).path

    def label_of(self, words: str) -> str:
        """Return the whole address that was printed beside the words, as it stands on labels."""
        line = next(line for line in self.said if words in line and "http" in line)
        return line.split()[-1]


@contextmanager
def serving(home: Path, *arguments: str) -> Iterator[Served]:
    """Serve a house from a folder of its own until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("OCE_", "DJANGO_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "oce", *arguments, "--port", str(port), "--no-open"],
        env={**ours, "OCE_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            said = []
            assert process.stdout is not None
            for line in process.stdout:
                said.append(line.rstrip())
                if line.startswith("Sign in at "):
                    yield Served(f"http://localhost:{port}", line.removeprefix("Sign in at ").strip(), said)
                    break
            else:
                pytest.fail("\n".join(["It ended before it could be used.", *said]))
        finally:
            process.terminate()
            process.wait(START_SECONDS_MAX)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The living demo, as `make demo` opens it, of the last few weeks only."""
    with serving(tmp_path_factory.mktemp("demo"), "demo", "--weeks", WEEKS) as served:
        yield served


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for the journeys of one module; longer, its loop would be in the way of other tests."""
    with sync_playwright() as playwright, browsers.opened(playwright) as browser:
        yield browser


@pytest.fixture
def somebody(chromium: Browser, demo: Served) -> Iterator[Callable[..., Person]]:
    """Let people come to the demo: `somebody("Rosa Bianchi", width=390)` has signed in, `somebody()` has not."""
    with ExitStack() as leaving:

        def come(
            name: str = "", *, width: int = browsers.WIDE, theme: Theme = "light", address: str = demo.address
        ) -> Person:
            coming = contextmanager(browsers.somebody)(chromium, address, width=width, theme=theme)
            person = leaving.enter_context(coming)
            if name in demo.cookies:
                person.page.context.add_cookies(demo.cookies[name])
            elif name:
                person.signs_in(name)
                demo.cookies[name] = [each for each in person.page.context.cookies() if each["name"] == "sessionid"]
            return person

        yield come
