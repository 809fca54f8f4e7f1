"""Words that stand on the wrong class in the standard's own examples: where their sense is sure, they are read by it."""

from __future__ import annotations

from collections import Counter

from oce.vf.refusals import Refusal, gettext_noop

IGNORED = gettext_noop("{term} on {kind} is not read ({count} times): {reason}.")
READ_AS = gettext_noop("{term} on {kind} was read as {other} ({count} times).")

_READ_AS: dict[tuple[str, str], str] = {
    ("EconomicResource", "resourceConformsTo"): "conformsTo",
    ("ResourceSpecification", "classifiedAs"): "resourceClassifiedAs",
    # A word of no release; the transport example says it where others say the place.
    ("EconomicResource", "locatedAt"): "currentLocation",
}
# By decisions D19 and D21 of the reference data.
_IGNORED: dict[tuple[str, str], str] = {
    ("EconomicEvent", "stage"): gettext_noop("the stage of a resource follows from the process it came out of"),
    ("EconomicEvent", "trackingIdentifier"): gettext_noop("a serial number belongs to the resource"),
}


class Tolerance:
    """What was read differently from how it stands, counted so that it can be told."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self._read_as: Counter[tuple[str, str]] = Counter()
        self._ignored: Counter[tuple[str, str]] = Counter()

    def meant(self, kind: str, term: str) -> str | None:
        """Return the property that a word on this class stands for, if it stands for another."""
        other = _READ_AS.get((kind, term))
        if other is not None:
            self._read_as[kind, term] += 1
        return other

    def ignores(self, kind: str, term: str) -> bool:
        """Return whether a word on this class is known to be superfluous."""
        is_ignored = (kind, term) in _IGNORED
        if is_ignored:
            self._ignored[kind, term] += 1
        return is_ignored

    def remarks(self) -> list[Refusal]:
        """Return what was read differently, one remark a word."""
        ignored = [
            Refusal("jsonld.ignored", IGNORED, term, term=term, kind=kind, count=count, reason=_IGNORED[kind, term])
            for (kind, term), count in self._ignored.items()
        ]
        return ignored + [
            Refusal("jsonld.read_as", READ_AS, term, term=term, kind=kind, count=count, other=_READ_AS[kind, term])
            for (kind, term), count in self._read_as.items()
        ]
