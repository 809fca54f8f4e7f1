"""Questions about what is attached: of one record, the pictures of many, and who may see a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from oce.apps.documents.models import OPEN_ROLES, Attachment, DocumentRole
from oce.kit import access
from oce.kit.actor import Actor, Power, seen_by
from oce.kit.records import Record, record_model
from oce.vf.refusals import Refusal


def attachments_of(actor: Actor, record: Record) -> list[Attachment]:
    """Return what is attached to a record that the actor sees, the oldest first; to strangers what is for everybody."""
    return attachments_of_many(actor, [record.uid]).get(record.uid, [])


def attachments_of_many(actor: Actor, uids: Collection[UUID]) -> dict[UUID, list[Attachment]]:
    """Return what is attached to records that the actor sees, by identifier, in one statement."""
    found: dict[UUID, list[Attachment]] = {}
    for each in Attachment.objects.filter(about_uid__in=uids).order_by("id"):
        if each.is_open or actor.may(Power.READ):
            found.setdefault(each.about_uid, []).append(each)
    return found


def pictures_of(records: Iterable[Record]) -> dict[UUID, Attachment]:
    """Return the first photo of each record that has one, by identifier, in one statement."""
    uids = [record.uid for record in records]
    photos = Attachment.objects.filter(about_uid__in=uids, role=DocumentRole.PHOTO).exclude(small="").order_by("id")
    found: dict[UUID, Attachment] = {}
    for photo in photos:
        found.setdefault(photo.about_uid, photo)
    return found


def attach_url(record: Record) -> str:
    """Return the address of what is attached to a record, where more can be attached."""
    return f"/documents/to/{record.kind()}/{record.uid}"


def about(actor: Actor, kind: str, uid: UUID) -> Record | None:
    """Return the record of a kind and identifier where the actor sees it, or None."""
    model = record_model(kind)
    return None if model is None else seen_by(actor, model.every()).filter(uid=uid).first()


def attachment_seen(actor: Actor, uid: UUID) -> Attachment | None:
    """Return an attachment where the actor sees its record, or None: the same for one that does not exist."""
    found = Attachment.objects.filter(uid=uid).first()
    if found is None or (found.role not in OPEN_ROLES and not actor.may(Power.READ)):
        return None
    return found if about(actor, found.about_kind, found.about_uid) is not None else None


def refuse_attaching(actor: Actor, record: Record) -> list[Refusal]:
    """Return why the actor may not attach anything to a record, or nothing where they may."""
    return access.refuse_writing(actor, record)
