"""What becomes of links to traces when somebody leaves for good."""

from __future__ import annotations

from oce.apps.trace.models import TraceLink
from oce.kit import clock
from oce.kit.forgetting import PersonForgotten
from oce.kit.notices import hears


@hears(PersonForgotten, together=True)
def take_back_links(notice: PersonForgotten) -> None:
    """Let the links of the person show nothing any more, and tell their name no longer."""
    given = TraceLink.objects.filter(agent=notice.agent)
    given.filter(revoked=None).update(revoked=clock.now())
    given.update(actor=notice.former)
