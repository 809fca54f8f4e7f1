"""Questions of the console in GraphQL, each answered to those who look after the house alone."""

from __future__ import annotations

from typing import Any

from oce.apps.node import merging, queries, state
from oce.apps.node.graphql.shapes import AlikeType, BackupType, EffectType, JobType, LineType, MergeType, WellbeingType
from oce.apps.node.models import Backup
from oce.kit.actor import Power, refuse_powerless
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional
from oce.kit.graphql.schema import ROOTS
from oce.kit.journal_search import Sought, found, told_to
from oce.vf.refusals import refuse_if

LISTED_MAX = 100


def for_administrators(info: Any) -> None:
    """Refuse whoever does not look after the whole house."""
    refuse_if(refuse_powerless(info.context.actor, Power.ADMINISTER))


def _wellbeing(_root: None, info: Any) -> state.Wellbeing:
    for_administrators(info)
    return state.wellbeing()


def _jobs(_root: None, info: Any) -> Any:
    for_administrators(info)
    return list(state.jobs_in_trouble()[:LISTED_MAX])


def _backups(_root: None, info: Any) -> Any:
    for_administrators(info)
    return list(Backup.objects.order_by("-id")[:LISTED_MAX])


def _merges(_root: None, info: Any) -> Any:
    for_administrators(info)
    return list(queries.merges(LISTED_MAX))


def _alike(_root: None, info: Any) -> list[queries.Alike]:
    for_administrators(info)
    return [group for model in merging.word_models() for group in queries.vocabulary(model).alike]


def _effects(_root: None, info: Any, *, merged: str) -> list[merging.Affected]:
    for_administrators(info)
    return merging.affected_by(queries.word(merged, "merged"))


def _journal(  # noqa: PLR0913 (each is an argument of the query)
    _root: None,
    info: Any,
    *,
    who: str | None = None,
    what: str | None = None,
    since: str | None = None,
    until: str | None = None,
    record: str | None = None,
    before: str | None = None,
) -> Any:
    sought = Sought(who or "", what or "", since or "", until or "", record or "")
    refuse_if(sought.refusals())
    lines = found(told_to(info.context.actor), sought)
    if before and before.isdecimal() and len(before) < 19:
        lines = lines.filter(id__lt=int(before))
    return list(lines[:LISTED_MAX])


for field in (
    asked_field("wellbeing", WellbeingType, _wellbeing, "How the house is, for those who look after it."),
    asked_field("jobsInTrouble", many(JobType), _jobs, "Work that failed and is not done, what was given up first."),
    asked_field("backups", many(BackupType), _backups, "The backups, newest first."),
    asked_field("merges", many(MergeType), _merges, "Which words were merged, the latest first."),
    asked_field("alikeWords", many(AlikeType), _alike, "Words that look like the same word written more than once."),
    asked_field(
        "mergeEffects",
        many(EffectType),
        _effects,
        "What would change if a word were merged into another.",
        [argument("merged", str, "The word that would be merged: its identifier or address.")],
    ),
    asked_field(
        "journal",
        many(LineType),
        _journal,
        "The journal, newest first, a hundred lines at once: all for those who look after the house, others their own.",
        [
            argument("who", optional(str), "Letters of a name."),
            argument("what", optional(str), "The name of a command: `events.record_event`."),
            argument("since", optional(str), "The first day: 2026-11-23."),
            argument("until", optional(str), "The last day."),
            argument("record", optional(str), "The address or identifier of a record."),
            argument("before", optional(str), "The number of the line to go on from."),
        ],
    ),
):
    add_field(ROOTS["Query"], field)
