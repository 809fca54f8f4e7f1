"""Plays stories: Markdown for people, in which blocks of plain sentences run through the house's own commands.

A block is fenced as `story`. One sentence stands on a line and ends in a full stop; a longer one goes on in indented lines;
a list of `- ` items under a sentence that ends in a colon is granted whole or not at all. `On 3 September 2026:` sets the
clock, which goes on by a minute a sentence. `Then ...` says what must be so, and `Then it is refused: ...` (a code, or part
of the answer) that the sentence before must not be granted and must leave nothing behind. The other sentences are
taught by the apps (see `sentences`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings

from oce.kit import clock
from oce.kit.actor import Actor, operator
from oce.kit.app import plugs
from oce.kit.identifiers import seeded_by
from oce.kit.records import Record, record_models
from oce.kit.testing.sentences import NotUnderstood, Sentence, Unmet, day, meant, plain_name, sentences_in
from oce.vf.refusals import Refused

T = TypeVar("T", bound=Record)

FENCE = "```"
PACE = timedelta(minutes=1)
_NO_WISH = "there is no sentence before this one that could be refused"
_NO_LIST = "a list follows a sentence that ends in a colon, and no other"
_REFUSED = re.compile(r"Then it is refused: (.+)", re.DOTALL)
_TODAY = re.compile(r"On (.+):")


class StoryFailed(AssertionError):
    """A story is not true: says file, line, sentence, what was expected and what was found."""


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of a story, with the list under it; or a heading."""

    line: int
    text: str
    items: tuple[str, ...] = ()
    is_heading: bool = False


@dataclass(slots=True)
class Story:
    """What the sentences of one story share.

    Attributes:
        now: the moment it has come to.
        last: what the last sentence recorded.
        called: what was given a name.
        sights: what is worth looking at when the story has been played.
        years_earlier: by how many years everything happens earlier than it is told.
    """

    now: datetime
    years_earlier: int = 0
    last: list[Any] = field(default_factory=list)
    called: dict[str, Any] = field(default_factory=dict)
    sights: list[tuple[str, Record]] = field(default_factory=list)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the story's days begin."""
        return ZoneInfo(settings.TIME_ZONE)

    def actor(self, name: str = "story") -> Actor:
        """Return somebody of this name who may do what the story says."""
        return operator(name)

    def named(self, model: type[T], text: str, *, field: str = "name") -> T:
        """Return the record of this name, whatever its capital letters; people may be called by their first name.

        Raises:
            NotUnderstood: when none or several are called so.
        """
        found = self.candidates(model, text, field=field)
        if len(found) == 1:
            return found[0]
        kind = model._meta.verbose_name  # noqa: SLF001 (Django's documented model API)
        message = f"{'several are' if found else 'no'} {kind} {'' if found else 'is '}called “{plain_name(text)}”"
        raise NotUnderstood(message)

    def candidates(self, model: type[T], text: str, *, field: str = "name") -> list[T]:
        """Return the records of this name, whatever its capital letters."""
        # Compared here, and by name alone: databases fold only the letters of English, and whole records are dear.
        wanted = plain_name(text).casefold()
        names = {key: plain_name(str(name)).casefold() for key, name in model.every().values_list("pk", field)}
        if exact := [key for key, name in names.items() if name == wanted]:
            return list(model.every().filter(pk__in=exact))
        first = [key for key, name in names.items() if name.split()[:1] == [wanted]]
        alike = model.every().filter(pk__in=first) if first else ()
        return [each for each in alike if getattr(each, "vf_type", "") == "Person"]

    def unknown(self, model: type[T], names: Iterable[str], *, field: str = "name") -> list[str]:
        """Return those of these names that no record has: another story of the same house may have told of the others."""
        return [name for name in names if not self.candidates(model, name, field=field)]

    def moment(self, text: str) -> datetime:
        """Return the moment that a day such as `3 September` means in this story.

        Raises:
            NotUnderstood: when it is no day.
        """
        found = day(text, in_year(self.now, self.years_earlier), self.zone)
        if found is None:
            message = f"“{text}” is not a day; write it like 3 September, or 3 September 2026, 9:30"
            raise NotUnderstood(message)
        return in_year(found, -self.years_earlier)


def in_year(moment: datetime, years: int) -> datetime:
    """Return the same moment of the year so many years later; the day that only some years have becomes the one before."""
    if (moment.month, moment.day) == (2, 29):
        moment -= timedelta(days=1)
    return moment.replace(year=moment.year + years)


