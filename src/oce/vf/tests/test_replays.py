"""A replay gives what the events say, undone ones leave no trace, and one resource can be replayed alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from oce.vf.actions import ACTIONS
from oce.vf.replays import Replay, backed_out_of, replay
from oce.vf.states import Happening, ResourceState

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
RESOURCES = ("r", "s", "t")
OPENINGS = {
    name: ResourceState(Decimal(100), Decimal(100), "kilogram", accountable=agent, location="store")
    for name, agent in zip(RESOURCES, ("ana", "ben", "ana"), strict=True)
}


def event(id_: int, action: str, amount: str = "3", **facts: object) -> Happening:
    return Happening(id_, action, Decimal(amount), "kilogram", "ana", "ana", "r")._replace(**facts)  # type: ignore[arg-type]


def undo(id_: int, original: Happening) -> Happening:
    assert original.quantity is not None
    return original._replace(id=id_, quantity=-original.quantity, corrects=original.id)


def test_an_undone_event_leaves_no_stamp() -> None:
    moved = event(1, "pickup", to_location="bakery", state="wet")
    states = replay([moved, undo(2, moved)], OPENINGS)
    assert states["r"] == OPENINGS["r"]._replace(previous_event=2)


def test_a_stamp_falls_back_to_the_one_before() -> None:
    first, second = event(1, "pickup", to_location="bakery"), event(2, "pickup", to_location="market")
    later = event(4, "pickup", to_location="field", corrects=None)
    assert replay([first, second, undo(3, second)], OPENINGS)["r"].location == "bakery"
    assert replay([first, second, undo(3, second), later], OPENINGS)["r"].location == "field"
    assert replay([first, second, undo(3, first)], OPENINGS)["r"].location == "market"


def test_a_partial_correction_keeps_the_stamp() -> None:
    moved = event(1, "pickup", "3", to_location="bakery")
    partly = moved._replace(id=2, quantity=Decimal(-1), corrects=1)
    state = replay([moved, partly], OPENINGS)["r"]
    assert (state.location, state.onhand) == ("bakery", Decimal(98))
    rest = moved._replace(id=3, quantity=Decimal(-2), corrects=1)
    assert replay([moved, partly, rest], OPENINGS)["r"].location == "store"


def test_a_correction_of_a_correction_counts_for_the_event() -> None:
    moved = event(1, "pickup", "3", to_location="bakery")
    undone = undo(2, moved)
    again = undone._replace(id=3, quantity=Decimal(3), corrects=2)
    assert backed_out_of([moved, undone]) == {1}
    assert backed_out_of([moved, undone, again]) == frozenset()


def test_effort_counts_too_before_an_event_is_nothing() -> None:
    used = event(1, "use", "1", effort=Decimal(2), state="hot")
    pieces = used._replace(id=2, quantity=Decimal(-1), effort=None, corrects=1)
    hours = used._replace(id=3, quantity=None, effort=Decimal(-2), corrects=1)
    assert backed_out_of([used, pieces]) == frozenset()
    assert backed_out_of([used, pieces, hours]) == {1}
    assert replay([used, pieces, hours], OPENINGS)["r"].state is None


def test_an_uncorrected_event_of_nothing_is_still_an_event() -> None:
    assert backed_out_of([event(1, "use", "0")]) == frozenset()


def test_an_undone_combining_and_an_undone_container_are_forgotten() -> None:
    packed = event(1, "combine", "1", input_of="packing")
    box = event(2, "produce", "1", resource="s", output_of="packing")
    assert replay([packed, box], OPENINGS)["r"].contained_in == ("s",)
    assert replay([packed, undo(3, packed), box], OPENINGS)["r"].contained_in == ()
    assert replay([packed, box, undo(3, box)], OPENINGS)["r"].contained_in == ()


def test_a_loan_comes_back_though_nobody_is_accountable() -> None:
    lent = event(1, "transferCustody", "1", receiver="ben")
    back = event(2, "transferCustody", "1", provider="ben", receiver="ana")
    unknown = {"r": OPENINGS["r"]._replace(accountable=None)}
    assert replay([lent], unknown)["r"].onhand == Decimal(99)
    assert replay([lent, back], unknown)["r"].onhand == Decimal(100)
    assert replay([lent, back, undo(3, back)], unknown)["r"].onhand == Decimal(99), "undone on the side it was on"


def test_undoing_a_loan_after_the_thing_changed_hands_undoes_the_loan() -> None:
    lent = event(1, "transferCustody", "1", receiver="ben")
    given = event(2, "transfer", "100", receiver="ben", to_resource="r")
    states = replay([lent, given, undo(3, lent)], OPENINGS)
    assert (states["r"].onhand, states["r"].accountable) == (Decimal(100), "ben")


def test_a_replay_may_be_told_what_was_backed_out() -> None:
    moved = event(1, "pickup", to_location="bakery")
    ledger = [moved, undo(2, moved)]
    assert replay(iter(ledger), OPENINGS, backed_out={1}) == replay(ledger, OPENINGS)


def test_the_back_dated_part_of_a_ledger_is_replayed_as_it_was_recorded() -> None:
    late = event(1, "pickup", to_location="bakery", moment=MONDAY + timedelta(days=1))
    early = event(2, "pickup", to_location="market", moment=MONDAY)
    assert replay([late, early], OPENINGS)["r"].location == "bakery"
    assert replay([late, early, undo(3, late)], OPENINGS)["r"].location == "market"


# A second, plain telling of the rules T1 to T6, to compare the table with.
PAIRED = {"transfer": (1, 1), "transferCustody": (0, 1), "transferAllRights": (1, 0), "move": (1, 1)}
PLAIN = {
    "produce": (1, 1), "raise": (1, 1), "consume": (-1, -1), "lower": (-1, -1),
    "pickup": (0, -1), "accept": (0, -1), "combine": (0, -1),
    "dropoff": (0, 1), "modify": (0, 1), "separate": (0, 1),
}  # fmt: skip
BETWEEN = {"produce", "consume", "pickup", "dropoff", "accept", "modify"}


def plainly(happening: Happening, accountable: object) -> dict[str, tuple[Decimal, Decimal]]:  # noqa: PLR0911 (a case each)
    """Return what an event adds to accounting and on-hand of each resource, told without the table."""
    action, one, two = happening.action, happening.resource, happening.to_resource
    amount = happening.quantity or Decimal(0)
    differ = happening.provider != happening.receiver

    def times(signs: tuple[int, int], sign: int) -> tuple[Decimal, Decimal]:
        return amount * signs[0] * sign, amount * signs[1] * sign

    if action in PAIRED:
        if two is None:
            if action == "move" or not differ:
                return {}
            return {str(one): times(PAIRED[action], 1 if accountable == happening.receiver else -1)}
        if one == two:
            return {}
        return {str(one): times(PAIRED[action], -1), str(two): times(PAIRED[action], 1)}
    if action == "copy":
        return {} if two is None or one == two else {str(two): times((1, 1), 1)}
    if action not in PLAIN:
        return {}
    if action in BETWEEN and differ and two is not None and one != two:
        gains = PLAIN[action][1] > 0
        return {str(two if gains else one): times(PLAIN[action], 1)}
    return {str(one): times(PLAIN[action], 1)}


briefly = settings(max_examples=40)


@st.composite
def ledgers(draw: st.DrawFn, *, whole: bool = True) -> list[Happening]:
    """Return a random ledger with corrections, in which combining names its container."""
    ledger: list[Happening] = []
    corrected: set[object] = set()
    for id_ in range(1, draw(st.integers(1, 14)) + 1):
        originals = [each for each in ledger if each.corrects is None and each.id not in corrected]
        if originals and draw(st.integers(0, 3)) == 0:
            original = draw(st.sampled_from(originals))
            corrected.add(original.id)
            undone = undo(id_, original)
            if not whole and draw(st.booleans()):
                undone = undone._replace(quantity=Decimal(draw(st.integers(-2, 2))))
            ledger.append(undone)
            continue
        action = draw(st.sampled_from(sorted(ACTIONS)))
        to_resource = "t" if action == "combine" else draw(st.sampled_from([None, *RESOURCES]))
        ledger.append(
            Happening(
                id_,
                action,
                Decimal(draw(st.integers(1, 9))),
                "kilogram",
                draw(st.sampled_from(["ana", "ben"])),
                draw(st.sampled_from(["ana", "ben"])),
                draw(st.sampled_from(RESOURCES)),
                to_resource,
                draw(st.sampled_from([None, "mill", "bakery"])),
                draw(st.sampled_from([None, "pass", "fail"])),
                draw(st.sampled_from([None, "ground", "baked"])),
                moment=draw(st.sampled_from([None, MONDAY, MONDAY + timedelta(days=1)])),
                creates=draw(st.booleans()),
            )
        )
    return ledger


@briefly
@given(ledgers(whole=False))
def test_quantities_are_those_of_the_plain_rules(ledger: list[Happening]) -> None:
    play = Replay(OPENINGS)
    balances = {name: (state.accounting, state.onhand) for name, state in OPENINGS.items()}
    sides: dict[object, object] = {}
    for each in ledger:
        origin = each.corrects if each.corrects is not None else each.id
        sides.setdefault(origin, play.states[each.resource].accountable)
        for name, (accounting, onhand) in plainly(each, sides[origin]).items():
            balances[name] = (balances[name][0] + accounting, balances[name][1] + onhand)
        play.take(each)
    assert {name: (state.accounting, state.onhand) for name, state in play.states.items()} == balances


@briefly
@given(ledgers())
def test_undoing_everything_brings_everything_back(ledger: list[Happening]) -> None:
    left = [each for each in ledger if each.corrects is None and each.id not in {other.corrects for other in ledger}]
    undone = [undo(100 + number, each) for number, each in enumerate(left)]
    for name, state in replay([*ledger, *undone], OPENINGS).items():
        assert state._replace(previous_event=None) == OPENINGS[str(name)]


@briefly
@given(ledgers(whole=False))
def test_one_resource_replayed_alone_is_as_in_the_whole(ledger: list[Happening]) -> None:
    states = replay(ledger, OPENINGS)
    for name in RESOURCES:
        own = [each for each in ledger if name in {each.resource, each.to_resource}]
        if own:
            assert replay(own, {name: OPENINGS[name]})[name] == states[name]


@briefly
@given(ledgers(whole=False))
def test_recording_one_by_one_gives_what_a_replay_gives(ledger: list[Happening]) -> None:
    assert recorded(ledger) == replay(ledger, OPENINGS)


def recorded(ledger: Sequence[Happening]) -> dict[object, ResourceState]:
    """Return the states as a recorder keeps them: event by event, replaying a resource alone after an undo."""
    play = Replay(OPENINGS)
    for number, each in enumerate(ledger, start=1):
        play.take(each)
        if each.corrects in backed_out_of(ledger[:number]):
            for name in {each.resource, each.to_resource} - {None}:
                own = [other for other in ledger[:number] if name in {other.resource, other.to_resource}]
                play.states[name] = replay(own, {name: OPENINGS[str(name)]})[name]
    return play.states


def test_a_replay_of_nothing_is_nothing() -> None:
    assert replay([]) == {}
