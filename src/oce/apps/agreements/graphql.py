"""Agreements and their bundles in GraphQL: all of it follows from the records."""

from __future__ import annotations

from oce.apps.agreements.models import Agreement, AgreementBundle

records = (Agreement, AgreementBundle)
