"""Collections of records as documents, a page at a time, in the words of the Hydra vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings

from oce.kit.actor import seen_by
from oce.kit.addresses import house_address
from oce.kit.jsonld import context
from oce.kit.jsonld.documents import JsonObject, body_of, response, with_references
from oce.kit.records import read_uid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from oce.kit.records import Record


def collection_response(
    request: HttpRequest, model: type[Record], records: QuerySet[Record] | None = None
) -> HttpResponse:
    """Answer a request for a list: the records after `?after=<identifier>`, at most `?limit=`, in their order of birth.

    `records` are those that may be shown; without them, all that the asking actor sees.
    """
    shown = seen_by(request.actor, model.every()) if records is None else records  # type: ignore[attr-defined]
    asked = request.GET.dict()
    after, limit = asked.pop("after", None), asked.pop("limit", None)
    return response(request, page(model, shown, after=after, limit=limit, asked=asked))


def page(
    model: type[Record],
    records: QuerySet[Record],
    *,
    after: str | None,
    limit: str | None,
    asked: Mapping[str, str] | None = None,
) -> JsonObject:
    """Return one page of a collection as a document, with the way to the next page and how many there are in all.

    `asked` is what else the address says, such as a search; the addresses of the other pages say it too.
    """
    size = _page_size(limit)
    ordered = records.order_by("id")
    following = _after(model, ordered, after)
    # One more than the page holds tells whether there is another page.
    found = list(with_references(following)[: size + 1])
    members = found[:size]
    home = f"{house_address()}/{model.kind()}/"
    view: JsonObject = {
        "@id": _address(home, after, size, asked),
        "@type": "hydra:PartialCollectionView",
        "hydra:first": _address(home, None, size, asked),
    }
    if len(found) > size:
        view["hydra:next"] = _address(home, str(members[-1].uid), size, asked)
    return {
        "@context": context.address(),
        "@id": home,
        "@type": "hydra:Collection",
        "hydra:totalItems": records.count(),
        "hydra:view": view,
        "hydra:member": [body_of(record) for record in members],
    }


def _page_size(asked: str | None) -> int:
    wanted = int(asked) if asked and asked.isascii() and asked.isdigit() else settings.OCE_PAGE_SIZE
    return max(1, min(wanted, settings.OCE_PAGE_SIZE_MAX))


def _after(model: type[Record], ordered: QuerySet[Record], after: str | None) -> QuerySet[Record]:
    uid = read_uid(after) if after else None
    if uid is None:
        return ordered
    last = model.every().filter(uid=uid).values_list("id", flat=True).first()
    return ordered if last is None else ordered.filter(id__gt=last)


def _address(home: str, after: str | None, size: int, asked: Mapping[str, str] | None) -> str:
    wanted = {**(asked or {}), "after": after, "limit": str(size)}
    return f"{home}?{urlencode({name: value for name, value in wanted.items() if value})}"
