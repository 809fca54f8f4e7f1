"""Refusals: what cannot be done, why, and the way out, as plain values.

A rule that forbids returns refusals instead of raising, so that a person sees every
fault at once and every edge (page, GraphQL, import) shows the same sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

# A whole file of faulty rows would fill a log; who wants all reads `refusals`.
TOLD_AT_ONCE = 10


def gettext_noop(text: str) -> str:
    """Return `text` unchanged; marks a template for the translators."""
    return text


@dataclass(frozen=True, slots=True, init=False)
class Refusal:
    """One reason why a wish is not granted.

    Attributes:
        code: stable name for programs, `app.reason`.
        template: English sentence with {placeholders}; the key of its translations.
        field: where the fault lies, in the spelling of the standard (camel case).
        values: what fills the placeholders.
    """

    code: str
    template: str
    field: str | None
    values: Mapping[str, object]

    def __init__(self, code: str, template: str, field: str | None = None, **values: object) -> None:
        """Keep the parts; the sentence is only put together when somebody reads it."""
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "values", values)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.template.format_map(self.values)

    def translated(self, gettext: Callable[[str], str]) -> str:
        """Return the sentence in the language of `gettext`."""
        return gettext(self.template).format_map(self.values)

    def at(self, path: str) -> Refusal:
        """Return the same refusal, placed under `path`: `events.2`, then `events.2.provider`."""
        return self.placed(f"{path}.{self.field}" if self.field else path)

    def placed(self, field: str | None) -> Refusal:
        """Return the same refusal at another place."""
        return Refusal(self.code, self.template, field, **self.values)

    def __hash__(self) -> int:
        """Equal refusals have equal hashes; the values need not be hashable."""
        return hash((self.code, self.template, self.field))

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.message


class Refused(Exception):
    """A wish was not granted, and nothing was written."""

    def __init__(self, refusals: Iterable[Refusal] | Refusal) -> None:
        """Keep all reasons."""
        self.refusals: tuple[Refusal, ...] = (refusals,) if isinstance(refusals, Refusal) else tuple(refusals)
        super().__init__(self.refusals)

    def __str__(self) -> str:
        """Return the first sentences in English, and how many more there are."""
        told = " ".join(each.message for each in self.refusals[:TOLD_AT_ONCE])
        more = len(self.refusals) - TOLD_AT_ONCE
        return f"{told} ({more} more)" if more > 0 else told


def refuse_if(*found: Iterable[Refusal]) -> None:
    """Raise `Refused` with every refusal of the lists, if there is any."""
    refusals = tuple(refusal for each in found for refusal in each)
    if refusals:
        raise Refused(refusals)
