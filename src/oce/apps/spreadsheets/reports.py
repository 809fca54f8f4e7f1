"""What came of an import, in plain values that every edge can show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from oce.vf.refusals import Refusal, gettext_noop

REPEATED = gettext_noop("{name} was imported before on {day}. Nothing was changed.")


@dataclass(slots=True)
class ImportReport:
    """What an import wrote, what it found already there, and remarks.

    `named` counts records of which only the address is known so far; `remarks` are refusals in form, but nothing was
    refused: shortages, snapshots that differ, words that were read differently.
    """

    name: str
    written: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    remarks: list[Refusal] = field(default_factory=list)
    is_repeat: bool = False

    @property
    def summary(self) -> str:
        """What was written and what was there already, in one line."""
        parts = [f"{count} {name}" for name, count in sorted(self.written.items())] or ["nothing new"]
        known = sum(self.known.values())
        return ", ".join(parts) + (f"; {known} already known" if known else "")
