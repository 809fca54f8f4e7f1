"""Gives people, groups, places, kinds and jars of the valley their pictures."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from oce.apps.documents.arrivals import arrived
from oce.apps.documents.commands import attach_document
from oce.apps.resources.models import EconomicResource
from oce.site.valley.drawings import LOOKS, landscape, portrait, thing
from oce.site.valley.people import GROUPS, PEOPLE
from oce.site.valley.places import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oce.kit.actor import Actor
    from oce.kit.records import Record
    from oce.site.valley.directory import Directory


def fill(actor: Actor, directory: Directory) -> None:
    """Attach the pictures; a jar that anybody may read of carries that of its kind."""
    for name, content, records in _pictures(directory):
        file = arrived(f"{name}.jpg", content)
        for record in records:
            attach_document(actor, record, file, note=name)


def _pictures(directory: Directory) -> Iterator[tuple[str, BytesIO, list[Record]]]:
    for person in PEOPLE:
        yield person.name, BytesIO(portrait(person.name)), [directory.agents[person.name]]
    for group in GROUPS:
        yield group.name, BytesIO(landscape(group.name)), [directory.agents[group.name]]
    for place in PLACES:
        if place.within is None:
            yield place.name, BytesIO(landscape(place.name)), [directory.places[place.name]]
    for kind in LOOKS:
        there = EconomicResource.every().filter(conforms_to=directory.kinds[kind], visibility="public")
        jars = [each for each in there.order_by("id") if each.onhand_quantity and each.onhand_quantity.value > 0]
        yield kind, BytesIO(thing(kind)), [directory.kinds[kind], *jars]
