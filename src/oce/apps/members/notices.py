"""What has happened at the desk, told once it is true."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestMade:
    """Somebody asked to join a group; `request` is its private key."""

    request: int


@dataclass(frozen=True, slots=True)
class RequestAnswered:
    """A request was accepted or declined; `request` is its private key."""

    request: int


@dataclass(frozen=True, slots=True)
class RequestCommented:
    """Something was said that the applicant and the coordinators may read; `comment` is its private key."""

    comment: int
