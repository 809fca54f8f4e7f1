"""The real browser of the journeys: which Chromium there is, and a page that counts what a person does.

How long a person would take is reckoned as Card, Moran and Newell do (the keystroke-level model): so much for each press and
each key, and a moment to decide before every press. Each answer of the house counts with the longest time it may take; whether
it keeps to that, `make bench` measures, for here it would measure how busy the machine is.

Run as a module with `--is-here` it says, by its exit status, whether this machine has one.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, Request, sync_playwright

if TYPE_CHECKING:
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
Role = Literal["alert", "button", "checkbox", "dialog", "heading", "link", "radio", "status", "tab"]
WIDE, NARROW = 1280, 390
HEIGHT = 844
# To point at something and press it, and to think of it before; a key on the glass of a phone, by somebody who is not quick.
PRESS_SECONDS, DECIDE_SECONDS, KEY_SECONDS = 1.1, 1.35, 0.4
# What the budgets of docs/performance.md allow 99 of 100 pages.
ANSWER_SECONDS = 0.25
ANSWERS = {"document", "fetch", "xhr"}


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
    return playwright.chromium.launch(
        executable_path=program(), args=list(QUIET), ignore_default_args=["--disable-back-forward-cache"]
    )


@dataclass
class Person:
    """Somebody at a browser: a page, what was done by hand, and what went wrong or left the machine."""

    page: Page
    address: str
    taps: int = 0
    keys: int = 0
    fields: int = 0
    pages: int = 0
    faults: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to watch the page."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._request)

    @property
    def seconds(self) -> float:
        """How long a person would have taken since the counting began."""
        answers = sum(request.resource_type in ANSWERS for request in self.asked)
        return self.taps * (PRESS_SECONDS + DECIDE_SECONDS) + self.keys * KEY_SECONDS + max(1, answers) * ANSWER_SECONDS

    def signs_in(self, name: str) -> None:
        """Choose one of the people of the demo; costs nothing."""
        self.goes("/enter")
        self.page.get_by_role("button", name=name).click()
        self.page.wait_for_url(self.address + "/**")
        self.starts_counting()

    def goes(self, path: str) -> None:
        """Open an address of the house by hand; costs nothing, for it is where a journey begins."""
        self.page.goto(self.address + path)

    def taps_on(self, target: str | Locator) -> None:
        """Tap on, or click, what a selector finds; counted."""
        found = self.page.locator(target).first if isinstance(target, str) else target
        self.taps += 1
        found.click()

    def taps_on_words(self, role: Role, words: str | re.Pattern[str], within: str = "body") -> None:
        """Tap on what is of the role and called by the words, of several the first that can be seen; counted."""
        self.taps_on(self.page.locator(within).get_by_role(role, name=words).filter(visible=True).first)

    def types(self, target: str, text: str) -> None:
        """Type into what a selector finds; its keys are counted, and the press that brings the cursor there."""
        self.taps += 1
        self.fields += 1
        self.keys += len(text)
        self.page.locator(target).filter(visible=True).first.fill(text)

    def chooses(self, target: str, words: str) -> None:
        """Choose from a list what is called by the words: one press opens the list, another chooses."""
        self.taps += 2
        self.fields += 1
        self.page.locator(target).filter(visible=True).first.select_option(label=words)

    def presses(self, *keys: str) -> None:
        """Press keys of the keyboard; counted."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def reads(self) -> str:
        """Return the words of the page."""
        return self.page.locator("body").inner_text()

    def hears(self, words: str) -> None:
        """Wait until a message says the words."""
        self.page.locator("[role=status] .said", has_text=words).first.wait_for()

    def starts_counting(self) -> None:
        """Forget what was counted so far."""
        self.taps = self.keys = self.fields = self.pages = 0
        self.asked.clear()

    def _console(self, message: ConsoleMessage) -> None:
        # What the server refuses is told in words on the page; the browser also notes it as an error of the network.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    def _request(self, request: Request) -> None:
        self.asked.append(request)
        if request.is_navigation_request():
            self.pages += 1
        place = urlsplit(request.url)
        if place.scheme not in {"data", "blob"} and place.netloc != urlsplit(self.address).netloc:
            self.outside.append(request.url)


def somebody(browser: Browser, address: str, *, width: int = WIDE, theme: Theme = "light") -> Iterator[Person]:
    """Yield a person with a browser of their own, who has not signed in; at the end nothing may have gone wrong.

    A width of a phone comes with touch. Nothing moves by itself, so that what is looked at is there.
    """
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=theme,
        reduced_motion="reduce",
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
