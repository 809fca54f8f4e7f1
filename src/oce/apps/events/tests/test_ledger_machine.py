"""Random events, valid and not, against books kept by hand: the same quantities, and the replay equals what is stored."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from oce.apps.events import history
from oce.apps.events.commands import correct_event, record_event, record_events, undo_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.events.tests.bookkeeping import Books, Told
from oce.apps.events.tests.village import Village, assert_replays, hours, states, written
from oce.apps.resources import stock
from oce.apps.resources.commands import change_resource, set_stock_policy
from oce.apps.resources.models import EconomicResource
from oce.kit import clock
from oce.kit.actor import SYSTEM
from oce.vf.actions import ACTIONS
from oce.vf.measures import Measure
from oce.vf.refusals import Refused
from oce.vf.replays import replay

START = datetime(2026, 1, 1, tzinfo=UTC)
# `OCE_LEDGER_EXAMPLES=2000` looks for rarer faults, overnight.
EXAMPLES = int(os.environ.get("OCE_LEDGER_EXAMPLES", "20"))
STEPS = 25

_BALANCES = ("accounting_quantity_value", "onhand_quantity_value")

amounts = st.one_of(
    st.integers(0, 12).map(Decimal),
    st.decimals(min_value="0.000000000000000001", max_value="1000", places=18),
)
numbers = st.integers(0, 11)
maybe = st.one_of(st.none(), numbers)


@st.composite
def tellings(draw):
    """Any event at all, by number of agent, resource, process and place; most are refused."""
    return {
        "action": draw(st.sampled_from(sorted(ACTIONS))),
        "provider": draw(st.integers(0, 2)),
        "receiver": draw(st.integers(0, 2)),
        "resource": draw(maybe),
        "to_resource": draw(maybe),
        "input_of": draw(maybe),
        "output_of": draw(maybe),
        "quantity": draw(amounts),
        "is_new": draw(st.booleans()),
        "place": draw(maybe),
        "state": draw(st.sampled_from(["", "", "pass", "fail"])),
        "day": draw(st.one_of(st.none(), st.integers(0, 300))),
        "lot": draw(st.sampled_from([None, None, "L-1", "L-2"])),
        "is_wrong": draw(st.sampled_from([None] * 9 + ["unit", "negative", "future"])),
    }


class Ledger(RuleBasedStateMachine):
    """Three agents at work, and somebody who keeps books about them."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.village = Village()
        self.agents = [self.village.mill, self.village.bakery, self.village.mill.__class__.objects.create(
            agent_class="Person", name="Ana")]  # fmt: skip
        self.kinds = [self.village.flour, self.village.bread]
        self.places = [self.village.barn, self.village.shop]
        self.processes = [self.village.bake, self.village.process(), self.village.process(based_on=self.village.baking)]
        self.resources: list[EconomicResource] = []
        self.events: list[EconomicEvent] = []
        self.books = Books()
        self.granted = self.refused = 0

    def teardown(self) -> None:
        try:
            assert_replays()
            self._assert_lines_replay()
            self._assert_breadcrumbs()
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    @initialize(quantity=st.integers(1, 20), agent=st.integers(0, 2))
    def something_is_there(self, quantity, agent):
        for kind in self.kinds:
            self._grant(
                [self._draft(action="raise", provider=agent, receiver=agent, quantity=Decimal(quantity), kind=kind)]
            )
        assert len(self.resources) == 2

    @rule(telling=tellings())
    def somebody_tells_anything(self, telling):
        self._grant([self._draft(**telling)])

    @rule(telling=tellings())
    def somebody_tells_something_sensible(self, telling):
        self._grant([self._draft(**self._sensible(telling))])

    @rule(some=st.lists(tellings(), min_size=2, max_size=4))
    def somebody_tells_several_things_at_once(self, some):
        self._grant([self._draft(**self._sensible(telling)) for telling in some])

    @rule(
        some=st.lists(
            st.tuples(
                st.sampled_from(["combine", "combine", "separate", "produce", "modify"]), numbers, numbers, maybe
            ),
            min_size=1,
            max_size=3,
        )
    )
    def somebody_packs(self, some):
        drafts = []
        for action, resource, process, day in some:
            is_input = ACTIONS[action].may_be_input
            drafts.append(self._draft(
                action=action, provider=0, receiver=0, quantity=Decimal(1), resource=resource, day=day,
                is_new=action == "produce" and resource % 2 == 0,
                input_of=process if is_input else None, output_of=None if is_input else process,
            ))  # fmt: skip
        self._grant(drafts)

    @rule(number=st.integers(0, 50), part=st.sampled_from(["-1", "-0.5", "0.5", "2", "-1.5", "0"]))
    def somebody_corrects(self, number, part):
        event = self.events[number % len(self.events)]
        if event.resource_quantity_value is None:
            return
        change = (event.resource_quantity_value * Decimal(part)).quantize(Decimal("1e-18"))
        self._try(lambda: correct_event(SYSTEM, event, resource_quantity=Measure(change, event.resource_quantity_unit)))

    @rule(number=st.integers(0, 50))
    def somebody_undoes(self, number):
        event = self.events[number % len(self.events)]
        self._try(lambda: undo_event(SYSTEM, event))

    @rule(agent=st.integers(0, 2), shortage=st.sampled_from(["warn", "refuse"]))
    def a_group_decides(self, agent, shortage):
        set_stock_policy(SYSTEM, self.agents[agent], shortage)

    @rule(number=numbers, address=st.sampled_from(["", "https://files.example/1"]))
    def a_thing_becomes_a_file_or_a_thing_again(self, number, address):
        resource = self.resources[number % len(self.resources)]
        try:
            change_resource(SYSTEM, resource, None, {"current_virtual_location": address})
        except Refused as refused:
            assert [each.code for each in refused.refusals] == ["resources.is_contained"]

    @invariant()
    def the_books_agree(self):
        stored = {
            key: (owned or Decimal(0), there or Decimal(0))
            for key, owned, there in EconomicResource.objects.values_list("pk", *_BALANCES)
        }
        kept = {key: (self.books.owned.get(key, Decimal(0)), self.books.there.get(key, Decimal(0))) for key in stored}
        assert stored == kept

    def _sensible(self, telling):
        """Return the telling with what its action surely refuses taken out, so that more of it is granted."""
        row = ACTIONS[telling["action"]]
        one = telling["provider"]
        told = {**telling, "is_wrong": None}
        if row.stays_with_agent or ((telling["day"] or 0) % 2 and not row.changes_hands):
            told["receiver"] = one
        elif row.changes_hands and one == telling["receiver"]:
            told["receiver"] = (one + 1) % 3
        told["input_of"] = telling["input_of"] if row.may_be_input else None
        told["output_of"] = telling["output_of"] if row.may_be_output else None
        if telling["resource"] is None and not telling["is_new"]:
            told["resource"] = 0
        has_to = row.create_resource == "optionalTo" or row.contained_effect == "update"
        if not has_to and (row.implied_transfer is None or told["receiver"] == one):
            told["to_resource"] = None
        return told

    def _draft(self, *, action, provider, receiver, quantity, resource=None, to_resource=None, input_of=None, output_of=None,
               is_new=True, place=None, state="", day=None, lot=None, is_wrong=None, kind=None) -> EventDraft:  # fmt: skip
        row = ACTIONS[action]
        given = self.resources[resource % len(self.resources)] if resource is not None and self.resources else None
        to_given = self.resources[to_resource % len(self.resources)] if to_resource is not None else None
        side = "to" if row.create_resource == "optionalTo" else "from"
        # A new resource is made where the action makes one, instead of the one that was named.
        born = (
            ResourceDraft({"name": f"Thing {len(self.resources)}"}, lot_code=lot)
            if is_new and row.create_resource
            else None
        )
        if born and side == "from":
            given = None
        if born and side == "to":
            to_given = None
        kind = kind or (given.conforms_to if given else self.kinds[(resource or 0) % 2])
        unit = "kilogram" if kind == self.kinds[0] else "one"
        amount = -quantity if is_wrong == "negative" else quantity
        effort = row.event_quantity == "effort" or (row.event_quantity == "both" and (day or 0) % 2)
        return EventDraft(
            action,
            self.agents[provider],
            self.agents[receiver],
            resource_inventoried_as=given,
            to_resource_inventoried_as=to_given,
            resource_conforms_to=kind if born or given is None else None,
            resource_quantity=None if effort else Measure(amount, "litre" if is_wrong == "unit" else unit),
            effort_quantity=hours(quantity) if effort else None,
            input_of=None if input_of is None else self.processes[input_of % 3],
            output_of=None if output_of is None else self.processes[output_of % 3],
            to_location=None if place is None else self.places[place % 2],
            state=state,
            has_point_in_time=self._moment(day, is_wrong),
            new_resource=born,
        )

    def _moment(self, day, is_wrong):
        if is_wrong == "future":
            return clock.now() + timedelta(days=30)
        return None if day is None else START + timedelta(days=day)

    def _grant(self, drafts):
        self._try(lambda: record_events(SYSTEM, drafts) if len(drafts) > 1 else [record_event(SYSTEM, drafts[0])])

    def _try(self, wish):
        """Make a wish: what it leads to is entered into the books; if it is refused, nothing at all may have changed."""
        rows, before = written(), states()
        accountable = dict(EconomicResource.objects.values_list("pk", "primary_accountable_id"))
        balances = self._guarded()
        try:
            with transaction.atomic():
                answer = wish()
        except Refused as refused:
            self.refused += 1
            assert refused.refusals
            assert all(refusal.message for refusal in refused.refusals)
            assert (written(), states()) == (rows, before)
            return
        self.granted += 1
        events = answer if isinstance(answer, list) else [answer]
        if len(events) == 1:
            self._assert_policies_kept(balances)
        for event in events:
            self._enter(event, accountable)

    def _guarded(self):
        """Return the balances of all resources whose accountable refuses shortages."""
        guarded = EconomicResource.objects.filter(primary_accountable__stock_policy__shortage="refuse")
        return {key: amounts for key, *amounts in guarded.values_list("pk", *_BALANCES)}

    def _assert_policies_kept(self, before):
        """Assert that nothing whose accountable refuses shortages fell below zero."""
        for key, *after in EconomicResource.objects.filter(pk__in=before).values_list("pk", *_BALANCES):
            for had, has in zip(before[key], after, strict=True):
                assert has is None or has >= 0 or has >= (had or 0)

    def _enter(self, event, accountable):
        quantity = event.resource_quantity_value
        if event.corrects_id is not None:
            if quantity is not None:
                self.books.correct(event.corrects_id, quantity)
            return
        self.events.append(event)
        for resource in (event.resource_inventoried_as, event.to_resource_inventoried_as):
            if resource is not None and resource not in self.resources:
                self.resources.append(resource)
        told = Told(
            event.action, event.provider_id, event.receiver_id, event.resource_inventoried_as_id,
            event.to_resource_inventoried_as_id, quantity or Decimal(0),
        )  # fmt: skip
        self.books.enter(event.pk, told, accountable.get(event.resource_inventoried_as_id))
        # Within one wish, what an event before this one made of the accountable counts.
        now = dict(EconomicResource.objects.values_list("pk", "primary_accountable_id"))
        accountable.update(now if event.pk == self.events[-1].pk else {})

    def _assert_lines_replay(self):
        """Assert that the rules of the vocabulary alone, given the ledger's lines, come to what is stored, field by field."""
        happenings = history.happenings_of(EconomicEvent.objects.all())
        replayed = replay(happenings, stock.beginnings())
        stored = {key: each for key, each in stock.stored() if each.previous_event is not None}
        assert {key: replayed[key] for key in stored} == stored

    def _assert_breadcrumbs(self):
        """Assert that each event names the one before it of its resource, and each resource its last (T7)."""
        last: dict[int | None, int | None] = {None: None}
        for event in EconomicEvent.objects.order_by("id"):
            named = (event.resource_inventoried_as_id, event.to_resource_inventoried_as_id)
            assert (event.previous_event_id, event.to_previous_event_id) == tuple(last.get(key) for key in named)
            last.update({key: event.pk for key in named if key is not None})
        for resource in EconomicResource.objects.all():
            assert resource.last_event == last.get(resource.pk)


@pytest.mark.django_db
def test_the_books_agree_and_the_ledger_replays():
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
            database=None,
        ),
    )
