"""What the console answers with: merges, backups, work that waits, lines of the journal, and the house's health."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import Any

import strawberry

from oce.apps.node import backing_up
from oce.kit.graphql.fields import many, optional, read_field, replace_fields


@strawberry.type(name="Merge", description="That one word was merged into another.")
class MergeType:
    """The fields are read from the row."""


@strawberry.type(name="MergeEffect", description="What a merge does at one place.")
class EffectType:
    """The fields are read from what is counted."""


@strawberry.type(name="AlikeWords", description="Words of one class that look like the same word.")
class AlikeType:
    """The fields are read from the group."""


@strawberry.type(name="Word", description="A kind, a tag or a role.")
class WordType:
    """The fields are read from the record."""


@strawberry.type(name="Backup", description="Everything in one file, made at the console or at the shell.")
class BackupType:
    """The fields are read from the row."""


@strawberry.type(name="Job", description="Work that waits, or failed.")
class JobType:
    """The fields are read from the row."""


@strawberry.type(name="JournalLine", description="One wish that was granted.")
class LineType:
    """The fields are read from the row."""


@strawberry.type(name="Wellbeing", description="How the house is.")
class WellbeingType:
    """The fields are read from the state."""


@strawberry.type(name="RolesDecided", description="In how many groups it was decided what somebody is.")
class DecidedType:
    """The fields are read from the answer of the command."""


def _file_url(backup: Any) -> str | None:
    return f"/node/backups/{backup.uid}" if backing_up.path_of(backup) is not None else None


def _house(name: str) -> Any:
    return lambda found: found.house.get(name)


def _options(name: str) -> Any:
    return lambda each: str(getattr(each.place.model._meta, name))  # noqa: SLF001 (Django's documented model API)


_FIELDS: dict[Any, list[Any]] = {
    MergeType: [
        read_field("id", strawberry.ID, lambda each: str(each.uid), "Its identifier."),
        read_field("kind", str, attrgetter("kind"), "The class of both, as it stands in addresses."),
        read_field("merged", str, attrgetter("merged_name"), "The word that was merged."),
        read_field("kept", str, attrgetter("kept_name"), "The word that was kept."),
        read_field("who", str, attrgetter("actor"), "Who merged them."),
        read_field("at", datetime, attrgetter("at"), "When."),
        read_field("count", int, attrgetter("count"), "How many records were moved."),
        read_field("until", datetime, attrgetter("until"), "Until when it can be taken back."),
        read_field("undone", optional(datetime), attrgetter("undone"), "When it was taken back."),
    ],
    EffectType: [
        read_field("records", str, _options("verbose_name_plural"), "Which records."),
        read_field("property", str, attrgetter("place.column"), "The property by which they say the word."),
        read_field("count", int, attrgetter("count"), "How many, counted no further than ten thousand and one."),
        read_field("isMoved", bool, attrgetter("place.is_moved"), "Whether they are moved, as events are not."),
    ],
    WordType: [
        read_field("id", strawberry.ID, lambda each: str(each.uid), "Its identifier."),
        read_field("name", str, str, "What it is called."),
        read_field("address", str, attrgetter("address"), "Its address."),
    ],
    AlikeType: [
        read_field("kind", str, lambda each: each.model.kind(), "The class of the words, as it stands in addresses."),
        read_field("words", many(WordType), lambda each: list(each.words), "The words, by name."),
    ],
    BackupType: [
        read_field("id", strawberry.ID, lambda each: str(each.uid), "Its identifier."),
        read_field("who", str, attrgetter("actor"), "Who asked for it."),
        read_field("asked", datetime, attrgetter("asked"), "When it was asked for."),
        read_field("done", optional(datetime), attrgetter("done"), "When it was there, or had failed."),
        read_field("file", str, attrgetter("file"), "The name of its file."),
        read_field("size", str, lambda each: str(each.size), "How many bytes it has."),
        read_field("state", str, attrgetter("state"), "`waiting`, `done` or `failed`."),
        read_field("testState", str, attrgetter("test_state"), "`none`, `waiting`, `good` or `bad`."),
        read_field("fault", str, lambda each: each.fault or each.test_fault, "Why it failed, or its test."),
        read_field("rows", str, lambda each: str(each.rows), "How many rows the last good test read back."),
        read_field("url", optional(str), _file_url, "Where the file can be fetched from."),
    ],
    JobType: [
        read_field("id", strawberry.ID, lambda each: str(each.pk), "Its number."),
        read_field("worker", str, attrgetter("worker"), "Which work it is."),
        read_field("made", datetime, attrgetter("made"), "When it was asked for."),
        read_field("due", datetime, attrgetter("due"), "When it is tried next."),
        read_field("tries", int, attrgetter("tries"), "How often it was tried."),
        read_field("isGivenUp", bool, attrgetter("is_given_up"), "Whether nobody tries it again by itself."),
        read_field("fault", str, attrgetter("fault"), "Why it failed last."),
    ],
    LineType: [
        read_field("id", strawberry.ID, lambda each: str(each.pk), "Its number."),
        read_field("at", datetime, attrgetter("at"), "When."),
        read_field("who", str, attrgetter("actor"), "Who."),
        read_field("command", str, attrgetter("command"), "The command."),
        read_field("sentence", str, attrgetter("sentence"), "What was done, in words."),
        read_field("subjects", many(str), attrgetter("subjects"), "The addresses of what it was about."),
    ],
    WellbeingType: [
        read_field("isWell", bool, _house("is_well"), "Whether everything works."),
        read_field("worries", many(str), lambda found: list(found.worries), "What to look at, the worst first."),
        read_field("version", str, attrgetter("version"), "The version of this software."),
        read_field("database", str, attrgetter("database"), "The database and its version."),
        read_field("databaseBytes", str, lambda found: str(found.database_bytes), "How much it takes."),
        read_field("freeBytes", str, lambda found: str(found.free_bytes), "How much room the disk has left."),
        read_field("migrationsWaiting", int, _house("migrations_waiting"), "How many migrations wait."),
        read_field("jobsWaiting", int, _house("jobs_waiting"), "How much work waits."),
        read_field("jobsGivenUp", int, _house("jobs_given_up"), "How much work was given up."),
        read_field(
            "workerSilentSeconds", optional(int), _house("worker_silent_seconds"), "How long the worker was not heard."
        ),
        read_field("eventsNotInFiles", int, attrgetter("lag"), "How many events are newer than the ledger's files."),
        read_field("lastBackup", optional(BackupType), attrgetter("last_backup"), "The last backup."),
        read_field("lastTest", optional(BackupType), attrgetter("last_test"), "The last that could be read back."),
    ],
    DecidedType: [read_field("count", int, attrgetter("count"), "In how many groups something changed.")],
}
for described, fields in _FIELDS.items():
    replace_fields(described.__strawberry_definition__, fields)
