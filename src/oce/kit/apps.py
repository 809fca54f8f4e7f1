"""The kit as Django sees it: an application with tables of its own (journal, answers, outbox)."""

from __future__ import annotations

from django.apps import AppConfig


class Kit(AppConfig):
    """The floor that apps stand on."""

    name = "oce.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the start-up checks of the plug contract."""
        from oce.kit import checks  # noqa: F401 (registering is the purpose; Django's registry is ready only now)
