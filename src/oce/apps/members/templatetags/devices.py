"""A filter for the list of sessions: `{% load devices %}`."""

from __future__ import annotations

from django import template

register = template.Library()

# What a browser calls itself among all that it claims to be like, the most telling first.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrom": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
LENGTH_MAX = 60


@register.filter
def device(user_agent: str) -> str:
    """Return what somebody signed in with, such as `Firefox · Linux`; the beginning of what it said where that is unknown."""
    known = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return " · ".join(filter(None, known)) or user_agent[:LENGTH_MAX]


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for sign, name in names.items() if sign in user_agent), "")
