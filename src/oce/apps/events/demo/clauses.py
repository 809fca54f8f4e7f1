"""What a sentence about events is made of: who, a verb, things, and phrases such as `from lot W-1` or `to Stone Mill`.

Stone Mill transfers 200 kg of flour from lot F-1 to Hearth Bakery under "Flour in September"
└ who      └ verb    └ thing         └ phrase     └ phrase         └ phrase
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from oce.kit.testing.sentences import NotUnderstood

VERBS = {
    "begins with": "raise",
    "raises": "raise",
    "lowers": "lower",
    "loses": "lower",
    "produces": "produce",
    "harvests": "produce",
    "consumes": "consume",
    "uses": "use",
    "works": "work",
    "cites": "cite",
    "delivers": "deliverService",
    "picks up": "pickup",
    "drops off": "dropoff",
    "accepts": "accept",
    "gives back": "modify",
    "puts": "combine",
    "takes": "separate",
    "hands over": "transferCustody",
    "gives up all rights in": "transferAllRights",
    "transfers": "transfer",
    "pays": "transfer",
    "moves": "move",
    "copies": "copy",
}
"""The words of stories for the verbs of the standard."""

# A word that begins a phrase does so only before what that phrase can hold, so that names may contain it.
_PHRASES = {
    "out of": r"(?= )",
    "into": r"(?= )",
    "from lot": r"(?= )",
    "as lot": r"(?= )",
    "of lot": r"(?= )",
    "in lot": r"(?= )",
    "from": r"(?= )",
    "to": r"(?= )",
    "at": r"(?= )",
    "called": r"(?= )",
    "in state": r"(?= )",
    "in return under": r"(?= \x00)",
    "under": r"(?= \x00)",
    "in return": r"(?=$| )",
    "in": r"(?= \x00)",
    "for": r"(?= [\d\x00])",
    "on": r"(?= \d)",
    "noting": r"(?= \x00)",
}
_PHRASE = re.compile(r"(?:^| )(?:" + "|".join(f"(?:{word}{after})" for word, after in _PHRASES.items()) + ")")
_LOTS = {"from lot", "as lot", "of lot", "in lot"}
_VERB = re.compile(
    rf"(?:(?P<who>.+?) )?(?P<verb>{'|'.join(sorted(VERBS, key=len, reverse=True))}) (?P<rest>.+)", re.DOTALL
)
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
_NEXT_THING = re.compile(r",? and (?=\d[\d,.]* )|, (?=\d[\d,.]* )")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that flows, and the phrases that say more about it."""

    text: str
    phrases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Context:
    """What a heading says of every item of its list: whose doing it is, and phrases."""

    who: str | None = None
    phrases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence about events: an action, and the things it happens to."""

    who: str | None
    action: str
    things: tuple[Thing, ...]


def clause(text: str) -> Clause:
    """Return what a sentence about events says.

    Raises:
        NotUnderstood: when it has no verb.
    """
    masked, quoted = _masked(text)
    found = _VERB.fullmatch(masked)
    if found is None:
        message = "nobody taught a sentence like this"
        raise NotUnderstood(message)
    things = [_thing(each, quoted) for each in _NEXT_THING.split(found["rest"])]
    return Clause(found["who"], VERBS[found["verb"]], tuple(things))


def context(text: str) -> Context:
    """Return what a heading such as `Stone Mill, in "Milling on Friday"` says; `Together` is nobody's doing."""
    masked, quoted = _masked(text)
    thing = _thing(masked.replace(", ", " "), quoted)
    return Context(None if thing.text == "Together" else thing.text, thing.phrases)


def _thing(text: str, quoted: list[str]) -> Thing:
    found = list(_PHRASE.finditer(text))
    ends = [*(each.start() for each in found[1:]), len(text)][: len(found)]
    phrases: dict[str, str] = {}
    for each, end in zip(found, ends, strict=True):
        word = each[0].strip()
        phrases["lot" if word in _LOTS else word] = _unmasked(text[each.end() : end], quoted)
    return Thing(_unmasked(text[: found[0].start()] if found else text, quoted), phrases)


def _masked(text: str) -> tuple[str, list[str]]:
    """Return the text with what stands in quotation marks put aside, so that no word in it is taken for a phrase."""
    quoted: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        quoted.append(found[1] or found[2] or "")
        return f"\x00{len(quoted) - 1}\x00"

    return _QUOTED.sub(put_aside, text), quoted


def _unmasked(text: str, quoted: list[str]) -> str:
    return re.sub(r"\x00(\d+)\x00", lambda found: quoted[int(found[1])], text).strip(" ,")


def parts_of(text: str) -> Iterator[Thing]:
    """Yield the things of a list such as `290 kg of flour in lot F-1 and 3 crates`."""
    masked, quoted = _masked(text)
    yield from (_thing(each, quoted) for each in _NEXT_THING.split(masked))
