"""How completely a thing is documented, and what could be added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oce.apps.documents.models import Attachment, DocumentRole
from oce.apps.documents.queries import attach_url
from oce.apps.resources.models import EconomicResource
from oce.kit.pages.navigation import record_url


class Point(NamedTuple):
    """One thing that could be known, whether it is, and where to add it."""

    words: str | Promise
    is_there: bool
    url: str


class Completeness(NamedTuple):
    """What is known and what is not."""

    points: tuple[Point, ...]

    @property
    def known(self) -> int:
        """How many points are known."""
        return sum(point.is_there for point in self.points)

    @property
    def percent(self) -> int:
        """How much of all that is, in hundredths."""
        return 100 * self.known // len(self.points)

    @property
    def missing(self) -> list[Point]:
        """What is not known yet."""
        return [point for point in self.points if not point.is_there]


def completeness_of(
    resource: EconomicResource, attached: Sequence[Attachment], *, has_origin: bool, has_contributors: bool
) -> Completeness:
    """Return how completely a thing is documented."""
    roles = {each.role for each in attached}
    edit, more, here = f"{record_url(resource)}/edit", attach_url(resource), record_url(resource)
    lot = resource.of_batch_lot
    return Completeness(
        (
            Point(_("a photo"), any(each.is_picture for each in attached) or bool(resource.image), more),
            Point(_("a name of its own"), bool(resource.name), edit),
            Point(_("a lot or serial number"), lot is not None or bool(resource.tracking_identifier), edit),
            Point(_("where it is"), resource.current_location_id is not None, f"{here}/move"),
            Point(_("whose it is"), resource.primary_accountable_id is not None, f"{here}/give"),
            Point(_("what it was made from"), has_origin, here),
            Point(_("who worked on it"), has_contributors, here),
            Point(_("a description"), bool(resource.note), edit),
            Point(_("a certificate"), DocumentRole.CERTIFICATE in roles, more),
            Point(_("care, use and repair"), DocumentRole.MANUAL in roles, more),
        )
    )
