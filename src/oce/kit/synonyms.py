"""Words that mean the same: a kind, a tag or a role that was merged into another stays, as a further word for it.

Events refer to words, and the ledger only grows; so the word that was merged keeps its place, its address and what refers
to it, and only says as what it is to be read: it is told by the other's name, found with it, offered to nobody, and who
names it in a wish means the other (decision 0025).
"""

from __future__ import annotations

from typing import Any, Self, TypeVar

import auto_prefetch
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from oce.kit.records import Record

M = TypeVar("M", bound=Record)


class Word(Record):
    """A record that others refer to in order to say what something is, and that may be merged into another of its class."""

    hidden = ("same_as",)

    same_as_id: int | None
    same_as = auto_prefetch.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, editable=False, verbose_name=_("another word for")
    )

    class Meta(Record.Meta):
        """Abstract: each class of words has a table of its own."""

        abstract = True

    @property
    def meant(self) -> Self:
        """The word that this one is to be read as: itself, or the one it was merged into."""
        return self.same_as or self


def in_use(records: QuerySet[M]) -> QuerySet[M]:
    """Return those of `records` that are offered and listed: of words, those that were not merged into another."""
    return records.filter(same_as=None) if issubclass(records.model, Word) else records


def key_meant(model: type[Record]) -> Coalesce | F:
    """Return, for a question to the database, the key of what a record of a class means: its own, or the other word's."""
    return Coalesce("same_as_id", "pk") if issubclass(model, Word) else F("pk")


def saying(model: type[Record], meant: Q) -> QuerySet[Any]:
    """Return the keys of the records of a class for which a condition holds; of words, of all that mean the same as one."""
    found = model.every().filter(meant).order_by()
    if not issubclass(model, Word):
        return found.values("pk")
    kept = found.annotate(kept=key_meant(model)).values("kept")
    return model.every().filter(Q(pk__in=kept) | Q(same_as__in=kept)).order_by().values("pk")
