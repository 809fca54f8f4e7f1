"""What a document tells: records with their values, and snapshots of what events would derive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from oce.kit.jsonld.classes import DocumentClass
    from oce.kit.records import Record
    from oce.vf.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a document says of a resource at one place, of what events would derive."""

    place: int
    values: Mapping[str, Any]


@dataclass(slots=True)
class Told:
    """A record as a document tells it: `values` by Python name, references as `Ref`.

    `given` are derived properties that a document may bring along, such as when an event was written down.
    """

    id: str
    of: DocumentClass
    place: int
    values: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    opening: dict[str, Any] | None = None
    snapshots: list[Snapshot] = field(default_factory=list)

    @property
    def model(self) -> type[Record]:
        """The record class that keeps it."""
        return self.of.model

    @property
    def is_bare(self) -> bool:
        """Whether no more is said than the class: a reference that tells what it leads to."""
        return not (self.values or self.given or self.opening or self.snapshots)

    def join(self, other: Told) -> None:
        """Take over what another description of the same record says, which does not contradict this one."""
        self.values |= other.values
        self.given |= other.given
        self.opening = self.opening or other.opening
        self.snapshots += other.snapshots

    def contradicted_by(self, other: Told) -> list[str]:
        """Return the properties in which another description under the same identifier says something else.

        What one of them leaves out is a contradiction, too, except where it only names the class, or is a snapshot of a
        resource at another moment.
        """
        names = set(self.values) | set(other.values)
        if other.snapshots or self.snapshots:
            names = set(self.values) & set(other.values)
        if other.is_bare or self.is_bare:
            names = set()
        differing = sorted(name for name in names if self.values.get(name) != other.values.get(name))
        return ["@type", *differing] if self.of != other.of else differing


@dataclass(slots=True)
class Reading:
    """All that a document tells, by identifier in document order, and remarks on how it was read."""

    told: dict[str, Told]
    remarks: list[Refusal]
