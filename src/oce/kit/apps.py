"""The kit as Django sees it: an application with tables of its own (journal, answers, outbox)."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Kit(AppConfig):
    """The floor that apps stand on."""

    name = "oce.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the start-up checks of the plug contract, and what follows every migration."""
        from oce.kit import checks, words  # noqa: F401 (registering is a purpose; Django's registry is ready only now)

        post_migrate.connect(words.keep_index)
