"""Roles and memberships in GraphQL: all of it follows from the records."""

from __future__ import annotations

from oce.apps.members.models import Membership, Role

records = (Role, Membership)
