"""What every record is: a row with an address from birth, local or foreign.

The private key `id` is small and never leaves the house; the public identity is `uid` (a time-ordered UUID) and, from
it, the address. A record that was born elsewhere keeps its own address in `iri`; one of which only the address is
known so far is not `is_described`.
"""

from __future__ import annotations

from functools import cache, wraps
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar
from urllib.parse import unquote, urlsplit
from uuid import UUID

import auto_prefetch
from django.apps import apps
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oce.kit.actor import is_seen_by, onlooker
from oce.kit.addresses import house_address, path_in_house
from oce.kit.identifiers import new_uid
from oce.kit.sharing import Visibility
from oce.kit.visibility import VisibilityField
from oce.vf.refusals import gettext_noop
from oce.vf.terms import kebab

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ADDRESS_LENGTH_MAX = 2000
UID_DIGITS = 6
UNSHARED = gettext_noop("something not shared with you")
PORTION = 10_000
# Of so many words of one name, merged into another or not, those that they mean are told apart.
SAME_NAMES_MAX = 50
T = TypeVar("T", bound="Record")
V = TypeVar("V")


class Record(auto_prefetch.Model):
    """A row of the vocabulary, with an address.

    Class attributes say what the kit makes of it: `vf_class` is its class in the vocabulary (or its own name, for
    records of ours); `ours` names properties the vocabulary does not have; `hidden` columns that are no properties;
    `derived` those that follow from events and are never set by hand; `fixed` those that are set once; `columns` those
    a list shows, which may be hidden ones; `searched` those a search looks into; `is_sought` whether the one search over
    everything looks for it; `lent` lists that are properties of the class they lead to, under their `related_name`, and
    kept here because that class lies in an app below. `involves`
    names the references to agents whom a record concerns: they see it, and who may write for one of them may write it;
    `named_by` those that its name is made of, which are read along where many names are told.
    `visibility_default` is who else sees a new one; None leaves that to the house. `keeping` is the power that whoever writes
    it needs, where it is another than the one to record, or to coordinate for what concerns nobody. Of a class that
    `only_grows`, nothing is ever changed.
    """

    vf_class: ClassVar[str]
    measures: ClassVar[tuple[str, ...]] = ()
    ours: ClassVar[tuple[str, ...]] = ()
    hidden: ClassVar[tuple[str, ...]] = ()
    lent: ClassVar[tuple[str, ...]] = ()
    derived: ClassVar[tuple[str, ...]] = ()
    fixed: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[tuple[str, ...]] = ("name",)
    searched: ClassVar[tuple[str, ...]] = ("name", "note")
    is_sought: ClassVar[bool] = False
    involves: ClassVar[tuple[str, ...]] = ()
    named_by: ClassVar[tuple[str, ...]] = ()
    visibility_default: ClassVar[Visibility | None] = Visibility.NETWORK
    keeping: ClassVar[str | None] = None
    only_grows: ClassVar[bool] = False

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(_("identifier"), unique=True, default=new_uid, editable=False)
    iri = models.TextField(_("address elsewhere"), unique=True, null=True, editable=False)  # noqa: DJ001 (none is not "")
    is_described = models.BooleanField(default=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    visibility = VisibilityField(
        _("who may see it"),
        help_text=_("Who may see this: only those whom it concerns, everybody in the network, or everybody."),
    )

    class Meta(auto_prefetch.Model.Meta):
        """Abstract: each record has a table of its own."""

        abstract = True

    def __init_subclass__(cls, **options: Any) -> None:
        """Let a record tell its name only to those who may see it, wherever its name is told."""
        super().__init_subclass__(**options)
        own = cls.__dict__.get("__str__")
        if own is None:
            return

        @wraps(own)
        def told(self: Record) -> str:
            return str(own(self)) if is_seen_by(onlooker(), self) else gettext(UNSHARED)

        cls.__str__ = told  # type: ignore[method-assign, assignment]

    @property
    def address(self) -> str:
        """The one address of this record: its own where it was born elsewhere, else one of this house."""
        return self.iri or local_address(self.kind(), self.uid)

    @property
    def revision_id(self) -> str:
        """The identifier of this version of the record, needed to change or delete it."""
        return f"{self.uid}:{self.revision}"

    @property
    def vf_type(self) -> str:
        """The class of this very record; differs from `vf_class` where one table keeps several classes."""
        return self.vf_class

    @property
    def meant(self) -> Self:
        """What somebody who names this record means: the record itself, but of a word that was merged, the other word."""
        return self

    def unnamed(self) -> str:
        """Return what this record is called without a name: `resource 5f2a9c`, or of another house `lot-7 (farm.example)`."""
        if self.iri:
            place = urlsplit(self.iri)
            last = unquote(place.fragment or place.path.rstrip("/").rpartition("/")[2])
            return f"{last} ({place.hostname})" if last and place.hostname else str(self.iri)
        return f"{self._meta.verbose_name} {self.uid.hex[-UID_DIGITS:]}"

    def in_full(self) -> str:
        """Return what pages call the record, where there is room to name what it refers to."""
        return str(self)

    def involved(self) -> frozenset[int]:
        """Return the private keys of the agents whom this record concerns."""
        keys: set[int | None] = set()
        for name in self.involves:
            if name in _lists_of(type(self)):
                keys.update(each.pk for each in _listed(self, name))
            else:
                keys.add(self.pk if name == "pk" else getattr(self, f"{name}_id"))
        return frozenset(key for key in keys if key is not None)

    def keepers(self) -> frozenset[int]:
        """Return the private keys of those agents of whom one must hold the power to write this record."""
        return self.involved()

    @classmethod
    def kind(cls) -> str:
        """Return the word for this class in addresses: `economic-event`."""
        return kebab(cls.vf_class)

    @classmethod
    def every(cls) -> models.QuerySet[Self]:
        """Return all records of this class in their order of birth."""
        return cls._default_manager.order_by("id")


@cache
def _lists_of(model: type[Record]) -> frozenset[str]:
    """Return the names of the lists of references that a class of records has."""
    return frozenset(field.name for field in model._meta.many_to_many)  # noqa: SLF001 (Django's documented model API)


def _listed(record: Record, name: str) -> Iterable[Record]:
    """Return the records of a list, read for all records that were read together with this one."""
    if name not in getattr(record, "_prefetched_objects_cache", {}):
        peers = getattr(record, "_peers", None)
        models.prefetch_related_objects([record] if peers is None else list(peers.values()), name)
    found: Iterable[Record] = getattr(record, name).all()
    return found


def local_address(kind: str, uid: UUID) -> str:
    """Return the address of a record of this house: `https://coop.example/agreement/0190...`."""
    return f"{house_address()}/{kind}/{uid}"


def record_models() -> Iterator[type[Record]]:
    """Yield the record classes of all installed apps, in the order of the apps."""
    for model in apps.get_models():
        if issubclass(model, Record):
            yield model


def record_model(kind: str) -> type[Record] | None:
    """Return the record class whose addresses carry `kind`, or None."""
    return next((model for model in record_models() if model.kind() == kind), None)


def read_uid(text: str) -> UUID | None:
    """Return the identifier in `text`: a UUID, an address of this house, or a revision of one; None where there is none."""
    text = text.strip()
    path = path_in_house(text)
    if path is not None:
        text = path.rsplit("/", 1)[-1]
    try:
        return UUID(text.partition(":")[0])
    except ValueError:
        return None


def found_by_reference(model: type[T], references: Iterable[str]) -> dict[str, T]:
    """Return the records that `references` (identifiers or addresses) mean, by reference; unknown ones are left out.

    Two queries for every ten thousand references.
    """
    wanted = {reference: read_uid(reference) for reference in references}
    uids = [uid for uid in wanted.values() if uid is not None]
    iris = [reference.strip() for reference, uid in wanted.items() if uid is None]
    by_uid = {record.uid: record for some in _portions(uids) for record in model.every().filter(uid__in=some)}
    by_iri = {record.iri: record for some in _portions(iris) for record in model.every().filter(iri__in=some)}
    found = {
        reference: by_iri.get(reference.strip()) if uid is None else by_uid.get(uid)
        for reference, uid in wanted.items()
    }
    return {reference: record for reference, record in found.items() if record is not None}


def called(model: type[T], text: str) -> list[T]:
    """Return the record that an identifier or an address means, or else those of that name: two at most."""
    found = [record.meant for record in found_by_reference(model, [text]).values()]
    has_name = any(field.name == "name" for field in model._meta.get_fields())  # noqa: SLF001 (Django's documented model API)
    named = model.every().filter(name=text)[:SAME_NAMES_MAX] if has_name and not found else ()
    return found or list({record.meant.pk: record.meant for record in named}.values())[:2]


def _portions(values: Sequence[V]) -> Iterator[Sequence[V]]:
    """Yield the values in portions that a statement of either database can carry."""
    for start in range(0, len(values), PORTION):
        yield values[start : start + PORTION]
