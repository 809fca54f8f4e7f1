"""Questions about agreements."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from oce.apps.agreements.models import Agreement, AgreementBundle


def agreements_in(bundle: AgreementBundle) -> QuerySet[Agreement]:
    """Return the agreements of a bundle in the order in which they were written down."""
    return Agreement.every().filter(bundled_in=bundle)


def agreements_made(since: datetime, until: datetime) -> QuerySet[Agreement]:
    """Return the agreements written down from the moment `since` until before `until`, the earliest first."""
    return Agreement.objects.filter(created__gte=since, created__lt=until).order_by("created", "id")
