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
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from oce.kit.records import Record

NO_PLACE = gettext_noop("There is no record {after} in this list to go on after. Begin again without `after`.")
NO_PAGE_SIZE = gettext_noop("{asked} is no size of a page. Give a number from 1 to {most}, or leave `limit` out.")
# A number of more digits is larger than any page.
DIGITS_MAX = 9


def collection_response(
    request: HttpRequest, model: type[Record], records: QuerySet[Record] | None = None
) -> HttpResponse:
    """Answer a request for a list: the records after `?after=<identifier>`, at most `?limit=`, in their order of birth.

    `records` are those that may be shown; without them, all that the asking actor sees.

    Raises:
        Refused: `jsonld.no_place` or `jsonld.no_page_size`.
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

    Raises:
        Refused: `jsonld.no_place` or `jsonld.no_page_size`.
    """
    size = _page_size(limit)
    ordered = records.order_by("id")
    following = _after(ordered, after)
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
    most = settings.OCE_PAGE_SIZE_MAX
    if not asked:
        return min(settings.OCE_PAGE_SIZE, most)
    if not (asked.isascii() and asked.isdigit()) or not asked.strip("0"):
        raise Refused(Refusal("jsonld.no_page_size", NO_PAGE_SIZE, "limit", asked=asked[:80], most=most))
    # Programs that ask for all there is get the largest page, and the address of the next. Nobody reads its length.
    return most if len(asked) > DIGITS_MAX else min(int(asked), most)


def _after(ordered: QuerySet[Record], after: str | None) -> QuerySet[Record]:
    if not after:
        return ordered
    uid = read_uid(after)
    last = None if uid is None else ordered.filter(uid=uid).values_list("id", flat=True).first()
    if last is None:
        raise Refused(Refusal("jsonld.no_place", NO_PLACE, "after", after=after[:200]))
    return ordered.filter(id__gt=last)


def _address(home: str, after: str | None, size: int, asked: Mapping[str, str] | None) -> str:
    wanted = {**(asked or {}), "after": after, "limit": str(size)}
    return f"{home}?{urlencode({name: value for name, value in wanted.items() if value})}"
