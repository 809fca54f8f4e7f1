"""What is forbidden about resources and lots, apart from what events do to them."""

from __future__ import annotations

from oce.vf.refusals import Refusal, gettext_noop


def refuse_change_of_nature(*, was_digital: bool, is_digital: bool, is_contained: bool) -> list[Refusal]:
    """Whether a thing may lie in several containers at once is not changed while it lies in one (D13).

    Replaying the ledger puts a thing into its containers by what it is now; what lies in none is put nowhere either way.
    """
    if was_digital == is_digital or not is_contained:
        return []
    contained = gettext_noop(
        "This lies in something else: only what lies in nothing can be turned from a thing into a file, or back. "
        "Record that it was separated first."
    )
    return [Refusal("resources.is_contained", contained, "currentVirtualLocation")]


def refuse_unknown_shortage(shortage: str, known: list[str]) -> list[Refusal]:
    """A policy is one of those the house knows."""
    if shortage in known:
        return []
    unknown = gettext_noop("There is no policy “{shortage}” for shortages. Choose one of these: {known}.")
    return [Refusal("resources.unknown_policy", unknown, "shortage", shortage=shortage, known=", ".join(known))]
