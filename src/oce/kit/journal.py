"""Who did what when, in sentences people can read; and the answers to wishes that carried a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oce.kit import clock
from oce.kit.rows import insert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oce.kit.actor import Actor

SUBJECTS_MAX = 50

_sentences: dict[str, str] = {}


def learn_sentence(command: str, sentence: str) -> None:
    """Know from now on how to tell of a command; commands do this when they are declared."""
    _sentences[command] = sentence


def sentence_of(command: str) -> str:
    """Return the journal sentence of a command; of one that no longer exists, its name."""
    return _sentences.get(command, command)


class JournalLine(models.Model):
    """One wish that was granted: who, when, which command, on what, and the words to tell it."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=200)
    agent = models.BigIntegerField(null=True)
    command = models.CharField(_("command"), max_length=100)
    subjects = models.JSONField(_("what"), default=list)
    words = models.JSONField(default=dict)

    class Meta:
        """Newest last; looked up by time, by person and by command."""

        indexes = [
            models.Index(fields=["at"], name="journal_by_time"),
            models.Index(fields=["agent", "id"], name="journal_by_agent"),
            models.Index(fields=["command", "id"], name="journal_by_command"),
        ]

    def __str__(self) -> str:
        """Return the sentence, in the reader's language."""
        return self.sentence

    @property
    def sentence(self) -> str:
        """The line as a person reads it."""
        return f"{self.actor}: {gettext(sentence_of(self.command)).format_map(_Words(self.words))}"


class _Words(dict[str, Any]):
    """Words of an old line that a newer sentence may not find."""

    def __missing__(self, key: str) -> str:
        return f"({key})"


class Answer(models.Model):
    """What a wish with an idempotency key led to, so that a retry gets the same answer."""

    id = models.BigAutoField(primary_key=True)
    actor = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    command = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    result = models.JSONField(null=True)

    class Meta:
        """One answer per actor and key."""

        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="one_answer_per_actor_and_key")]

    def __str__(self) -> str:
        """Return the key and the command it was used for."""
        return f"{self.key}: {self.command}"


def write_line(actor: Actor, command: str, subjects: list[str], words: Mapping[str, object]) -> None:
    """Write one line of the journal in the running transaction; of many subjects, the first fifty are named."""
    told = {name: word if isinstance(word, int) else str(word) for name, word in words.items()}
    insert(
        JournalLine,
        ("at", "actor", "agent", "command", "subjects", "words"),
        [(clock.now(), actor.name, actor.agent, command, subjects[:SUBJECTS_MAX], told)],
    )
