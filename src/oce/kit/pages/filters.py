"""The filters beside a list: one input for each property that narrows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from oce.kit.pages.choices import Choices, Offers
from oce.kit.pages.listing import Listing, filter_values
from oce.kit.pages.navigation import list_url
from oce.kit.properties import Kind, RecordProperty


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a list, with what it says now."""

    each: RecordProperty
    listing: Listing
    offers: Offers

    @property
    def label(self) -> str:
        """The property in words for the screen."""
        return capfirst(str(self.each.label))

    @property
    def widget(self) -> str:
        """The word by which the template chooses the input."""
        if self.each.kind is Kind.MOMENT:
            return "days"
        return "records" if self.each.target else "values"

    @property
    def text(self) -> str:
        """What it says; of a span of days, the first."""
        return self.listing.filter_texts(self.each)[0]

    @property
    def until(self) -> str:
        """The last day of a span."""
        return self.listing.filter_texts(self.each)[1]

    @property
    def is_used(self) -> bool:
        """Whether it narrows the list."""
        return bool(self.text or self.until)

    @property
    def sought(self) -> str:
        """The words by which a record to filter by was searched."""
        return self.listing.said(f"{self.each.term}.sought")

    @property
    def options_url(self) -> str:
        """The address that answers such a search."""
        assert self.each.target is not None  # noqa: S101 (only references are asked)
        return f"{list_url(self.each.target)}choices"

    def choices(self) -> Choices:
        """Return the records to choose from."""
        assert self.each.target is not None  # noqa: S101 (only references are asked)
        return self.offers.choices(self.each.target, [self.text], self.sought)

    def values(self) -> list[tuple[str, Any, bool]]:
        """Return the few values to choose from: what is sent, what is read, whether it is chosen."""
        return [(value, label, value == self.text) for value, label in filter_values(self.each)]


def filters_of(listing: Listing, offers: Offers) -> list[Filter]:
    """Return the filters a list offers."""
    return [Filter(each, listing, offers) for each in listing.offered]
