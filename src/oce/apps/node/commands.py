"""Wishes of those who look after the house: words that become one, and that taken back."""

from __future__ import annotations

from typing import Any

from oce.apps.node import merging, queries, rules
from oce.apps.node.backing_up import ask_backup, ask_restore_test, delete_backup
from oce.apps.node.looking_after import retry_job, send_trial_letter
from oce.apps.node.models import REVERSIBLE_DAYS, Merge
from oce.apps.node.roles import set_roles
from oce.apps.node.stock import decide_shortages
from oce.kit import clock, locks, writing
from oce.kit.actor import Actor, Power
from oce.kit.commands import command, tell
from oce.kit.synonyms import Word
from oce.vf.refusals import gettext_noop, refuse_if

__all__ = [
    "ask_backup",
    "ask_restore_test",
    "decide_shortages",
    "delete_backup",
    "merge_words",
    "retry_job",
    "send_trial_letter",
    "set_roles",
    "unmerge_words",
]

# Two merges at the same time could make two words each the other's.
MERGING_LOCK = "node.merging"


@command(says=gettext_noop("merged {merged} into {kept}: {count} records say {kept} now"), needs=Power.ADMINISTER)
def merge_words(actor: Actor, merged: Word, kept: Word) -> Merge:
    """Make one word of two: all that can be changed says the one that is kept, and events are read as if they did.

    The word that was merged stays, with its address, as a further word for the other.

    Raises:
        Refused: by the rules, and `kit.busy` while somebody writes many events.
    """
    locks.alone(MERGING_LOCK)
    # Nobody refers to either of them meanwhile.
    writing.hold_references()
    refuse_if(queries.refuse_merging(merged, kept))
    names = _own_name(merged), _own_name(kept)
    moved = merging.moved(merged, kept)
    _say(merged, kept)
    done = Merge.objects.create(
        kind=merged.kind(),
        merged=merged.pk,
        kept=kept.pk,
        merged_name=names[0],
        kept_name=names[1],
        actor=actor.name,
        at=clock.now(),
        moved=moved,
    )
    tell(merged.address, kept.address, merged=names[0], kept=names[1], count=done.count)
    return done


@command(says=gettext_noop("took back that {merged} was merged into {kept}"), needs=Power.ADMINISTER)
def unmerge_words(_actor: Actor, merge: Merge) -> Merge:
    """Take a merge back: what was moved by it, and still is where it was moved to, says again what it said before.

    Raises:
        Refused: by the rules.
    """
    locks.alone(MERGING_LOCK)
    writing.hold_references()
    merge.refresh_from_db()
    merged, kept = queries.words_of(merge)
    is_young = clock.now() <= merge.until
    refuse_if(
        rules.refuse_late_undoing(REVERSIBLE_DAYS, is_undone=merge.undone is not None, is_young=is_young)
        or rules.refuse_buried(merge.kept_name, is_merged_further=kept.same_as_id is not None)
    )
    _say(merged, None)
    merging.move_back(merge.moved, merged, kept)
    merge.undone = clock.now()
    merge.save(update_fields=["undone"])
    tell(merged.address, kept.address, merged=merge.merged_name, kept=merge.kept_name)
    return merge


def _say(word: Word, meant: Any) -> None:
    word.same_as = meant
    word.revision += 1
    word.save(update_fields=["same_as", "revision"])


def _own_name(word: Word) -> str:
    return str(word)[:200]
