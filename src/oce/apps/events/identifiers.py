"""The identifiers that drafts bring along: each means one thing, in this house and for ever."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q

from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.kit import statements
from oce.kit.faults import is_taken
from oce.kit.records import ADDRESS_LENGTH_MAX, Record, read_uid
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from oce.apps.events.drafts import EventDraft, ResourceDraft

TAKEN = gettext_noop("{identifier} is already the identifier of something else. Leave it out, or give another one.")
TAKEN_MEANWHILE = gettext_noop(
    "Somebody else has just used the same identifier. Look whether this is written down already."
)


def refuse_taken(drafts: Sequence[EventDraft]) -> list[tuple[int, Refusal]]:
    """Return a refusal, with the number of its draft, for each identifier that already means something or cannot be one."""
    brought = [(number, model, told) for number, draft in enumerate(drafts) for model, told in _brought(draft)]
    if not brought:
        return []
    faults = [(number, refusal) for number, _, told in brought for refusal in refuse_malformed(told.iri)]
    if faults:
        return faults
    taken = {
        model: _taken(model, [told for _, of, told in brought if of is model])
        for model in {each[1] for each in brought}
    }
    return [
        (number, Refusal("events.identifier_taken", TAKEN, "id", identifier=str(identifier)))
        for number, model, told in brought
        for identifier in (told.uid, told.iri)
        if identifier in taken[model]
    ]


@contextmanager
def taken_meanwhile(drafts: Iterable[EventDraft] = ()) -> Iterator[None]:
    """Refuse, instead of failing, where another wish was faster in using an identifier that these drafts bring along."""
    try:
        yield
        # Identifiers of our own making are never taken, and what carries them may wait for the next statement.
        if any(True for draft in drafts for _ in _brought(draft)):
            statements.send()
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise Refused(Refusal("events.identifier_taken", TAKEN_MEANWHILE, "id")) from error


def _brought(draft: EventDraft) -> Iterator[tuple[type[Record], EventDraft | ResourceDraft]]:
    """Yield what of a draft comes with an identifier of its own."""
    if draft.uid is not None or draft.iri is not None:
        yield EconomicEvent, draft
    for born in (draft.new_resource, draft.new_to_resource):
        if born is not None and (born.uid is not None or born.iri is not None):
            yield EconomicResource, born


def _taken(model: type[Record], told: Sequence[EventDraft | ResourceDraft]) -> set[UUID | str]:
    """Return the identifiers that are stored already, or told twice."""
    uids = Counter(each.uid for each in told if each.uid is not None)
    iris = Counter(each.iri for each in told if each.iri is not None)
    twice = {each for counted in (uids, iris) for each, count in counted.items() if count > 1}
    stored = model.every().filter(Q(uid__in=list(uids)) | Q(iri__in=list(iris))).values_list("uid", "iri")
    return twice | {each for pair in stored for each in pair if each is not None}


def refuse_malformed(iri: str | None) -> list[Refusal]:
    """What was born elsewhere has the address that the other house gave it."""
    if iri is None or (0 < len(iri) <= ADDRESS_LENGTH_MAX and iri.isprintable() and read_uid(iri) is None):
        return []
    malformed = gettext_noop(
        "{iri} cannot be the address of something that was born elsewhere: it is one of this house, or has more than {most} "
        "characters, or signs that cannot be seen. Give the address as the other house writes it."
    )
    return [Refusal("events.not_an_address", malformed, "id", iri=iri[:200], most=ADDRESS_LENGTH_MAX)]
