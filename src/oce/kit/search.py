"""One search over everything: people and groups, things, lots and codes, kinds, work, plans and agreements.

What is found in a class is its own question to the index of words (`oce.kit.words`), narrowed to what the reader may see
within that question, so that nothing is crowded out by what somebody else may see. Of a word that thousands of records
hold, the newest are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When

from oce.kit.actor import seen_by
from oce.kit.records import ADDRESS_LENGTH_MAX, Record, found_by_reference, read_uid, record_models
from oce.kit.words import holding, words_in
from oce.vf.refusals import Refusal, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oce.kit.actor import Actor

TEXT_LENGTH_MAX = 200
# Of each class so many are shown, of so many that are looked at.
SHOWN_MAX = 8
LOOKED_AT_MAX = 1_000
EXACT, BEGINS, HOLDS = range(3)
TOO_LONG = gettext_noop(
    "A text of {length} characters is too long to be searched for; at most {most} are. Type a few words of it."
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one class, the likeliest first; `has_more` where there is more than that."""

    model: type[Record]
    records: tuple[Record, ...]
    has_more: bool = False
    is_exact: bool = False


def sought_classes() -> list[type[Record]]:
    """Return the classes that the search over everything looks for, in the order of the apps."""
    return [model for model in record_models() if model.is_sought]


def refuse_long(text: str) -> list[Refusal]:
    """What is typed into a field of search is short."""
    if len(text) <= ADDRESS_LENGTH_MAX if read_uid(text) else len(text) <= TEXT_LENGTH_MAX:
        return []
    return [Refusal("search.too_long", TOO_LONG, "text", length=len(text), most=TEXT_LENGTH_MAX)]


def found(actor: Actor, text: str, shown: int = SHOWN_MAX) -> list[Found]:
    """Return what holds the words of `text`, by class; or the one record that an identifier, an address or a QR code means.

    One question for each class that is sought.

    Raises:
        Refused: `search.too_long`.
    """
    text = text.strip()
    refuse_if(refuse_long(text))
    meant = _meant(actor, text)
    if meant is not None:
        return [Found(type(meant), (meant,), is_exact=True)]
    return list(_holding(actor, text, shown)) if words_in(text) else []


def the_one(all_found: list[Found]) -> Record | None:
    """Return the record that is called just what was typed, where it is the only one found: nobody needs a list of one."""
    if len(all_found) == 1 and all_found[0].is_exact and len(all_found[0].records) == 1:
        return all_found[0].records[0]
    return None


def _meant(actor: Actor, text: str) -> Record | None:
    if read_uid(text) is None and "://" not in text:
        return None
    for model in sought_classes():
        record = found_by_reference(model, [text]).get(text)
        if record is not None:
            return seen_by(actor, model.every()).filter(pk=record.pk).first()
    return None


def _holding(actor: Actor, text: str, shown: int) -> Iterator[Found]:
    for model in sought_classes():
        held = seen_by(actor, model.every()).filter(holding(model, text, newest=LOOKED_AT_MAX))
        ranked = held.annotate(rank=_rank(model, text)).order_by("rank", "-id")
        records = list(ranked[: shown + 1])
        if records:
            is_exact = vars(records[0])["rank"] == EXACT
            yield Found(model, tuple(records[:shown]), len(records) > shown, is_exact)


def _rank(model: type[Record], text: str) -> Case:
    """Return how near a record is: called or coded so, begins so, or holds the words somewhere."""
    is_called, begins = Q(), Q()
    for name in model.searched:
        is_called |= Q(**{f"{name}__iexact": text})
        begins |= Q(**{f"{name}__istartswith": text})
    return Case(
        When(is_called, then=Value(EXACT)),
        When(begins, then=Value(BEGINS)),
        default=Value(HOLDS),
        output_field=IntegerField(),
    )
