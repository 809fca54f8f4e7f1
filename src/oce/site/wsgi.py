"""The house as a WSGI server calls it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oce.site.settings")
application = get_wsgi_application()

from oce.site.address import live_at_address  # noqa: E402 (needs Django, which has been set up now)

live_at_address()
