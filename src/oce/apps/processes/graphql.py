"""Plans and processes in GraphQL."""

from __future__ import annotations

from oce.apps.processes.models import Plan, Process
from oce.kit.graphql.exposed import Exposed

records = (Exposed(Process, inverses={"plan_includes": "processes"}, plain=("processes",)), Plan)
