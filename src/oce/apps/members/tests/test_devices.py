"""A session says in words what it was begun with."""

from __future__ import annotations

import pytest

from oce.apps.members.templatetags.devices import device

LINUX = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
TABLET = (
    "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1"
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (LINUX, "Chrome · Linux"),
        (f"{LINUX} Edg/140.0", "Edge · Linux"),
        (PHONE, "Firefox · Android"),
        (TABLET, "Safari · iPad"),
        ("curl/8.0", "curl/8.0"),
        ("", ""),
    ],
)
def test_a_device_is_told_by_its_browser_and_system(said: str, words: str) -> None:
    assert device(said) == words
