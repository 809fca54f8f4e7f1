"""What a document tells of records: each description matched with the class that keeps it, property by property.

Nothing is looked up or written here. References stay references, and what is derived from events (quantities, place,
stage ...) is kept apart as a snapshot: what the resource was at that place of the document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from oce.kit.jsonld import values
from oce.kit.jsonld.classes import DocumentClass, document_classes, implied_names
from oce.kit.jsonld.context import OURS, property_iri
from oce.kit.jsonld.descriptions import OPENING, Description, Parts
from oce.kit.jsonld.told import Reading, Snapshot, Told
from oce.kit.jsonld.tolerance import Tolerance
from oce.kit.properties import RecordProperty, properties_of
from oce.vf import terms
from oce.vf.namespaces import VF
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from datetime import tzinfo

    from oce.kit.records import Record

NOT_BUILT = gettext_noop(
    "The document holds what is not built yet: {names}. Leave it out, or import with "
    "--skip-unknown: then the rest is taken."
)
UNKNOWN = gettext_noop(
    "The document holds what the vocabulary does not know: {names}. Mend the names, or import with --skip-unknown."
)
MISPLACED = gettext_noop(
    "{term} does not belong on {kind} ({id}), but on {places}. Move it there, or import with --skip-unknown."
)
NO_CLASS = gettext_noop("{id} is described without a @type. Say what it is.")
TWO_DESCRIPTIONS = gettext_noop(
    "{id} is described twice and differently: {terms}. Give the second thing an identifier of its own, "
    "or keep one description."
)
NOT_DESCRIBED = gettext_noop(
    "{id} is not described in the document, so what was said of it from the other side was not read: {terms}."
)
LEFT_OUT = gettext_noop("Left out because it is not built yet or not known: {names}.")


def read(found: Iterable[Description], *, zone: tzinfo, skip_unknown: bool) -> Reading:
    """Return what the descriptions tell.

    Raises:
        Refused: with everything that is wrong: what is not built, unknown or misplaced (unless `skip_unknown`), values
            that cannot be read, and identifiers described twice and differently.
    """
    found = list(found)
    reader = _Reader(values.Surroundings(zone, _units(found)))
    for description in found:
        reader.take(description)
    return reader.reading(skip_unknown=skip_unknown)


class _Reader:
    """Collects what is told, and what is wrong with it."""

    def __init__(self, around: values.Surroundings) -> None:
        self.around = around
        self.told: dict[str, Told] = {}
        self.refusals: list[Refusal] = []
        self.unbuilt: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.misplaced: list[Refusal] = []
        self.tolerance = Tolerance()
        self.turned: dict[str, list[dict[str, list[Any]]]] = {}
        # What is described by classes that are not read.
        self.left: set[str] = set()

    def take(self, description: Description) -> None:
        if description.turned:
            self.turned.setdefault(description.id, []).append(description.turned)
        if not description.classes and not description.values:
            return
        self.refusals += values.refuse_relative(description.id, "@id")
        of = self._class_of(description)
        if of is None:
            self.left.add(description.id)
            return
        told = Told(description.id, of, description.place)
        derived: dict[str, Any] = {}
        for iri, given in description.values.items():
            self._read(told, derived, iri, given)
        told.values |= of.complete(told.values)
        if derived:
            told.snapshots.append(Snapshot(description.place, derived))
        self._join(told)

    def reading(self, *, skip_unknown: bool) -> Reading:
        remarks: list[Refusal] = []
        for identity, turned in self.turned.items():
            told = self.told.get(identity)
            if told is not None:
                for each in turned:
                    self._turn(told, each)
            elif identity not in self.left:
                terms_given = ", ".join(sorted({iri.removeprefix(VF) for each in turned for iri in each}))
                remarks.append(
                    Refusal("jsonld.not_described", NOT_DESCRIBED, None, id=identity[:200], terms=terms_given)
                )
        remarks += self.tolerance.remarks()
        if skip_unknown:
            names = _listed(self.unbuilt + self.unknown)
            remarks += [Refusal("jsonld.left_out", LEFT_OUT, None, names=names)] if names else []
            remarks += self.misplaced
        else:
            self._refuse(NOT_BUILT, "jsonld.not_built", self.unbuilt)
            self._refuse(UNKNOWN, "jsonld.unknown_term", self.unknown)
            self.refusals += self.misplaced
        if self.refusals:
            raise Refused(self.refusals)
        return Reading(dict(sorted(self.told.items(), key=lambda item: item[1].place)), remarks)

    def _class_of(self, description: Description) -> DocumentClass | None:
        known = document_classes()
        if not description.classes:
            target = _target(description.under)
            if target is not None:
                return target
            self.refusals.append(Refusal("jsonld.no_class", NO_CLASS, "@type", id=_shown(description.id)))
            return None
        names = [each.removeprefix(VF).removeprefix(OURS) for each in description.classes]
        # Of ours, some were the standard's once (relationships between agents, until 0.16), and documents still say so.
        kept = [
            known[name]
            for name, iri in zip(names, description.classes, strict=True)
            if name in known and iri in {VF + name, known[name].iri}
        ]
        if kept:
            # The most particular one, where a document names a class and what it is a kind of.
            return max(kept, key=lambda each: (bool(each.implied), each.name != "Agent"))
        for name, iri in zip(names, description.classes, strict=True):
            (self.unbuilt if iri == VF + name and name in terms.CLASSES else self.unknown)[name] += 1
        return None

    def _read(self, told: Told, derived: dict[str, Any], iri: str, given: list[Any]) -> None:
        if iri == OPENING:
            told.opening = self._opening(told, given)
            return
        each = self._property(told, iri)
        if each is None:
            return
        try:
            value = values.read(each, given, self.around)
        except Refused as refused:
            self.refusals += [refusal.at(_shown(told.id)) for refusal in refused.refusals]
            return
        if each.is_settable:
            told.values[each.name] = value
        elif each.name in _GIVEN:
            told.given[each.name] = value
        elif not each.is_ours:
            derived[each.name] = value

    def _property(self, told: Told, iri: str) -> RecordProperty | None:
        model, kind, term = told.model, told.of.name, iri.removeprefix(VF)
        meant = self.tolerance.meant(model.vf_class, term)
        found = _by_iri(model).get(iri if meant is None else VF + meant)
        if found is not None or self.tolerance.ignores(model.vf_class, term):
            return found
        if iri == term or term not in terms.PROPERTIES:
            self.unknown[iri.removeprefix(VF).removeprefix(OURS)] += 1
        elif kind in terms.CLASSES and term in terms.CLASSES[kind].properties:
            self.unbuilt[term] += 1
        else:
            self.misplaced.append(_misplaced(told, term))
        return None

    def _opening(self, told: Told, given: list[Any]) -> dict[str, Any]:
        parts = given[0] if given and isinstance(given[0], Parts) else Parts(())
        scratch = Told(told.id, told.of, told.place)
        derived: dict[str, Any] = {}
        for iri, inner in parts.values:
            self._read(scratch, derived, iri, list(inner))
        return derived

    def _join(self, told: Told) -> None:
        """Let a repeated description count once and refuse a different one; a snapshot may leave things out."""
        first = self.told.get(told.id)
        if first is None:
            self.told[told.id] = told
            return
        differing = first.contradicted_by(told)
        if differing:
            self._refuse_two(told, differing)
        else:
            # The class that was named first is kept, with the values of whichever description has some.
            first.join(told)

    def _turn(self, told: Told, turned: Mapping[str, list[Any]]) -> None:
        derived: dict[str, Any] = {}
        for iri, given in turned.items():
            each = self._property(told, iri)
            given = [ref for ref in given if not self._is_misplaced(iri.removeprefix(VF), ref)]  # noqa: PLW2901
            if each is None or not given:
                continue
            try:
                value = values.read(each, given, self.around)
            except Refused as refused:
                self.refusals += [refusal.at(_shown(told.id)) for refusal in refused.refusals]
                continue
            if not each.is_settable:
                derived[each.name] = value
            elif told.values.setdefault(each.name, value) != value:
                self._refuse_two(told, [each.name])
        if derived:
            told.snapshots.append(Snapshot(told.place, derived))

    def _is_misplaced(self, term: str, ref: Any) -> bool:
        """Note an inverse property that stood on a class which does not have it, such as `hasInput` on an event."""
        above = self.told.get(ref.id)
        inverse = terms.PROPERTIES[term].inverse if term in terms.PROPERTIES else None
        if above is None or inverse is None or above.of.name not in terms.CLASSES:
            return False
        if inverse in terms.CLASSES[above.of.name].properties:
            return False
        refusal = _misplaced(above, inverse)
        if refusal not in self.misplaced:
            self.misplaced.append(refusal)
        return True

    def _refuse_two(self, told: Told, differing: list[str]) -> None:
        named = ", ".join(terms.camel(name) for name in differing)
        self.refusals.append(
            Refusal("jsonld.two_descriptions", TWO_DESCRIPTIONS, "@id", id=_shown(told.id), terms=named)
        )

    def _refuse(self, template: str, code: str, counted: Counter[str]) -> None:
        if counted:
            self.refusals.insert(0, Refusal(code, template, None, names=_listed(counted)))


# Derived properties that are taken from a document all the same: when something was written down stays true elsewhere.
_GIVEN = frozenset({"created"})


def _units(found: Iterable[Description]) -> dict[str, str]:
    """Return the identifiers of the units that a document describes, by identifier and by address."""
    units: dict[str, str] = {}
    of = document_classes().get("Unit")
    for description in found if of is not None else ():
        if VF + "Unit" in description.classes:
            texts = {
                each.name: description.values[iri][0]
                for iri, each in _by_iri(of.model).items()  # type: ignore[union-attr]
                if iri in description.values and isinstance(description.values[iri][0], str)
            }
            identifier = ({**texts, **of.complete(texts)}).get("identifier")  # type: ignore[union-attr]
            if identifier:
                units |= {identifier: identifier, description.id: identifier}
    return units


@cache
def _by_iri(model: type[Record]) -> dict[str, RecordProperty]:
    hidden = implied_names(model)
    shown = [each for each in properties_of(model) if each.name not in hidden]
    return {VF + each.term: each for each in shown} | {property_iri(each): each for each in shown}


def _target(under: str | None) -> DocumentClass | None:
    """Return the class that the property above a node without @type leads to, where it leads to one."""
    known = document_classes()
    of = terms.PROPERTIES.get(under.removeprefix(VF)) if under else None
    names = [name for name in (of.range if of else ()) if name in known]
    return known[names[0]] if len(names) == 1 and of is not None and len(of.range) == 1 else None


def _misplaced(told: Told, term: str) -> Refusal:
    places = ", ".join(terms.PROPERTIES[term].domain)
    return Refusal("jsonld.misplaced", MISPLACED, term, term=term, kind=told.of.name, id=_shown(told.id), places=places)


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{name} ({count})" if count > 1 else name for name, count in sorted(counted.items()))


def _shown(identity: str) -> str:
    return identity[:200]
