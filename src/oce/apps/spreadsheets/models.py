"""The files that came in, remembered so that none is taken twice; and the imports that browsers asked for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oce.kit.identifiers import new_uid


class ImportedFile(models.Model):
    """A file that was imported: known again by what it holds, whatever its name."""

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(_("fingerprint"), max_length=64)
    reading = models.CharField(_("how it was read"), max_length=64)
    name = models.CharField(_("name"), max_length=400)
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=200)
    claim = models.UUIDField(editable=False)

    class Meta:
        """One import a file, however it was read."""

        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        constraints = [models.UniqueConstraint(fields=["digest"], name="one_import_a_file")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Import(models.Model):
    """A file that somebody wished to come in: how it is read, how far it is, and what came of it."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    name = models.CharField(_("name"), max_length=400)
    digest = models.CharField(_("fingerprint"), max_length=64)
    manner = models.JSONField(_("how it is read"))
    actor = models.CharField(_("who"), max_length=200)
    agent = models.BigIntegerField(null=True)
    # The powers that the way lets pass by which they came, such as a token.
    scopes = models.JSONField(default=list)
    asked = models.DateTimeField(_("asked"))
    started = models.DateTimeField(_("started"), null=True)
    ended = models.DateTimeField(_("ended"), null=True)
    report = models.JSONField(null=True)
    faults = models.JSONField(null=True)

    class Meta:
        """The open ones are found by the file they wait for."""

        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["digest"], condition=models.Q(ended=None), name="open_import_by_file")]

    def __str__(self) -> str:
        """Return the name of the file."""
        return self.name

    @property
    def state(self) -> str:
        """How far it is: `waiting`, `running`, `done` or `refused`."""
        if self.ended is None:
            return "waiting" if self.started is None else "running"
        return "done" if self.faults is None else "refused"
