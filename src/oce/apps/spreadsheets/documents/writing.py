"""Writes records that were born elsewhere: through the commands of their apps, under their own identities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from oce.apps.resources.models import EconomicResource
from oce.apps.spreadsheets.documents.drafts import identity
from oce.kit import writing
from oce.kit.commands import changer, creator
from oce.kit.jsonld.classes import document_classes
from oce.kit.properties import properties_of
from oce.kit.records import Record
from oce.kit.values import read_values
from oce.vf.refusals import Refusal, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oce.apps.spreadsheets.reports import ImportReport
    from oce.kit.actor import Actor
    from oce.kit.jsonld.told import Told

NO_KIND = gettext_noop("The document does not say what kind of thing {id} is (conformsTo). Say it here when you know.")


def write(actor: Actor, told: Told, values: dict[str, Any], report: ImportReport) -> Record:
    """Store a record as its app's own command would, and give it the identity it has in the document."""
    uid, iri = identity(told.id)
    if iri is not None and told.is_bare and _asks_for_more(told):
        report.named[told.of.name] += 1
        return name_only(told.model, iri, told.of.implied)
    own = {name: value for name, value in (("uid", uid), ("iri", iri), *told.given.items()) if value is not None}
    if told.model is EconomicResource:
        return write_resource(told, values, own, report)
    command = creator(told.model)
    if command is None:
        return writing.create(told.model, values, **own)
    record = cast("Record", command.function(actor, values))
    if own:
        told.model._default_manager.filter(pk=record.pk).update(**own)  # noqa: SLF001
        record.refresh_from_db()
    return record


def write_resource(told: Told, values: dict[str, Any], own: dict[str, Any], report: ImportReport) -> Record:
    """Store a resource; of one from elsewhere the kind may be left open, as the standard's own examples do."""
    plain, refusals = read_values(EconomicResource, values, is_new=True)
    is_kind_open = "iri" in own and "conforms_to" not in values
    refuse_if(refusal for refusal in refusals if not (is_kind_open and refusal.code == "kit.missing"))
    if is_kind_open:
        report.remarks.append(Refusal("documents.no_kind", NO_KIND, "conformsTo", id=told.id[:200]))
    return EconomicResource.objects.create(**plain, **own)


def describe(actor: Actor, record: Record, told: Told, values: dict[str, Any]) -> Record:
    """Fill in a record of which only the address was known, and return it."""
    set_once = {name: value for name, value in values.items() if name in type(record).fixed}
    later = {name: value for name, value in values.items() if name not in set_once}
    plain, refusals = read_values(type(record), values, is_new=True)
    refuse_if(refusal for refusal in refusals if not (told.model is EconomicResource and refusal.code == "kit.missing"))
    for name in set_once:
        setattr(record, name, plain[name])
    for name, value in told.given.items():
        setattr(record, name, value)
    record.is_described = True
    record.save()
    command = changer(type(record))
    if command is None or not later:
        return writing.change(record, None, later)
    return cast("Record", command.function(actor, record, None, later))


def name_only(model: type[Record], address: str, implied: Mapping[str, Any] | None = None) -> Record:
    """Store a record of which nothing is known but its address, and perhaps what its class says of it."""
    if implied is None:
        known = document_classes().get(model.vf_class)
        implied = known.implied if known else {}
    record = model(iri=address, is_described=False, **implied)
    record.save(force_insert=True)
    return record


def _asks_for_more(told: Told) -> bool:
    """Return whether a record of this class needs more than its class to be described, such as a name."""
    needed = (each for each in properties_of(told.model) if each.is_required and each.is_settable)
    return any(each.name not in told.of.implied for each in needed)
