"""The ledger as a list: whose, of what, of which group and time, with the sums of what is shown; every state is a link."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from oce.apps.agents.models import Agent
from oce.apps.events.models import EconomicEvent
from oce.apps.events.pages.verbs import icon_of
from oce.apps.resources.models import EconomicResource
from oce.kit.action_labels import action_label
from oce.kit.actor import seen_by
from oce.kit.measures import in_words
from oce.kit.pages import periods, scopes
from oce.kit.pages.listing import Listing
from oce.kit.quantities import Total
from oce.kit.records import Record, found_by_reference
from oce.vf.measures import Measure
from oce.vf.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from django.http import HttpRequest

T = TypeVar("T", bound=Record)
WHO, THING, MINE, CORRECTIONS, YES = "who", "thing", "mine", "corrections", "yes"
ONLY, WITHOUT = "only", "without"
NOBODY = gettext_noop(
    "There is nothing of the kind {kind} with the identifier {reference}. Choose another, or take it out."
)


class Sum(NamedTuple):
    """What the events of one action amount to in one unit, how many they are, and where they stand alone."""

    action: str
    icon: str
    amount: str
    number: int
    url: str


class Choice(NamedTuple):
    """One way to narrow the list by a press, and whether it is chosen."""

    words: str
    url: str
    is_chosen: bool


@dataclass
class LedgerList(Listing):
    """What somebody asked of the ledger, and the events that answer it."""

    parts = (WHO, THING, MINE, CORRECTIONS, scopes.PARAMETER, periods.PARAMETER)
    template = "events/ledger.html"

    def narrowed(self, records: QuerySet[Record]) -> QuerySet[Record]:
        """Return the events of somebody, of a thing, of a group with its parts, of a time, with or without corrections."""
        for condition in self._conditions():
            records = records.filter(condition)
        return records

    @property
    def named(self) -> tuple[str, ...]:
        """All that the sentences of the events name."""
        return EconomicEvent.named_by

    def shows(self, request: HttpRequest) -> dict[str, Any]:
        """Return the sums and the ways to narrow; the pickers at the head show what the address says, not what was kept."""
        request.scope = self.scope  # type: ignore[attr-defined]
        request.period = self.period  # type: ignore[attr-defined]
        named = [(WHO, self.who), (THING, self.thing)]
        return {
            "sums": self.sums,
            "choices": list(self._choices()),
            "named": [(each, self.link(**{name: None, "page": None})) for name, each in named if each is not None],
            "kept": [(name, self.said(name)) for name in self.parts if self.said(name)],
        }

    @cached_property
    def period(self) -> periods.Period:
        """The time that the address names, else all of it."""
        return periods.read(self.said(periods.PARAMETER)) or periods.Period()

    @cached_property
    def scope(self) -> scopes.Scope:
        """The group that the address names, else all groups."""
        return scopes.Scope(self.actor, self.said(scopes.PARAMETER))

    @cached_property
    def who(self) -> Agent | None:
        """The agent whose events are asked for."""
        return self._named(Agent, WHO)

    @cached_property
    def thing(self) -> EconomicResource | None:
        """The resource whose events are asked for."""
        return self._named(EconomicResource, THING)

    @cached_property
    def sums(self) -> list[Sum]:
        """What is shown amounts to, exactly, by action and unit; nothing where there is more than is counted."""
        if not self.count or self.is_cut or self.refusals:
            return []
        matching: QuerySet[Any] = self.matching.order_by()
        rows = (
            matching.values("action", "resource_quantity_unit", "effort_quantity_unit")
            .annotate(
                number=Count("pk"), resources=Total("resource_quantity_value"), efforts=Total("effort_quantity_value")
            )
            .order_by("action", "-number")
        )
        return [self._sum(row) for row in rows]

    def _sum(self, row: dict[str, Any]) -> Sum:
        amounts = (
            (row["resources"], row["resource_quantity_unit"], _("pieces")),
            (row["efforts"], row["effort_quantity_unit"], ""),
        )
        words = [in_words(Measure(value, unit), pieces) for value, unit, pieces in amounts if value is not None]
        action = row["action"]
        link = self.link(action=action, page=None)
        return Sum(action_label(action), icon_of(action), ", ".join(words), row["number"], link)

    def _conditions(self) -> list[Q]:
        found = []
        if self.said(WHO):
            found.append(_of_agents([self.who.pk] if self.who else []))
        if self.said(MINE) == YES:
            found.append(_of_agents([] if self.actor.agent is None else [self.actor.agent]))
        if self.said(THING):
            key = self.thing.pk if self.thing else None
            found.append(Q(resource_inventoried_as=key) | Q(to_resource_inventoried_as=key))
        if self.scope.agents:
            found.append(_of_agents(sorted(self.scope.agents)))
        if self.period.first is not None:
            found.append(Q(occurred_at__gte=self.period.begin, occurred_at__lt=self.period.end))
        if self.said(CORRECTIONS) in {ONLY, WITHOUT}:
            found.append(Q(corrects__isnull=self.said(CORRECTIONS) == WITHOUT))
        return found

    def _named(self, model: type[T], name: str) -> T | None:
        """Return the record that a part of the address names; one that the actor may not see is as if there were none."""
        reference = self.said(name)
        found = found_by_reference(model, [reference]).get(reference) if reference else None
        seen = found is not None and seen_by(self.actor, model.every()).filter(pk=found.pk).exists()
        if reference and not seen:
            kind = model._meta.verbose_name  # noqa: SLF001 (Django's documented model API)
            self.refusals.append(Refusal("kit.unknown_record", NOBODY, name, kind=kind, reference=reference[:100]))
        return found if seen else None

    def _choices(self) -> list[Choice]:
        corrections, mine = self.said(CORRECTIONS), self.said(MINE) == YES
        choices = [
            Choice(
                words,
                self.link(**{CORRECTIONS: None if corrections == value else value, "page": None}),
                corrections == value,
            )
            for value, words in ((WITHOUT, _("Without corrections")), (ONLY, _("Only corrections")))
        ]
        if self.actor.agent is not None:
            only_mine = self.link(**{MINE: None if mine else YES, "page": None})
            choices.insert(0, Choice(_("Only mine"), only_mine, mine))
        return choices


def _of_agents(keys: list[int]) -> Q:
    return Q(provider__in=keys) | Q(receiver__in=keys)
