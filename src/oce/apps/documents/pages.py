"""The screens of documents: what is attached to a record, with the form for more; and the files themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oce.apps.documents import queries, rules, store
from oce.apps.documents.arrivals import arrived
from oce.apps.documents.commands import attach_document, describe_document, take_document_off
from oce.apps.documents.models import Attachment, DocumentRole
from oce.kit.access import may_write
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.forms import KEY, fresh_key
from oce.kit.pages.navigation import record_url
from oce.kit.pages.panels import Panel
from oce.kit.pages.requests import Asked
from oce.kit.records import Record, record_models
from oce.kit.security import HEADER, open_to_strangers
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

# A file may not do anything, whatever it is, and wherever somebody opens it.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
KEPT = "private, max-age=86400"
# The kinds of records whose pages ask for photos; to all others they can be attached as well.
ILLUSTRATED = frozenset(
    "agent agreement batch-lot-record economic-event economic-resource plan process process-specification"
    " resource-specification spatial-thing".split()
)
NO_FILE = gettext_noop("No file was chosen. Choose one, or take a photo.")


def attached(request: Asked, record: Record) -> Panel | None:
    """Return what is attached to a record, with the way to attach more; nothing where neither is."""
    found = queries.attachments_of(request.actor, record)
    asks = record.kind() in ILLUSTRATED and may_attach(request, record)
    if not found and not asks:
        return None
    shown = {**shown_of(record, found), "may_attach": asks}
    return Panel(_("Photos and documents"), "documents/panel.html", shown)


def shown_of(record: Record, found: list[Attachment]) -> dict[str, Any]:
    """Return what the list of attachments shows: pictures, and other files."""
    return {
        "record": record,
        "pictures": [each for each in found if each.is_picture],
        "papers": [each for each in found if not each.is_picture],
        "attach_url": queries.attach_url(record),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: Asked, kind: str, uid: UUID) -> HttpResponse:
    """Show what is attached to a record with the form for another file, or attach one and show the record."""
    record = queries.about(request.actor, kind, uid)
    if record is None:
        raise Http404
    faults: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            attachment = _attached(request, record)
        except Refused as refused:
            faults, status = sentences(refused.refusals), status_of(refused.refusals)
        else:
            messages.success(request, _("{name} is attached.").format(name=attachment.name))
            return HttpResponseRedirect(record_url(record))
    shown = {
        **shown_of(record, queries.attachments_of(request.actor, record)),
        "model": type(record),
        "faults": faults,
        "roles": DocumentRole.choices,
        "role": request.POST.get("role", ""),
        "note": request.POST.get("note", ""),
        "key": request.POST.get(KEY) or fresh_key(),
        "may_attach": may_attach(request, record),
        "most": settings.OCE_DOCUMENT_BYTES_MAX // rules.MEGABYTE,
    }
    return render(request, "documents/attach.html", shown, status=status)


def _attached(request: Asked, record: Record) -> Attachment:
    """Return the attachment that was sent.

    Raises:
        Refused: what is wrong with the file, or that none was sent.
    """
    file = request.FILES.get("file")
    if file is None:
        raise Refused(Refusal("documents.no_file", NO_FILE, "file"))
    role, note = request.POST.get("role", ""), request.POST.get("note", "")
    refuse_if(queries.refuse_attaching(request.actor, record))
    arrival = arrived(file.name or "", file)
    wish: Callable[..., Attachment] = attach_document
    return wish(request.actor, record, arrival, role=role, note=note, key=request.POST.get(KEY) or None)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: Asked, uid: UUID) -> HttpResponse:
    """Show what is said of an attachment, say it anew, or take the attachment off."""
    attachment, record = _found(request, uid)
    faults: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            if "take_off" in request.POST:
                take_document_off(request.actor, attachment)
                said = _("{name} is taken off.")
            else:
                note = request.POST.get("note", "")
                describe_document(request.actor, attachment, role=request.POST.get("role", ""), note=note)
                said = _("{name} is described.")
        except Refused as refused:
            faults, status = sentences(refused.refusals), status_of(refused.refusals)
        else:
            messages.success(request, said.format(name=attachment.name))
            return HttpResponseRedirect(record_url(record))
    shown = {
        "record": record,
        "model": type(record),
        "attachment": attachment,
        "roles": DocumentRole.choices,
        "faults": faults,
        "may_attach": may_attach(request, record),
    }
    return render(request, "documents/describe.html", shown, status=status)


def _found(request: Asked, uid: UUID) -> tuple[Attachment, Record]:
    attachment = queries.attachment_seen(request.actor, uid)
    if attachment is None:
        raise Http404
    record = queries.about(request.actor, attachment.about_kind, attachment.about_uid)
    if record is None:
        raise Http404
    return attachment, record


@open_to_strangers
@require_safe
def whole(request: Asked, uid: UUID) -> HttpResponseBase:
    """Send the file to whoever sees its record."""
    attachment = queries.attachment_seen(request.actor, uid)
    if attachment is None:
        raise Http404
    return _file(request, attachment, attachment.digest, attachment.media_type)


@open_to_strangers
@require_safe
def small(request: Asked, uid: UUID) -> HttpResponseBase:
    """Send the small picture to whoever sees the record."""
    attachment = queries.attachment_seen(request.actor, uid)
    if attachment is None or not attachment.small:
        raise Http404
    return _file(request, attachment, attachment.small, attachment.media_type)


def _file(request: Asked, attachment: Attachment, digest: str, media_type: str) -> HttpResponseBase:
    etag = f'"{digest}"'
    headers = {"ETag": etag, "Cache-Control": KEPT, HEADER: ALONE, "Cross-Origin-Resource-Policy": "same-origin"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    place = store.place_of(digest)
    if not place.is_file():
        raise Http404
    return FileResponse(
        place.open("rb"), as_attachment=True, filename=attachment.name, content_type=media_type, headers=headers
    )


def may_attach(request: Asked, record: Record) -> bool:
    """Return whether the one who asks may attach something to a record."""
    return may_write(request.actor, record)


urls = [
    path("to/<slug:kind>/<uuid:uid>", attach, name="attach"),
    path("<uuid:uid>", whole, name="file"),
    path("<uuid:uid>/small", small, name="small"),
    path("<uuid:uid>/about", describe, name="describe"),
]


def portraits(records: Iterable[Record]) -> dict[UUID, str]:
    """Return the addresses of the small pictures of records that have a photo."""
    return {uid: photo.small_url for uid, photo in queries.pictures_of(records).items()}


panels = dict.fromkeys(record_models(), (attached,))
