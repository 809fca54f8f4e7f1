"""Wishes about traces: to show one to somebody without an account, and to end that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from oce.apps.trace import sharing
from oce.apps.trace.explorer import Question, explored
from oce.apps.trace.models import TraceLink
from oce.apps.trace.queries import Passed
from oce.apps.trace.sights import LEVELS, LEVELS_MAX, look
from oce.kit import clock
from oce.kit.access import refuse_unentitled
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, tell
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

DAYS = 14
DAYS_MAX = 90
TITLE_LENGTH_MAX = 400
# More open links than this nobody keeps an eye on.
OPEN_MAX = 100

NO_SUCH_LINK = gettext_noop(
    "You have no link {link}. Look at the list of your links: it may have been taken back already."
)
DAYS_BOUND = gettext_noop("A link works for 1 to {most} days; {asked} were asked for. Choose a time between these.")
LEVELS_BOUND = gettext_noop("A link shows 1 to {most} levels each way; {asked} were asked for. Choose fewer.")
NOTHING_SEEN = gettext_noop("There is nothing here that you could show. Look at the trace itself first.")
TOO_MANY = gettext_noop("You have {most} links that still work. Take one of them back before you make another.")


@dataclass(frozen=True, slots=True)
class GivenLink:
    """A new link, with the secret that is shown once and not kept."""

    link: TraceLink
    secret: str

    @property
    def path(self) -> str:
        """Where in this house it shows the trace."""
        return f"/trace/shared/{self.secret}"


@command(says=gettext_noop("gave a view-only link to the trace of {subject}"))
def share_trace(
    actor: Actor, starts: Sequence[Passed], *, levels: int = LEVELS, has_names: bool = False, days: int = DAYS
) -> GivenLink:
    """Make a link by which anybody can look at where these came from and went, as the actor sees it now.

    It is called without an idempotency key: with one, its answer would be kept, and the secret in it.

    Args:
        actor: who gives it; what they do not see it does not show.
        starts: what the trace is about.
        levels: how far each way.
        has_names: whether people, groups, things and steps are called by their names, or only by what they are.
        days: how long it works.

    Raises:
        Refused: `trace.link_days`, `trace.link_levels`, `trace.nothing_to_show` or `trace.too_many_links`; `kit.not_entitled`
            where the actor may not record for anybody whom the starts concern.
    """
    refuse_if(_refuse_bounds(levels, days), _refuse_too_many(actor), _refuse_unentitled(actor, starts))
    seen = look(actor, starts, levels=levels)
    if not seen.sight.distance:
        raise Refused(Refusal("trace.nothing_to_show", NOTHING_SEEN))
    secret = sharing.new_secret()
    link = TraceLink.objects.create(
        digest=sharing.fingerprint(secret),
        title=explored(seen, Question(levels), as_roles=not has_names).title[:TITLE_LENGTH_MAX],
        levels=levels,
        has_names=has_names,
        shows=sharing.kept(seen.sight),
        actor=actor.name,
        agent=actor.agent,
        expires=clock.now() + timedelta(days=days),
    )
    tell(*(each.address for each in starts), subject=link.title)
    return GivenLink(link, secret)


@command(says=gettext_noop("took back the view-only link to the trace of {subject}"))
def revoke_trace_link(actor: Actor, uid: UUID) -> TraceLink:
    """Let a link of the actor's own show nothing any more; one that was taken back before stays as it is.

    Raises:
        Refused: `trace.no_such_link`.
    """
    link = sharing.links_of(actor).filter(uid=uid).first()
    if link is None:
        raise Refused(Refusal("trace.no_such_link", NO_SUCH_LINK, "link", link=uid))
    if link.revoked is None:
        link.revoked = clock.now()
        link.save(update_fields=["revoked"])
    tell(subject=link.title)
    return link


def _refuse_bounds(levels: int, days: int) -> list[Refusal]:
    refusals = []
    if not 1 <= days <= DAYS_MAX:
        refusals.append(Refusal("trace.link_days", DAYS_BOUND, "days", most=DAYS_MAX, asked=days))
    if not 1 <= levels <= LEVELS_MAX:
        refusals.append(Refusal("trace.link_levels", LEVELS_BOUND, "levels", most=LEVELS_MAX, asked=levels))
    return refusals


def _refuse_unentitled(actor: Actor, starts: Sequence[Passed]) -> list[Refusal]:
    """What a group shows to the network only its own people show to everybody."""
    if Power.RECORD in actor.powers:
        return []
    concerned = {key for each in starts for key in each.involved()}
    return refuse_unentitled(actor, Power.RECORD, concerned)


def _refuse_too_many(actor: Actor) -> list[Refusal]:
    still_open = sharing.links_of(actor).filter(revoked=None, expires__gt=clock.now()).count()
    return [Refusal("trace.too_many_links", TOO_MANY, most=OPEN_MAX)] if still_open >= OPEN_MAX else []
