"""How records of this app are made for tests where their declaration does not suffice."""

from __future__ import annotations

from datetime import UTC, datetime

from oce.apps.members.commands import make_membership
from oce.apps.members.models import MEMBER, Membership
from oce.apps.members.queries import standard_role
from oce.kit.testing import factories


def _make_membership() -> Membership:
    values = {
        "member": factories.person(),
        "group": factories.organization(),
        "role": standard_role(MEMBER),
        "has_beginning": datetime(2026, 1, 1, tzinfo=UTC),
        "has_end": datetime(2027, 1, 1, tzinfo=UTC),
        "note": "takes the evening shift",
    }
    return make_membership(factories.ACTOR, values)


SAMPLES = {Membership: _make_membership}
