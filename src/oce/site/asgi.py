"""The house as an ASGI server calls it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oce.site.settings")
application = get_asgi_application()

from oce.site.address import live_at_address  # noqa: E402 (needs Django, which has been set up now)

# In a thread of its own: the server may run a loop already, and Django asks no database in one.
with ThreadPoolExecutor(1) as apart:
    apart.submit(live_at_address).result()
