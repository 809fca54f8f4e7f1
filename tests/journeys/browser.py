"""The real browser of the journeys: which Chromium there is, and a page that counts what a person does.

Run as a module with `--is-here` it says, by its exit status, whether this machine has one.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Nothing but the page itself may ask for anything: no updates, no telemetry, no look-up of names.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
Theme = Literal["light", "dark"]
WIDE, NARROW = 1280, 390
HEIGHT = 844


def program() -> str | None:
    """Return the Chromium of this machine: one on the path, or the one that Playwright installed; None without."""
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    if on_path is not None:
        return on_path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def opened(playwright: Playwright) -> AbstractContextManager[Browser]:
    """Start the browser; it ends with the block."""
    return playwright.chromium.launch(executable_path=program(), args=list(QUIET))


@dataclass
class Person:
    """Somebody at a browser: a page, what was done by hand, and what went wrong or left the machine."""

    page: Page
    address: str
    taps: int = 0
    keys: int = 0
    faults: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to watch the page."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._request)

    def goes(self, path: str) -> None:
        """Open an address of the house by hand; costs nothing, for it is where a journey begins."""
        self.page.goto(self.address + path)

    def taps_on(self, target: str) -> None:
        """Tap on, or click, what a selector finds; counted."""
        self.taps += 1
        self.page.locator(target).first.click()

    def taps_on_words(self, role: Literal["link", "button", "tab", "radio", "checkbox"], words: str) -> None:
        """Tap on what is of the role and called by the words; counted."""
        self.taps += 1
        self.page.get_by_role(role, name=words).first.click()

    def types(self, target: str, text: str) -> None:
        """Type into what a selector finds; its keys are counted apart from taps."""
        self.keys += len(text)
        self.page.locator(target).first.fill(text)

    def presses(self, *keys: str) -> None:
        """Press keys of the keyboard; counted."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def reads(self) -> str:
        """Return the words of the page."""
        return self.page.locator("body").inner_text()

    def starts_counting(self) -> None:
        """Forget what was counted so far."""
        self.taps = self.keys = 0
        self.asked.clear()

    def _console(self, message: ConsoleMessage) -> None:
        # What the server refuses is told in words on the page; the browser also notes it as an error of the network.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    def _request(self, request: Request) -> None:
        self.asked.append(request)
        place = urlsplit(request.url)
        if place.scheme not in {"data", "blob"} and place.netloc != urlsplit(self.address).netloc:
            self.outside.append(request.url)


def somebody(browser: Browser, address: str, *, width: int = WIDE, theme: Theme = "light") -> Iterator[Person]:
    """Yield a person with a browser of their own, who has not signed in; at the end nothing may have gone wrong.

    A width of a phone comes with touch.
    """
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=theme,
        has_touch=width == NARROW,
        is_mobile=width == NARROW,
        locale="en-GB",
        base_url=address,
    )
    context.set_default_timeout(15_000)
    person = Person(context.new_page(), address)
    try:
        yield person
        assert person.faults == []
        assert person.outside == [], "A page asked for something outside the house."
    finally:
        context.close()


if __name__ == "__main__":
    sys.exit(sys.argv[1:] != ["--is-here"] or program() is None)
