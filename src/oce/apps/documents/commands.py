"""Wishes about documents: to attach a file to a record, to say what it is, and to take it off again."""

from __future__ import annotations

from oce.apps.documents import queries, rules
from oce.apps.documents.arrivals import Arrived
from oce.apps.documents.models import Attachment, DocumentRole
from oce.apps.documents.tidying import tidy_soon
from oce.kit import clock
from oce.kit.actor import Actor
from oce.kit.commands import command, tell
from oce.kit.records import Record
from oce.vf.refusals import Refused, gettext_noop, refuse_if

ROLES = [str(role) for role in DocumentRole.values]


@command(says=gettext_noop("attached {name} to {subject}"))
def attach_document(actor: Actor, record: Record, file: Arrived, *, role: str = "", note: str = "") -> Attachment:
    """Attach a file to a record, and return the attachment.

    Args:
        file: what `arrivals.arrived` put into the store.
        role: what it is to the record; a photo where it is a picture and nobody says otherwise.
    """
    refuse_if(queries.refuse_attaching(actor, record))
    role = role or (DocumentRole.PHOTO if file.small else DocumentRole.OTHER)
    known = Attachment.objects.filter(about_uid=record.uid).count()
    refuse_if(rules.refuse_role(role, ROLES), rules.refuse_note(note), rules.refuse_another(record, known))
    tell(record.address, subject=str(record), name=file.name)
    return Attachment.objects.create(
        about_kind=record.kind(),
        about_uid=record.uid,
        role=role,
        name=file.name,
        note=note.strip(),
        media_type=file.media_type,
        digest=file.digest,
        small=file.small,
        size=file.size,
        width=file.width,
        height=file.height,
        at=clock.now(),
        actor=actor.name,
    )


@command(says=gettext_noop("described {name} of {subject} anew"))
def describe_document(actor: Actor, attachment: Attachment, *, role: str, note: str) -> Attachment:
    """Say anew what an attachment is to its record."""
    record = _record_of(actor, attachment)
    refuse_if(queries.refuse_attaching(actor, record))
    refuse_if(rules.refuse_role(role, ROLES), rules.refuse_note(note))
    attachment.role, attachment.note = role, note.strip()
    attachment.save(update_fields=["role", "note"])
    tell(record.address, subject=str(record), name=attachment.name)
    return attachment


@command(says=gettext_noop("took {name} off {subject}"))
def take_document_off(actor: Actor, attachment: Attachment) -> None:
    """Take an attachment off its record; the file is thrown away once nothing else holds it."""
    record = _record_of(actor, attachment)
    refuse_if(queries.refuse_attaching(actor, record))
    tell(record.address, subject=str(record), name=attachment.name)
    attachment.delete()
    tidy_soon()


def _record_of(actor: Actor, attachment: Attachment) -> Record:
    record = queries.about(actor, attachment.about_kind, attachment.about_uid)
    if record is None:
        raise Refused(rules.refuse_unknown(str(attachment.uid)))
    return record
