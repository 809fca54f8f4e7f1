"""What an app must know to forget somebody who left for good, beside the records that the ledger needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """Somebody left for good: what an app keeps of them beside the records goes, in the same transaction.

    Attributes:
        agent: the private key of their record.
        uid: its identifier.
        name: what they were called.
        former: what they are called from now on.
    """

    agent: int
    uid: UUID
    name: str
    former: str
