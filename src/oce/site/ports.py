"""Where the system answers unless it is told otherwise; the demo has a port of its own, so that both can run side by side."""

from __future__ import annotations

from oce.kit.addresses import FIRST_PORT

PORT = FIRST_PORT
DEMO_PORT = 8321
