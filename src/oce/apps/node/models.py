"""The tables of the console: words that were merged, with all that was moved, and the backups of this house."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from oce.kit import clock
from oce.kit.identifiers import new_uid

# For so long a merge can be taken back.
REVERSIBLE_DAYS = 30


class Merge(models.Model):
    """That one word was merged into another: which, by whom, and what was moved from the one to the other."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    # The class of both, as it stands in addresses: `resource-specification`.
    kind = models.CharField(_("class"), max_length=100)
    merged = models.BigIntegerField()
    kept = models.BigIntegerField()
    merged_name = models.CharField(_("was merged"), max_length=200)
    kept_name = models.CharField(_("was kept"), max_length=200)
    actor = models.CharField(_("who"), max_length=200)
    at = models.DateTimeField(_("when"))
    # By table and column, the private keys of the records that were moved.
    moved: Any = models.JSONField(default=dict)
    undone = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        """Words for the screen."""

        verbose_name = _("merge")
        verbose_name_plural = _("merges")

    def __str__(self) -> str:
        """Return which word became which."""
        return f"{self.merged_name} → {self.kept_name}"

    @property
    def count(self) -> int:
        """How many records were moved."""
        return sum(len(keys) for keys in self.moved.values())

    @property
    def until(self) -> datetime:
        """Until when it can be taken back."""
        return self.at + timedelta(days=REVERSIBLE_DAYS)

    @property
    def can_be_undone(self) -> bool:
        """Whether it is young enough to be taken back, and was not yet."""
        return self.undone is None and clock.now() <= self.until


class Backup(models.Model):
    """One backup that somebody wished for at the console: how far it is, and whether it can be read back."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    actor = models.CharField(_("who"), max_length=200)
    asked = models.DateTimeField(_("asked"))
    done = models.DateTimeField(_("done"), null=True)
    file = models.CharField(_("file"), max_length=200, blank=True)
    size = models.BigIntegerField(_("bytes"), default=0)
    fault = models.TextField(_("fault"), blank=True)
    test_asked = models.DateTimeField(_("test asked"), null=True)
    tested = models.DateTimeField(_("tested"), null=True)
    test_fault = models.TextField(_("fault of the test"), blank=True)
    # What the last good test read back: how many rows, in how many tables.
    rows = models.BigIntegerField(default=0)
    tables = models.PositiveIntegerField(default=0)

    class Meta:
        """Words for the screen."""

        verbose_name = _("backup")
        verbose_name_plural = _("backups")

    def __str__(self) -> str:
        """Return the name of the file."""
        return self.file or str(self.uid)

    @property
    def state(self) -> str:
        """How far it is: `waiting`, `done` or `failed`."""
        if self.fault:
            return "failed"
        return "waiting" if self.done is None else "done"

    @property
    def test_state(self) -> str:
        """How far the test of reading it back is: `none`, `waiting`, `good` or `bad`."""
        if self.test_asked is None:
            return "none"
        if self.tested is None:
            return "waiting"
        return "bad" if self.test_fault else "good"
