"""The fast walk over arrays gives exactly the steps of the walk in plain words, whatever the ledger."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oce.apps.trace.rules import archive
from oce.apps.trace.rules.adjacency import Adjacency
from oce.apps.trace.rules.columns import NONE, Columns
from oce.apps.trace.rules.ledger import Ledger
from oce.apps.trace.rules.walk import neighbours, walked
from oce.apps.trace.rules.ways import Back, Forth
from oce.apps.trace.tests.told import same
from oce.vf.actions import ACTIONS

NAMES = (*ACTIONS, "conjure")
RESOURCES, PROCESSES = 5, 4

# Mixtures in which things meet more often than they would among all verbs.
MIXTURES = (
    NAMES,
    ("combine", "separate", "produce", "consume", "transfer"),
    ("accept", "modify", "pickup", "dropoff", "consume", "produce"),
    ("combine", "separate", "accept", "modify", "move", "raise"),
)

resources = st.integers(1, RESOURCES)
rarely = st.integers(0, 11).map(lambda number: number == 0)


@st.composite
def events(draw, names):
    """One event: its verb mostly on the side where it belongs, its links anything."""
    action = draw(st.sampled_from(names))
    side = ACTIONS[action].input_output if action in ACTIONS else None
    process = draw(st.integers(1, PROCESSES))
    takes = side in {"input", "outputInput"} or draw(rarely)
    gives = side == "output" or (side == "outputInput" and draw(st.booleans())) or draw(rarely)
    return {
        "action": NAMES.index(action),
        "resource": draw(resources | resources | st.just(NONE)),
        "to_resource": draw(st.just(NONE) | st.just(NONE) | resources),
        "input_of": process if takes else NONE,
        "output_of": draw(st.integers(1, PROCESSES)) if gives else NONE,
        "corrects": draw(st.integers(0, 40)) if draw(rarely) else NONE,
        "backed_out": draw(rarely),
        # Mostly what recording leaves behind; now and then a crumb from elsewhere.
        "crumb": draw(st.integers(-5, 5)) if draw(rarely) else None,
    }


ledgers = st.sampled_from(MIXTURES).flatmap(lambda names: st.lists(events(names), min_size=1, max_size=40))


def columns_of(lines, *, crooked) -> Columns:
    """Return the columns of generated events; `crooked` crumbs may point anywhere."""
    last: dict[int, int] = {}
    columns: dict[str, list[int]] = {name: [] for name in ("previous_event", "to_previous_event")}
    for sequence, line in enumerate(lines, start=1):
        for crumb, side in (("previous_event", "resource"), ("to_previous_event", "to_resource")):
            stray = sequence + line["crumb"] if crooked and line["crumb"] is not None else None
            columns[crumb].append(last.get(line[side], NONE) if stray is None else max(stray, NONE))
        last |= {line[side]: sequence for side in ("resource", "to_resource")}
    links = ("action", "resource", "to_resource", "input_of", "output_of", "corrects")
    return Columns.of(
        NAMES,
        sequence=range(1, len(lines) + 1),
        backed_out=[at for at, line in enumerate(lines, start=1) if line["backed_out"]],
        **columns,
        **{link: [line[link] for line in lines] for link in links},
    )


def starts(size):
    """Return several nodes of a ledger with `size` events; some are not in it."""
    nodes = st.one_of(
        st.tuples(st.just("event"), st.integers(1, size + 1)),
        st.tuples(st.just("resource"), st.integers(1, RESOURCES + 1)),
        st.tuples(st.just("process"), st.integers(1, PROCESSES + 1)),
    )
    return st.lists(nodes, min_size=1, max_size=3)


bounds = st.fixed_dictionaries({}, optional={"depth_max": st.integers(0, 9), "nodes_max": st.integers(0, 20)})


def agree(columns: Columns, adjacency: Adjacency, nodes, limits) -> None:
    ledger = Ledger.of(columns)
    same(walked(Back(ledger), nodes, **limits), adjacency.trace(nodes, **limits))
    same(walked(Forth(ledger), nodes, **limits), adjacency.track(nodes, **limits))
    assert neighbours(Back(ledger), nodes[0]) == adjacency.previous(nodes[0])
    assert neighbours(Forth(ledger), nodes[0]) == adjacency.next(nodes[0])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), ledgers, st.booleans(), bounds)
def test_both_walks_give_the_same_steps_in_the_same_order(data, lines, crooked, limits):
    columns = columns_of(lines, crooked=crooked)
    agree(columns, Adjacency.of(columns), data.draw(starts(len(lines))), limits)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), ledgers, st.booleans(), st.lists(st.integers(1, 40), max_size=3))
def test_a_ledger_that_grew_walks_like_one_that_was_read_whole(data, lines, crooked, backed_out):
    whole = columns_of(lines, crooked=crooked)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(lines)), min_size=1, max_size=3)))
    adjacency = Adjacency.of(head(whole, cuts[0]))
    for start, end in zip(cuts, [*cuts[1:], len(lines)], strict=True):
        if data.draw(st.booleans()):
            adjacency.graph(is_back=True)
            adjacency.graph(is_back=False)
        gone = [each for each in backed_out if each <= end]
        adjacency = adjacency.extended(head(whole.since(start), end - start), backed_out=gone)
    agree(adjacency.columns, adjacency, data.draw(starts(len(lines))), {})
    agree(adjacency.columns, Adjacency.of(adjacency.columns), data.draw(starts(len(lines))), {})


def head(columns: Columns, count: int) -> Columns:
    """Return the first `count` events."""
    arrays = {name: each[:count] for name, each in columns.arrays().items()}
    return Columns(actions=columns.actions, **arrays)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), ledgers)
def test_an_adjacency_read_from_a_folder_walks_like_before(tmp_path_factory, data, lines):
    columns = columns_of(lines, crooked=False)
    folder = tmp_path_factory.mktemp("trace") / "ledger"
    archive.save(Adjacency.of(columns), folder)
    agree(columns, archive.load(folder), data.draw(starts(len(lines))), {})
