"""What came of an import, in plain values that every edge can show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext

from oce.kit.jsonld.classes import document_classes
from oce.kit.records import Record, record_models
from oce.vf.refusals import Refusal, gettext_noop

REPEATED = gettext_noop(
    "{name} was taken in before, on {day}, and nothing was changed. Add --again (in a browser: tick “once more”) to take it"
    " in once more."
)


@dataclass(slots=True)
class ImportReport:
    """What an import wrote, what it found already there, and remarks.

    `named` counts records of which only the address is known so far; `remarks` are refusals in form, but nothing was
    refused: shortages, snapshots that differ, words that were read differently. `columns` says of a table what each
    heading was read as.
    """

    name: str
    written: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    remarks: list[Refusal] = field(default_factory=list)
    is_repeat: bool = False
    columns: list[tuple[str, str | None]] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """What was written and what was there already, in one line, in the words of the screen."""
        written = ", ".join(f"{count} {label}" for _, count, label in self.counted()) or gettext("nothing new")
        known = sum(self.known.values())
        return (
            written if not known else gettext("{written}; {known} already known").format(written=written, known=known)
        )

    def counted(self) -> list[tuple[type[Record], int, str]]:
        """Return how many records of what were written, by what people call them: classes of one table together."""
        by_model: dict[type[Record], int] = {}
        for name, count in self.written.items():
            model = document_classes()[name].model
            by_model[model] = by_model.get(model, 0) + count
        return [
            (model, by_model[model], _label(model, by_model[model])) for model in record_models() if model in by_model
        ]


def _label(model: type[Record], count: int) -> str:
    words = model._meta  # noqa: SLF001 (Django's documented model API)
    return str(words.verbose_name if count == 1 else words.verbose_name_plural)
