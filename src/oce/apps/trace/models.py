"""The links by which somebody without an account may look at one trace for a while."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oce.kit.clock import now
from oce.kit.identifiers import new_uid


class TraceLink(models.Model):
    """A link that shows one trace, as it was seen by whoever gave it, until it expires or is taken back.

    The secret in its address is not kept, only a fingerprint of it. `shows` are the private keys of the records it shows
    and nothing else, so that what is recorded later, or was never seen by the giver, does not come out through it.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    title = models.CharField(_("what it shows"), max_length=400)
    levels = models.PositiveSmallIntegerField(_("levels each way"))
    has_names = models.BooleanField(_("with names"), default=False)
    shows = models.JSONField(editable=False)
    actor = models.CharField(_("given by"), max_length=200)
    agent = models.BigIntegerField(null=True, editable=False)
    made = models.DateTimeField(_("made"), default=now)
    expires = models.DateTimeField(_("works until"))
    revoked = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        """The links of one person are listed, the newest first."""

        verbose_name = _("view-only link")
        verbose_name_plural = _("view-only links")
        indexes = [models.Index(fields=["agent", "-made"], name="trace_link_by_agent")]

    def __str__(self) -> str:
        """Return what it shows."""
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it still shows anything."""
        return self.revoked is None and self.expires > now()