def play(path: Path, tell: Callable[[str], None] = lambda _: None, *, years_earlier: int = 0) -> Story:
    """Play a story into the database at hand and return how it ended.

    Args:
        path: the file.
        tell: is given its headings.
        years_earlier: by how many years everything is to have happened earlier than it is told.

    Raises:
        StoryFailed: at the first sentence that is not understood, not granted or not true.
    """
    sentences = [each for _, module in plugs("demo") for each in sentences_in(module)]
    story = Story(datetime(2026, 1, 1, 8, tzinfo=UTC), years_earlier)
    steps = _steps_in(path)
    # Whoever plays the story again gets the same records at the same addresses.
    with seeded_by(path.stem):
        for step, following in zip(steps, [*steps[1:], None], strict=True):
            if step.is_heading:
                tell(step.text)
                continue
            refused = _REFUSED.fullmatch(following.text) if following is not None else None
            try:
                _take(story, sentences, step, refused[1] if refused else None)
            except NotUnderstood as fault:
                raise StoryFailed(_told(path, step, str(fault))) from None
            except Unmet as unmet:
                raise StoryFailed(_told(path, step, f"expected: {unmet.expected}\n  found:    {unmet.found}")) from None
            except Refused as refusal:
                raise StoryFailed(_told(path, step, f"expected: it is granted\n  found:    {refusal}")) from refusal
    return story


def _steps_in(path: Path) -> list[Step]:
    try:
        return list(steps_of(path.read_text(encoding="utf-8")))
    except NotUnderstood as fault:
        message = f"{path}: {fault}"
        raise StoryFailed(message) from None


def steps_of(text: str) -> Iterator[Step]:
    """Yield the headings of a Markdown text, and the sentences in its story blocks, in their order.

    Raises:
        NotUnderstood: when an item or an indented line does not follow a sentence.
    """
    in_block, in_story = False, False
    waiting: Step | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(FENCE):
            in_block, in_story = not in_block, not in_block and line.removeprefix(FENCE).strip() == "story"
        elif in_story and line.startswith(("  ", "- ")):
            if waiting is None:
                message = f"line {number} belongs to no sentence"
                raise NotUnderstood(message)
            waiting = _longer(waiting, line)
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        if in_story and line.strip() and not line.startswith(FENCE):
            waiting = Step(number, line.strip())
        elif not in_block and line.startswith("#"):
            yield Step(number, line.lstrip("#").strip(), is_heading=True)
    if waiting is not None:
        yield waiting


def _longer(step: Step, line: str) -> Step:
    if line.startswith("- "):
        return Step(step.line, step.text, (*step.items, line.removeprefix("- ").strip()))
    if step.items:
        return Step(step.line, step.text, (*step.items[:-1], f"{step.items[-1]} {line.strip()}"))
    return Step(step.line, f"{step.text} {line.strip()}")


def _take(story: Story, sentences: list[Sentence], step: Step, refused: str | None) -> None:
    """Do what one sentence says, at the story's moment."""
    today = _TODAY.fullmatch(step.text)
    if today:
        story.now = story.moment(today[1])
    elif _REFUSED.fullmatch(step.text):
        # It was looked at together with the sentence before it.
        if not story.called.pop("refused", False):
            raise NotUnderstood(_NO_WISH)
    else:
        with clock.standing_at(story.now):
            if refused is None:
                _run(story, sentences, step)
            else:
                _expect_refusal(story, sentences, step, refused.rstrip("."))
        story.now += PACE


def _run(story: Story, sentences: list[Sentence], step: Step) -> None:
    if step.text.endswith(":") != bool(step.items):
        raise NotUnderstood(_NO_LIST)
    text = step.text if step.items else step.text.removesuffix(".")
    sentence, words = meant(sentences, text)
    items = {"items": [item.removesuffix(".") for item in step.items]} if step.items else {}
    sentence.run(story, **words, **items)


def _expect_refusal(story: Story, sentences: list[Sentence], step: Step, reason: str) -> None:
    before = _written()
    try:
        _run(story, sentences, step)
    except Refused as refused:
        if not any(reason == each.code or reason in each.message for each in refused.refusals):
            raise Unmet(expected=f"refused: {reason}", found=f"refused: {refused}") from None
    else:
        raise Unmet(expected=f"refused: {reason}", found="it was granted")
    if _written() != before:
        raise Unmet(expected="nothing is written", found="records were left behind")
    story.called["refused"] = True


def _written() -> dict[str, int]:
    return {model.__name__: model.every().count() for model in record_models()}


def _told(path: Path, step: Step, fault: str) -> str:
    return f"{path}:{step.line}: {step.text}\n  {fault}"
