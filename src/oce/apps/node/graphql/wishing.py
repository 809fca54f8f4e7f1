"""Wishes of the console in GraphQL: the same commands as its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import strawberry
from django.db.models import Model

from oce.apps.agents.models import Agent
from oce.apps.members.models import Role
from oce.apps.node import queries
from oce.apps.node.commands import (
    ask_backup,
    ask_restore_test,
    decide_shortages,
    delete_backup,
    merge_words,
    retry_job,
    send_trial_letter,
    set_roles,
    unmerge_words,
)
from oce.apps.node.graphql.asking import for_administrators
from oce.apps.node.graphql.shapes import BackupType, DecidedType, JobType, MergeType
from oce.apps.node.models import Backup, Merge
from oce.kit.graphql.asking import wished
from oce.kit.graphql.exposed import key_argument
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional
from oce.kit.graphql.schema import ROOTS
from oce.kit.outbox import Job
from oce.kit.records import read_uid
from oce.kit.writing import find
from oce.vf.refusals import Refusal, Refused, gettext_noop

NOT_THERE = gettext_noop("There is nothing with the identifier {id}. Look it up in the list.")
NUMBER_LENGTH_MAX = 18


@strawberry.input(name="RoleInGroupParams", description="What somebody is to be in a group.")
class RoleInput:
    """A group and a role."""

    group: strawberry.ID = strawberry.field(description="The group.")
    role: strawberry.ID | None = strawberry.field(default=None, description="The role; none to end the membership.")


def _of(model: type[Model], wish: Callable[..., Any]) -> Callable[..., Any]:
    """Return what answers a mutation that says nothing but which row it means."""

    def do(_root: None, info: Any, *, id: str, key: str | None = None) -> Any:  # noqa: A002
        return wished(info, wish, _row(info, model, id), key=key)

    return do


def _row(info: Any, model: type[Model], reference: str) -> Any:
    for_administrators(info)
    is_number = reference.isdecimal() and len(reference) <= NUMBER_LENGTH_MAX
    meant = {"pk": int(reference)} if model is Job and is_number else {"uid": read_uid(reference)}
    found = None if meant == {"uid": None} or (model is Job and not is_number) else _first(model, meant)
    if found is None:
        raise Refused(Refusal("node.not_there", NOT_THERE, "id", id=reference[:100]))
    return found


def _first(model: type[Model], meant: dict[str, Any]) -> Any:
    return model._default_manager.filter(**meant).first()  # noqa: SLF001 (Django's documented model API)


def _merge(_root: None, info: Any, *, merged: str, kept: str, key: str | None = None) -> Any:
    for_administrators(info)
    pair = queries.word(merged, "merged"), queries.word(kept, "kept")
    return wished(info, merge_words, *pair, key=key)


def _back_up(_root: None, info: Any, key: str | None = None) -> Any:
    return wished(info, ask_backup, key=key)


def _delete_backup(_root: None, info: Any, *, id: str, key: str | None = None) -> bool:  # noqa: A002
    wished(info, delete_backup, _row(info, Backup, id), key=key)
    return True


def _letter(_root: None, info: Any, *, to: str, key: str | None = None) -> str:
    return wished(info, send_trial_letter, to, key=key).to


def _decide(_root: None, info: Any, *, shortage: str, key: str | None = None) -> int:
    return wished(info, decide_shortages, shortage, key=key).count


def _set_roles(_root: None, info: Any, *, person: str, roles: Sequence[RoleInput], key: str | None = None) -> Any:
    wanted = [
        (find(Agent, str(each.group), "group"), find(Role, str(each.role), "role") if each.role else None)
        for each in roles
    ]
    return wished(info, set_roles, find(Agent, person, "person"), wanted, key=key)


_ID, _KEY = argument("id", strawberry.ID, "Which one."), key_argument()
for field in (
    asked_field(
        "mergeWords",
        optional(MergeType),
        _merge,
        "Make one word of two: what can be changed says the one that is kept, and events are read as if they did.",
        [
            argument("merged", str, "The word that goes: its identifier or address."),
            argument("kept", str, "The word that stays."),
            _KEY,
        ],
    ),
    asked_field("unmergeWords", optional(MergeType), _of(Merge, unmerge_words), "Take a merge back.", [_ID, _KEY]),
    asked_field("askBackup", optional(BackupType), _back_up, "Let everything be written into one file.", [_KEY]),
    asked_field(
        "askRestoreTest",
        optional(BackupType),
        _of(Backup, ask_restore_test),
        "Let a backup be read back into a database of its own.",
        [_ID, _KEY],
    ),
    asked_field("deleteBackup", bool, _delete_backup, "Throw a backup away.", [_ID, _KEY]),
    asked_field(
        "retryJob", optional(JobType), _of(Job, retry_job), "Let work that failed be tried again.", [_ID, _KEY]
    ),
    asked_field(
        "sendTrialLetter",
        str,
        _letter,
        "Send a letter to try out the mail; answers to whom.",
        [argument("to", str, "The e-mail address."), _KEY],
    ),
    asked_field(
        "decideShortages",
        int,
        _decide,
        "Decide for all groups what happens when more is taken than there is; answers how many they are.",
        [argument("shortage", str, "`warn` or `refuse`."), _KEY],
    ),
    asked_field(
        "setRoles",
        optional(DecidedType),
        _set_roles,
        "Decide what a person is in some groups.",
        [
            argument("person", strawberry.ID, "The person."),
            argument("roles", many(RoleInput), "What they are to be, group by group."),
            _KEY,
        ],
    ),
):
    add_field(ROOTS["Mutation"], field)
