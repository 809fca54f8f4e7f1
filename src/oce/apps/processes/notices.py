"""What has happened to processes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KindOfProcessChanged:
    """A process, given by its private key, is of another kind than before."""

    process: int
