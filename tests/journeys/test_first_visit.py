"""T20: a first visit is light, and asks nobody but the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.browser import Person

KB = 1000
WEIGHT_MAX = 150 * KB
SCRIPT_MAX = 30 * KB


def weight(person: Person, *kinds: str) -> int:
    """Return the bytes that came over the wire for what was asked, heads left out; of some kinds only, if any are named."""
    return sum(
        request.sizes()["responseBodySize"]
        for request in person.asked
        if (not kinds or request.resource_type in kinds) and request.response() is not None
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_visit_of_a_stranger_is_light(somebody: Callable[..., Person], width: int):
    stranger = somebody(width=width)
    stranger.goes("/")
    stranger.page.wait_for_load_state("networkidle")
    assert weight(stranger) <= WEIGHT_MAX
    assert weight(stranger, "script") <= SCRIPT_MAX


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_page_of_a_member_is_light(somebody: Callable[..., Person], width: int):
    member = somebody("Rosa Bianchi", width=width)
    member.starts_counting()
    member.goes("/")
    member.page.wait_for_load_state("networkidle")
    assert weight(member) <= WEIGHT_MAX
    assert weight(member, "script") <= SCRIPT_MAX


def test_no_page_lets_a_script_or_a_style_stand_in_the_page(somebody: Callable[..., Person]):
    answer = somebody("Rosa Bianchi").page.goto("/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
