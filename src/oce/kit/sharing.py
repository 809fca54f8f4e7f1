"""With whom a record is shared beside those whom it concerns."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may see a record, from the fewest to all."""

    GROUP = "group", _("those whom it concerns")
    NETWORK = "network", _("everybody in the network")
    PUBLIC = "public", _("everybody, also without signing in")
