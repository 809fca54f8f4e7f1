"""Documents in GraphQL: what is attached to a record of any class, and the wishes about it."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from operator import attrgetter
from typing import Any

import strawberry

from oce.apps.documents import queries, rules
from oce.apps.documents.arrivals import arrived
from oce.apps.documents.commands import attach_document, describe_document, take_document_off
from oce.apps.documents.models import Attachment
from oce.kit.addresses import house_address
from oce.kit.graphql.asking import wished
from oce.kit.graphql.exposed import key_argument
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.scalars import URI
from oce.kit.graphql.schema import ROOTS
from oce.kit.records import Record, read_uid
from oce.vf.refusals import Refusal, Refused, gettext_noop

NOT_BASE64 = gettext_noop("The content of {name} is not in base64. Encode the bytes of the file.")
NO_RECORD = gettext_noop("There is no {kind} {reference}. Give the kind as addresses spell it, and an identifier.")


@strawberry.type(name="Attachment", description="A photo or another file that is attached to a record.")
class AttachmentType:
    """The fields are read from the attachment."""


replace_fields(
    AttachmentType.__strawberry_definition__,  # type: ignore[attr-defined]
    [
        read_field("id", strawberry.ID, lambda each: str(each.uid), "The identifier."),
        read_field("name", str, attrgetter("name"), "What the file is called."),
        read_field("role", str, attrgetter("role"), "What it is: photo, certificate, manual, receipt or other."),
        read_field("note", str, attrgetter("note"), "What it shows or says, in a few words."),
        read_field("mediaType", str, attrgetter("media_type"), "The form of the file."),
        read_field("size", int, attrgetter("size"), "How many bytes the file has."),
        read_field("attached", datetime, attrgetter("at"), "When it was attached."),
        read_field("address", URI, lambda each: house_address() + each.url, "Where the file is."),
    ],
)


def _attachments(_root: None, info: Any, *, kind: str, id: str) -> Sequence[Attachment]:  # noqa: A002
    return queries.attachments_of(info.context.actor, _record(info, kind, id))


def _attach(  # noqa: PLR0913 (each is an argument of the mutation)
    _root: None,
    info: Any,
    *,
    kind: str,
    id: str,  # noqa: A002
    name: str,
    content: str,
    role: str | None = None,
    note: str | None = None,
    key: str | None = None,
) -> Attachment:
    record = _record(info, kind, id)
    file = arrived(name, BytesIO(_decoded(name, content)))
    return wished(info, attach_document, record, file, role=role or "", note=note or "", key=key)


def _describe(_root: None, info: Any, *, id: str, role: str, note: str) -> Attachment:  # noqa: A002
    return wished(info, describe_document, _attachment(info, id), role=role, note=note)


def _take_off(_root: None, info: Any, *, id: str) -> bool:  # noqa: A002
    wished(info, take_document_off, _attachment(info, id))
    return True


def _record(info: Any, kind: str, reference: str) -> Record:
    uid = read_uid(reference)
    record = None if uid is None else queries.about(info.context.actor, kind, uid)
    if record is None:
        raise Refused(Refusal("documents.no_record", NO_RECORD, "id", kind=kind[:60], reference=reference[:200]))
    return record


def _attachment(info: Any, reference: str) -> Attachment:
    uid = read_uid(reference)
    found = None if uid is None else queries.attachment_seen(info.context.actor, uid)
    if found is None:
        raise Refused(rules.refuse_unknown(reference))
    return found


def _decoded(name: str, content: str) -> bytes:
    try:
        return b64decode("".join(content.split()), validate=True)
    except ValueError as fault:
        raise Refused(Refusal("documents.not_base64", NOT_BASE64, "content", name=name[:200])) from fault


_ID = argument("id", strawberry.ID, "The attachment.")
_OF = (
    argument("kind", str, "The kind of the record as addresses spell it: economic-resource."),
    argument("id", strawberry.ID, "The record."),
)
add_field(
    ROOTS["Query"],
    asked_field("attachments", many(AttachmentType), _attachments, "What is attached to a record.", _OF),
)
for field in (
    asked_field(
        "attachDocument",
        optional(AttachmentType),
        _attach,
        "Attach a photo or another file to a record. Larger files are sent by the page.",
        [
            *_OF,
            argument("name", str, "What the file is called."),
            argument("content", str, "The bytes of the file, in base64."),
            argument("role", optional(str), "photo, certificate, manual, receipt or other."),
            argument("note", optional(str), "What it shows or says, in a few words."),
            key_argument(),
        ],
    ),
    asked_field(
        "describeDocument",
        optional(AttachmentType),
        _describe,
        "Say anew what an attachment is.",
        [
            _ID,
            argument("role", str, "photo, certificate, manual, receipt or other."),
            argument("note", str, "What it shows or says, in a few words."),
        ],
    ),
    asked_field("takeDocumentOff", bool, _take_off, "Take an attachment off its record.", [_ID]),
):
    add_field(ROOTS["Mutation"], field)
