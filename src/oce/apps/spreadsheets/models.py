"""The files that came in, remembered so that none is taken twice."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
        """One import a file and way of reading it."""

        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        constraints = [models.UniqueConstraint(fields=["digest", "reading"], name="one_import_a_file_and_reading")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
