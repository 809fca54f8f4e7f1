"""What is forbidden about processes."""

from __future__ import annotations

from datetime import datetime

from oce.vf.refusals import Refusal, gettext_noop


def refuse_backwards(has_beginning: datetime | None, has_end: datetime | None) -> list[Refusal]:
    """A process ends when it began, or later."""
    if has_beginning is None or has_end is None or has_beginning <= has_end:
        return []
    backwards = gettext_noop("The process would end on {end}, before it begins on {begin}. Correct one of the two.")
    end, begin = (moment.isoformat(" ", "minutes") for moment in (has_end, has_beginning))
    return [Refusal("processes.ends_before_it_begins", backwards, "hasEnd", end=end, begin=begin)]
