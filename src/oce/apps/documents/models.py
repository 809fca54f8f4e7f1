"""The table of attachments: which file belongs to which record, what it is, and where it lies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oce.apps.documents.rules import NAME_LENGTH_MAX, PICTURES
from oce.kit.identifiers import new_uid


class DocumentRole(models.TextChoices):
    """What a document is to the record that it is attached to."""

    PHOTO = "photo", _("photo")
    CERTIFICATE = "certificate", _("certificate")
    MANUAL = "manual", _("instructions")
    RECEIPT = "receipt", _("receipt")
    OTHER = "other", _("something else")


# What strangers see as well, where the record itself is for everybody.
OPEN_ROLES = frozenset({DocumentRole.PHOTO, DocumentRole.CERTIFICATE, DocumentRole.MANUAL})


class Attachment(models.Model):
    """A file attached to a record of any class, which it names by kind and identifier; seen by whoever sees the record."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    about_kind = models.CharField(_("kind of record"), max_length=60)
    about_uid = models.UUIDField(_("record"))
    role = models.CharField(_("kind of document"), max_length=20, choices=DocumentRole)
    name = models.CharField(_("name"), max_length=NAME_LENGTH_MAX)
    note = models.TextField(_("note"), blank=True)
    media_type = models.CharField(_("form"), max_length=100)
    digest = models.CharField(_("fingerprint"), max_length=64, db_index=True)
    small = models.CharField(_("fingerprint of the small picture"), max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(_("width"), default=0)
    height = models.PositiveIntegerField(_("height"), default=0)
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=200)

    class Meta:
        """Found by the record, the oldest first."""

        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [models.Index(fields=["about_uid", "id"], name="attachment_by_record")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it."""
        return self.media_type in PICTURES

    @property
    def is_open(self) -> bool:
        """Whether strangers see it too, where the record is for everybody."""
        return self.role in OPEN_ROLES

    @property
    def url(self) -> str:
        """The address of the file."""
        return f"/documents/{self.uid}"

    @property
    def small_url(self) -> str:
        """The address of the small picture."""
        return f"/documents/{self.uid}/small"
