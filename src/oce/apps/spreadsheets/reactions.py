"""What this app does when it is its turn: the worker of imports is known as soon as the house stands."""

from __future__ import annotations

from oce.apps.spreadsheets.imports import take_in_later
from oce.apps.spreadsheets.models import Import, ImportedFile
from oce.kit.forgetting import PersonForgotten
from oce.kit.notices import hears

__all__ = ["forget_imports", "take_in_later"]


@hears(PersonForgotten, together=True)
def forget_imports(notice: PersonForgotten) -> None:
    """Tell no longer who brought files; what they held stays."""
    Import.objects.filter(agent=notice.agent).update(actor=notice.former)
    ImportedFile.objects.filter(actor=notice.name).update(actor=notice.former)
