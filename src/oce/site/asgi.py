"""The house as an ASGI server calls it."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oce.site.settings")
application = get_asgi_application()
