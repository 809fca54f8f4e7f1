"""Members in GraphQL: roles and memberships as records; joining, accounts and the set-up by fields of their own."""

from __future__ import annotations

from oce.apps.members.graphql import accounts, joining
from oce.apps.members.models import Membership, Role

__all__ = ["accounts", "joining", "records"]

records = (Role, Membership)
