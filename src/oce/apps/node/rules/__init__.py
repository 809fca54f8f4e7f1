"""What is forbidden at the console, and which words look alike."""

from __future__ import annotations

from oce.vf.refusals import Refusal, gettext_noop

ITSELF = gettext_noop("{name} cannot be merged into itself. Choose another one to keep.")
OTHER_CLASS = gettext_noop("{merged} is not of the same class as {kept}. Only words of one class can be merged.")
MERGED_ALREADY = gettext_noop("{name} was merged into {kept} before. Take that back first, or choose {kept}.")
STANDARD = gettext_noop("{name} is a word that every house has, and stays. Keep it, and merge the other one into it.")
OTHER_POWERS = gettext_noop(
    "Who is {merged} may not do the same as who is {kept}, or not in the same groups. Change one of the two roles first."
)
WITHIN = gettext_noop("{kept} stands under {merged}. Put {kept} somewhere else first, or keep {merged}.")
TOO_MANY = gettext_noop(
    "More than {most} records say {name}. So many are not moved at once; keep {name}, and merge the other one into it."
)
TOO_OLD = gettext_noop("This merge was more than {days} days ago, and stays. Change single records instead.")
UNDONE = gettext_noop("This merge was taken back already. There is nothing left to take back.")
MERGED_FURTHER = gettext_noop("{kept} was itself merged into another word since. Take that merge back first.")


def refuse_itself(name: str, *, is_same: bool) -> list[Refusal]:
    """Two words are merged, not one."""
    return [Refusal("node.merged_into_itself", ITSELF, "kept", name=name)] if is_same else []


def refuse_other_class(merged: str, kept: str, *, is_same: bool) -> list[Refusal]:
    """A tag does not become a role."""
    return [] if is_same else [Refusal("node.other_class", OTHER_CLASS, "kept", merged=merged, kept=kept)]


def refuse_merged_already(name: str, field: str, kept: str | None) -> list[Refusal]:
    """A word that is another word for something is neither merged nor kept."""
    return [] if kept is None else [Refusal("node.merged_already", MERGED_ALREADY, field, name=name, kept=kept)]


def refuse_standard(name: str, *, is_standard: bool) -> list[Refusal]:
    """The words that every house begins with stay."""
    return [Refusal("node.standard_word", STANDARD, "merged", name=name)] if is_standard else []


def refuse_other_powers(merged: str, kept: str, *, is_same: bool) -> list[Refusal]:
    """Nobody gets or loses a right because two roles are called alike."""
    return [] if is_same else [Refusal("node.other_powers", OTHER_POWERS, "kept", merged=merged, kept=kept)]


def refuse_within(merged: str, kept: str, *, is_within: bool) -> list[Refusal]:
    """A tag is not merged into one that stands under it, since that would then stand under itself."""
    return [Refusal("node.merged_into_narrower", WITHIN, "kept", merged=merged, kept=kept)] if is_within else []


def refuse_too_many(name: str, count: int, most: int) -> list[Refusal]:
    """So many records are moved at once that all can be moved back."""
    return [Refusal("node.too_many_to_merge", TOO_MANY, "merged", name=name, most=most)] if count > most else []


def refuse_late_undoing(days: int, *, is_undone: bool, is_young: bool) -> list[Refusal]:
    """A merge is taken back once, and within its time."""
    if is_undone:
        return [Refusal("node.undone_already", UNDONE)]
    return [] if is_young else [Refusal("node.merge_too_old", TOO_OLD, days=days)]


def refuse_buried(kept: str, *, is_merged_further: bool) -> list[Refusal]:
    """Of merges that build upon each other, the last is taken back first."""
    return [Refusal("node.merged_further", MERGED_FURTHER, kept=kept)] if is_merged_further else []


# Below this share of the disk, or this many bytes, there is soon no room to write.
FREE_SHARE_MIN = 0.05
FREE_BYTES_MIN = 1024**3
BACKUP_DAYS_MAX = 7
TEST_DAYS_MAX = 31


def worries(  # noqa: PLR0913 (all that a look at the house takes in)
    *,
    is_well: bool,
    given_up: int,
    worker_was_heard: bool,
    free_bytes: int,
    disk_bytes: int,
    backup_days: int | None,
    test_days: int | None,
) -> tuple[str, ...]:
    """Return what is to be looked at, the worst first: `unwell`, `disk`, `given_up`, `no_worker`, `backup`, `test`."""
    found = (
        ("unwell", not is_well),
        ("disk", free_bytes < FREE_BYTES_MIN or free_bytes < disk_bytes * FREE_SHARE_MIN),
        ("given_up", given_up > 0),
        ("no_worker", is_well and not worker_was_heard),
        ("backup", backup_days is None or backup_days > BACKUP_DAYS_MAX),
        ("test", backup_days is not None and (test_days is None or test_days > TEST_DAYS_MAX)),
    )
    return tuple(name for name, is_so in found if is_so)
