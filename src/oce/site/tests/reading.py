"""What a browser would see in an answer, and send back of its form."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any


def words(response: Any) -> str:
    """Return the text of a page, without marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))).strip()


def flat(response: Any) -> str:
    """Return a page with every run of blanks as one, so that it does not matter how a template is laid out."""
    return re.sub(r"\s+", " ", response.content.decode())


def inputs(response: Any) -> dict[str, list[str]]:
    """Return what a browser would send of the inputs on a page if nobody touched them."""
    form = _Form()
    form.feed(response.content.decode())
    return form.sent


def uid_made(response: Any) -> str:
    """Return the identifier of the record that a form has made."""
    assert response.status_code == 302, words(response)
    uid: str = response.headers["Location"].rsplit("/", 1)[1]
    return uid


class _Form(HTMLParser):
    """Collects the inputs as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an input, or begin a select or a textarea."""
        said = {name: value or "" for name, value in attrs}
        if tag == "input" and said.get("name") and (said.get("type") not in {"checkbox", "radio"} or "checked" in said):
            self.sent.setdefault(said["name"], []).append(said.get("value", "on"))
        elif tag == "select":
            self._select = said.get("name", "")
        elif tag == "option" and self._select and "selected" in said:
            self.sent.setdefault(self._select, []).append(said.get("value", ""))
        elif tag == "textarea":
            self._textarea = said.get("name", "")
            self.sent.setdefault(self._textarea, []).append("")

    def handle_data(self, data: str) -> None:
        """Take the text of a textarea; a browser leaves out the line break it begins with."""
        if self._textarea:
            self.sent[self._textarea][-1] += data

    def handle_endtag(self, tag: str) -> None:
        """End a select or a textarea."""
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self.sent[self._textarea][-1] = self.sent[self._textarea][-1].removeprefix("\n")
            self._textarea = ""
