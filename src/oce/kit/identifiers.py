"""Time-ordered identifiers that any instance makes without asking another (UUID version 7, RFC 9562)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uuid_utils import compat

if TYPE_CHECKING:
    from uuid import UUID


def new_uid() -> UUID:
    """Return a fresh identifier; later ones sort after earlier ones."""
    return compat.uuid7()
