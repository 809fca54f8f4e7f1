"""Wishes about agreements and bundles of agreements."""

from __future__ import annotations

from oce.apps.agreements.models import Agreement, AgreementBundle
from oce.kit.writing import plain_commands
from oce.vf.refusals import gettext_noop

make_agreement, change_agreement, delete_agreement = plain_commands(
    Agreement,
    "agreement",
    made=gettext_noop("wrote down the agreement {subject}"),
    changed=gettext_noop("changed the agreement {subject}"),
    deleted=gettext_noop("deleted the agreement {subject}"),
)
"""Agreements, alone or as parts of a bundle."""

make_bundle, change_bundle, delete_bundle = plain_commands(
    AgreementBundle,
    "bundle",
    made=gettext_noop("wrote down the bundle of agreements {subject}"),
    changed=gettext_noop("changed the bundle of agreements {subject}"),
    deleted=gettext_noop("deleted the bundle of agreements {subject}"),
)
"""Bundles, into which agreements can be put."""
