"""One page of a list: what was searched, filtered and sorted by, read from the address and kept in every link.

The address of a list says all of it, so a view can be shared: `/economic-event/?action=produce&provider=0190...`
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from oce.kit.action_labels import action_label
from oce.kit.actor import Actor, is_seen_by, seen_by
from oce.kit.app import plugs
from oce.kit.properties import Kind, RecordProperty, columns_of, properties_of
from oce.kit.records import Record, found_by_reference, read_uid
from oce.kit.synonyms import Word, in_use, saying
from oce.kit.words import holding
from oce.vf.actions import ACTIONS
from oce.vf.refusals import Refusal, gettext_noop, refuse_if

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

# Of more matches than this, only the first are shown page by page, and the count is not exact: a page stays quick
# however long the ledger is, and nobody reads 200 pages.
MATCHES_MAX = 10_000
# Long enough for the address of any record.
SAID_LENGTH_MAX = 2_000
# The button of a search inside of a form or filter: it sends the form only to see what the search finds.
FIND = "_find"
# Days outside of these years are slips of the keyboard, and their moments may not exist in every zone.
YEAR_MIN, YEAR_MAX = 1000, 9000

_SORTED_BY = {Kind.MEASURE: "_value"}
_SORTABLE = frozenset(
    {Kind.TEXT, Kind.NUMBER, Kind.COUNT, Kind.MOMENT, Kind.MEASURE, Kind.CHOICE, Kind.ACTION, Kind.TRUTH, Kind.UNIT}
)
_FILTERABLE = frozenset({Kind.REFERENCE, Kind.REFERENCES, Kind.CHOICE, Kind.ACTION, Kind.TRUTH, Kind.MOMENT})
TRUTHS = {"yes": True, "no": False}
NO_PAGE = gettext_noop("{page} is not the number of a page. Count the pages from 1, or leave `page` out.")
NOT_SORTABLE = gettext_noop("This list cannot be sorted by {sort}. Choose one of {known}, or leave `sort` out.")
NO_SUCH_VALUE = gettext_noop("{label} is never {value}. Choose one of {values}, or take the filter out.")


@dataclass
class Listing:
    """What somebody asked of the list of one class, and the records that answer it.

    An app whose records are asked for in other ways as well gives a subclass in its `pages.lists`: with the further
    `parts` of the address that narrow the list, a `template` of its own, and what that shows.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    template: ClassVar[str] = "kit/list.html"

    model: type[Record]
    actor: Actor
    asked: QueryDict
    refusals: list[Refusal] = field(default_factory=list)

    @cached_property
    def columns(self) -> tuple[RecordProperty, ...]:
        """The properties a row shows."""
        return columns_of(self.model)

    @property
    def is_named_apart(self) -> bool:
        """Whether a row needs a cell for the record's name, because its first column is not one."""
        return not self.columns or self.columns[0].kind not in {Kind.TEXT, Kind.LONG_TEXT}

    @cached_property
    def filterable(self) -> tuple[RecordProperty, ...]:
        """The properties one may filter by."""
        known = properties_of(self.model)
        hidden = (each for each in self.columns if each not in known)
        return tuple(each for each in (*known, *hidden) if each.kind in _FILTERABLE)

    @cached_property
    def offered(self) -> tuple[RecordProperty, ...]:
        """The filters to show: the action, those of the columns, and whichever is in use."""
        names = {each.name for each in self.columns}
        return tuple(
            each
            for each in self.filterable
            if each.kind is Kind.ACTION or each.name in names or any(self.filter_texts(each))
        )

    @property
    def sought(self) -> str:
        """The words of the search."""
        return self.said("q")

    @property
    def sort(self) -> str:
        """The term sorted by, with a leading minus for the largest first; empty for the newest first."""
        return self.said("sort")

    def filter_texts(self, each: RecordProperty) -> tuple[str, str]:
        """Return what the address says of one filter: its value, or the two days of a span of time."""
        if each.kind is Kind.MOMENT:
            return self.said(f"{each.term}.from"), self.said(f"{each.term}.until")
        return self.said(each.term), ""

    def said(self, name: str) -> str:
        """Return one part of the address, short and without NUL: PostgreSQL takes none, and no search means one."""
        return self.asked.get(name, "").replace("\x00", "").strip()[:SAID_LENGTH_MAX]

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter leaves something out."""
        asked = any(map(self.said, self.parts)) or any(any(self.filter_texts(each)) for each in self.filterable)
        return bool(self.sought) or asked

    def narrowed(self, records: QuerySet[Record]) -> QuerySet[Record]:
        """Return the records that answer the further `parts` of the address; all of them unless a subclass has some."""
        return records

    def shows(self, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002 (for subclasses)
        """Return what the template of a subclass shows beside the list."""
        return {}

    @cached_property
    def matching(self) -> QuerySet[Record]:
        """All records that answer the search and the filters, unsorted; none where the address cannot be understood."""
        records = in_use(seen_by(self.actor, self.model.every()))
        self._refuse_place()
        for each in self.filterable:
            condition = self._condition(each)
            if condition is not None:
                records = records.filter(condition)
        records = self.narrowed(records)
        if self.sought:
            records = records.filter(self._search())
        return records.none() if self.refusals else records

    def accepted(self) -> QuerySet[Record]:
        """Return all matches, for programs and exports.

        Raises:
            Refused: where the address cannot be understood.
        """
        found = self.matching
        refuse_if(self.refusals)
        return found

    @cached_property
    def count(self) -> int:
        """How many match, counted no further than one beyond the bound."""
        return self.matching.order_by()[: MATCHES_MAX + 1].count()

    @property
    def is_cut(self) -> bool:
        """Whether there are more matches than are counted and shown."""
        return self.count > MATCHES_MAX

    @cached_property
    def page_count(self) -> int:
        """How many pages can be turned."""
        return max(1, -(-min(self.count, MATCHES_MAX) // settings.OCE_PAGE_SIZE))

    @cached_property
    def page(self) -> int:
        """The page asked for, or the nearest there is."""
        text = self.said("page")
        return min(max(int(text), 1), self.page_count) if _is_page(text) else 1

    @cached_property
    def ordered(self) -> QuerySet[Record]:
        """The matches in the order asked for; beyond the bound always by birth, which needs no sorting."""
        descending = self.sort.startswith("-")
        each = self._sorted_by
        if each is None or self.is_cut:
            return self.matching.order_by("-id")
        column = F(each.name + _SORTED_BY.get(each.kind, ""))
        # What has no value comes last either way, whatever the database would do.
        by_value = column.desc(nulls_last=True) if descending else column.asc(nulls_last=True)
        return self.matching.order_by(by_value, "-id")

    @property
    def _sorted_by(self) -> RecordProperty | None:
        term = self.sort.removeprefix("-")
        return next((each for each in self.columns if each.term == term and each.kind in _SORTABLE), None)

    def _refuse_place(self) -> None:
        """The address sorts by a column that can be sorted, and asks for a page by its number."""
        page = self.said("page")
        if page and not _is_page(page):
            self.refusals.append(Refusal("pages.no_page", NO_PAGE, "page", page=page[:100]))
        if self.sort and self._sorted_by is None:
            known = ", ".join(each.term for each in self.columns if each.kind in _SORTABLE)
            self.refusals.append(Refusal("pages.not_sortable", NOT_SORTABLE, "sort", sort=self.sort[:100], known=known))

    @cached_property
    def rows(self) -> list[Record]:
        """The records of this page, with all that their columns show, by one statement and one for each list of references."""
        if not self.count:
            return []
        begin = (self.page - 1) * settings.OCE_PAGE_SIZE
        # Which rows they are is found first: joined to what they name, the rows of all pages before would be joined as well.
        keys = self.ordered.values("pk")[begin : begin + settings.OCE_PAGE_SIZE]
        rows = self.model.every().filter(pk__in=keys).order_by(*self.ordered.query.order_by)
        lists = [each.name for each in self.columns if each.kind is Kind.REFERENCES]
        return list(rows.select_related(*self.named).prefetch_related(*lists))

    @property
    def named(self) -> tuple[str, ...]:
        """What the rows of a page name, to be read along."""
        return tuple(each.name for each in self.columns if each.kind is Kind.REFERENCE)

    def is_sortable(self, each: RecordProperty) -> bool:
        """Return whether the list can be sorted by this column now."""
        return each.kind in _SORTABLE and not self.is_cut

    def link(self, **changes: str | int | None) -> str:
        """Return the address of this list with `changes`; None takes a part out."""
        asked = self.asked.copy()
        for name, value in changes.items():
            asked.pop(name, None)
            if value is not None:
                asked[name] = str(value)
        for name in [name for name in asked if not asked[name] or name.endswith((".sought", FIND))]:
            del asked[name]
        return f"?{asked.urlencode()}"

    def headings(self) -> Iterator[tuple[RecordProperty, str, str]]:
        """Yield each column with the link that sorts by it (empty where it cannot) and how it is sorted now."""
        for each in self.columns:
            if not self.is_sortable(each):
                yield each, "", ""
                continue
            now = {each.term: "ascending", f"-{each.term}": "descending"}.get(self.sort, "")
            yield each, self.link(sort=f"-{each.term}" if now == "ascending" else each.term, page=None), now

    def _condition(self, each: RecordProperty) -> Q | None:
        begin, end = self.filter_texts(each)
        if not begin and not end:
            return None
        if each.kind is Kind.MOMENT:
            return self._between(each, begin, end)
        if each.target is not None:
            return self._refers(each, begin)
        if begin not in dict(filter_values(each)):
            values = ", ".join(str(value) for value, _words in filter_values(each))
            refusal = Refusal(
                "pages.no_such_value", NO_SUCH_VALUE, each.term, label=each.label, value=begin[:100], values=values
            )
            self.refusals.append(refusal)
            return None
        return Q(**{each.name: TRUTHS[begin] if each.kind is Kind.TRUTH else begin})

    def _refers(self, each: RecordProperty, reference: str) -> Q | None:
        assert each.target is not None  # noqa: S101 (only called for references)
        found = self.referred(each)
        if found is None:
            self.refusals.append(
                Refusal(
                    "kit.unknown_record",
                    gettext_noop("There is no {kind} {reference}. Choose another one, or take the filter out."),
                    each.term,
                    kind=each.target._meta.verbose_name,  # noqa: SLF001 (Django's documented model API)
                    reference=reference[:100],
                )
            )
            return None
        same = saying(each.target, Q(pk=found.pk)) if issubclass(each.target, Word) else (found.pk,)
        return Q(**{f"{each.name}__in": same})

    def referred(self, each: RecordProperty) -> Record | None:
        """Return the record that a filter names."""
        if each.name not in self._referred:
            text = self.filter_texts(each)[0]
            found = found_by_reference(each.target, [text]).get(text) if each.target and text else None
            # What one may not see is as what is not there, also where a filter names it.
            self._referred[each.name] = found if found is not None and is_seen_by(self.actor, found) else None
        return self._referred[each.name]

    @cached_property
    def _referred(self) -> dict[str, Record | None]:
        return {}

    def _between(self, each: RecordProperty, begin: str, end: str) -> Q | None:
        first, last = self._day(each, begin), self._day(each, end)
        condition = Q()
        if first is not None:
            condition &= Q(**{f"{each.name}__gte": _midnight(first)})
        if last is not None:
            condition &= Q(**{f"{each.name}__lt": _midnight(last + timedelta(days=1))})
        return condition

    def _day(self, each: RecordProperty, text: str) -> date | None:
        try:
            found = date.fromisoformat(text) if text else None
        except ValueError:
            found = date.max
        if found is not None and not YEAR_MIN <= found.year <= YEAR_MAX:
            self.refusals.append(
                Refusal(
                    "pages.not_a_day",
                    gettext_noop("{text} is not a day. Write it as year-month-day, such as 2026-11-23."),
                    each.term,
                    text=text[:100],
                )
            )
            return None
        return found

    def _search(self) -> Q:
        condition = holding(self.model, self.sought)
        uid = read_uid(self.sought)
        return condition | Q(uid=uid) if uid else condition | Q(iri=self.sought)


def listing_of(model: type[Record]) -> type[Listing]:
    """Return what answers for the list of a class: an app's own, or the plain one."""
    for _app, pages in plugs("pages"):
        found: type[Listing] | None = getattr(pages, "lists", {}).get(model)
        if found is not None:
            return found
    return Listing


def _is_page(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())


def filter_values(each: RecordProperty) -> tuple[tuple[str, Any], ...]:
    """Return the values a filter of few values offers, with their words."""
    if each.kind is Kind.ACTION:
        return tuple((name, action_label(name)) for name in ACTIONS)
    if each.kind is Kind.TRUTH:
        return (("yes", _("yes")), ("no", _("no")))
    return each.choices
