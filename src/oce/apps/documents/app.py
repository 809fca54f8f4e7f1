"""How the documents introduce themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oce.kit.app import OceApp


class Documents(OceApp):
    """Photos and files attached to records of any class, kept in the home folder by what they hold."""

    name = "oce.apps.documents"
    label = "documents"
    title = _("Photos and documents")
    summary = _("Photos, certificates, manuals and receipts, attached to people, things and whatever else is known.")
