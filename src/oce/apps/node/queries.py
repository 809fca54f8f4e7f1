"""Questions at the console: words that look alike, what a merge would do, and which merges there were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from oce.apps.agents.models import AgentRelationshipRole
from oce.apps.agents.rules import STANDARD_ROLES as RELATIONSHIP_ROLES
from oce.apps.knowledge.models import Classification
from oce.apps.knowledge.queries import tags_above
from oce.apps.members.models import STANDARD_ROLES, Role
from oce.apps.node import merging, rules
from oce.apps.node.models import Merge
from oce.apps.node.rules import likeness
from oce.kit.records import found_by_reference, record_model
from oce.kit.synonyms import Word, in_use
from oce.kit.writing import refuse_unknown
from oce.vf.refusals import Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Of more words than this, the page looks for likeness among the first by name, and says so.
WORDS_MAX = 5_000
GROUPS_MAX = 50


@dataclass(frozen=True, slots=True)
class Alike:
    """Words of one class that look like one word written more than once."""

    model: type[Word]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one class, by name, and those among them that look alike."""

    model: type[Word]
    count: int
    is_cut: bool
    alike: tuple[Alike, ...]


def name_column(model: type[Word]) -> str:
    """Return the property by which a class of words is named."""
    return model.columns[0]


def vocabulary(model: type[Word]) -> Vocabulary:
    """Return what there is of a class of words; two statements."""
    column = name_column(model)
    named: list[tuple[int, str]] = list(
        in_use(model.every()).order_by(column, "id").values_list("pk", column)[: WORDS_MAX + 1]
    )
    groups = likeness.alike(named[:WORDS_MAX])[:GROUPS_MAX]
    found: dict[int, Any] = model.every().in_bulk([key for group in groups for key in group])
    alike = tuple(Alike(model, tuple(found[key] for key in group)) for group in groups)
    return Vocabulary(model, min(len(named), WORDS_MAX), len(named) > WORDS_MAX, alike)


def words(model: type[Word], sought: str, limit: int) -> Sequence[Word]:
    """Return the words of a class by name, those whose name holds some letters where such are given."""
    column = name_column(model)
    found = in_use(model.every()).order_by(column, "id")
    if sought:
        found = found.filter(**{f"{column}__icontains": sought})
    return list(found[:limit])


def word(reference: str, field: str, kind: str = "") -> Word:
    """Return the word that an identifier or an address means, whichever class it is of.

    Raises:
        Refused: `kit.unknown_record`.
    """
    models = [model for model in merging.word_models() if kind in {"", model.kind()}]
    for model in models:
        found = found_by_reference(model, [reference]).get(reference)
        if found is not None:
            return found
    raise Refused(refuse_unknown(models[0] if models else Classification, reference, field))


def words_of(merge: Merge) -> tuple[Word, Word]:
    """Return the word that was merged and the one that was kept."""
    model: Any = record_model(merge.kind)
    found = model.every().in_bulk([merge.merged, merge.kept])
    return found[merge.merged], found[merge.kept]


def merges(limit: int) -> Iterable[Merge]:
    """Return the latest merges."""
    return Merge.objects.defer("moved").order_by("-id")[:limit]


def refuse_merging(merged: Word, kept: Word) -> list[Refusal]:
    """Return all that speaks against merging one word into another."""
    is_same_class = type(merged) is type(kept)
    refusals = rules.refuse_other_class(str(merged), str(kept), is_same=is_same_class)
    if refusals:
        return refusals
    refusals = rules.refuse_itself(str(merged), is_same=merged.pk == kept.pk)
    refusals += rules.refuse_merged_already(str(merged), "merged", _kept_name(merged))
    refusals += rules.refuse_merged_already(str(kept), "kept", _kept_name(kept))
    refusals += rules.refuse_standard(str(merged), is_standard=_is_standard(merged))
    refusals += rules.refuse_other_powers(str(merged), str(kept), is_same=_reach(merged) == _reach(kept))
    if isinstance(merged, Classification) and isinstance(kept, Classification):
        is_within = tags_above(kept).filter(pk=merged.pk).exists()
        refusals += rules.refuse_within(str(merged), str(kept), is_within=is_within)
    if refusals:
        return refusals
    count = sum(each.saying(merged).count() for each in merging.places_of(type(merged)) if each.is_moved)
    return rules.refuse_too_many(str(merged), count, merging.MOVED_MAX)


def differences(merged: Word, kept: Word) -> list[str]:
    """Return the names of the columns in which two words of one class differ, beside their names and notes."""
    named = {"id", "uid", "iri", "revision", "same_as", "note", "image", "image_list", "term", name_column(type(kept))}
    return [
        str(field.verbose_name)
        for field in type(merged)._meta.concrete_fields  # noqa: SLF001 (Django's documented model API)
        if field.name not in named and getattr(merged, field.attname) != getattr(kept, field.attname)
    ]


def _kept_name(each: Word) -> str | None:
    return str(each.same_as) if each.same_as_id else None


def _is_standard(each: Word) -> bool:
    return (each.iri or "").startswith((STANDARD_ROLES, RELATIONSHIP_ROLES))


def _reach(each: Word) -> tuple[object, ...]:
    """Return what a word lets people do: two that are merged must not differ in it."""
    if isinstance(each, Role):
        return each.may_record, each.may_coordinate, each.group_id
    return (each.kind_of_role,) if isinstance(each, AgentRelationshipRole) else ()
