"""What ValueFlows says: classes, actions, measures, effects. Plain Python, no input or output.

`terms` has the words and `actions` the table of verbs; `measures`, `units` and `moments` say how much
and when. `flows` says what a flow may be; `effects`, `states`, `containers` and `replays` what events do
to resources. `refusals` is how all of them say no.
"""

from __future__ import annotations

from oce.vf.actions import ACTIONS, Action, action
from oce.vf.containers import Containers, Resolved
from oce.vf.effects import Circumstances, Effect, effect_of
from oce.vf.flows import Shape, agents_of, refusals_of
from oce.vf.measures import Measure, conversion, measure
from oce.vf.moments import moment
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if
from oce.vf.replays import Replay, backed_out_of, replay
from oce.vf.states import Happening, Outcome, ResourceState, apply, refuse_shortage
from oce.vf.terms import CLASSES, ENUMERATIONS, INDIVIDUALS, PROPERTIES, gloss
from oce.vf.units import Unit, convertible, ratio, unit

__all__ = [
    "ACTIONS",
    "CLASSES",
    "ENUMERATIONS",
    "INDIVIDUALS",
    "PROPERTIES",
    "Action",
    "Circumstances",
    "Containers",
    "Effect",
    "Happening",
    "Measure",
    "Outcome",
    "Refusal",
    "Refused",
    "Replay",
    "Resolved",
    "ResourceState",
    "Shape",
    "Unit",
    "action",
    "agents_of",
    "apply",
    "backed_out_of",
    "conversion",
    "convertible",
    "effect_of",
    "gettext_noop",
    "gloss",
    "measure",
    "moment",
    "ratio",
    "refusals_of",
    "refuse_if",
    "refuse_shortage",
    "replay",
    "unit",
]
