"""The nineteen verbs of flows, each with its eleven behaviours, read from one table.

Nothing in this system branches on the name of an action: whoever needs to know what a
verb does reads its row. The table holds the *recommended* column of `actions.json`, that
is the ontology with the decisions A1 to A11; absent behaviours are None (D8).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from oce.vf.namespaces import local_name, snake
from oce.vf.refusals import Refusal, Refused, gettext_noop

IMPLIED = MappingProxyType({"full": "transfer", "custody": "transferCustody"})
"""The action whose row is applied as well when provider and receiver differ (T6)."""

UNKNOWN = gettext_noop("There is no action “{given}”. Did you mean “{nearest}”?")
UNLIKE_ANY = gettext_noop("There is no action “{given}”. Choose one of {actions}.")


@dataclass(frozen=True, slots=True)
class Action:
    """A verb of a flow with its behaviours; None where it has none."""

    name: str
    label: str
    gloss: str
    event_quantity: str
    input_output: str | None = None
    pairs_with: str | None = None
    create_resource: str | None = None
    accounting_effect: str | None = None
    onhand_effect: str | None = None
    location_effect: str | None = None
    contained_effect: str | None = None
    accountable_effect: str | None = None
    stage_effect: str | None = None
    state_effect: str | None = None
    implied_transfer: str | None = None
    can_contain: bool = False

    @property
    def may_be_input(self) -> bool:
        """Whether a process may take it in."""
        return self.input_output in {"input", "outputInput"}

    @property
    def may_be_output(self) -> bool:
        """Whether a process may give it out."""
        return self.input_output in {"output", "outputInput"}

    @property
    def takes_resource_quantity(self) -> bool:
        """Whether a flow may say how much of a resource."""
        return self.event_quantity in {"resource", "both"}

    @property
    def takes_effort_quantity(self) -> bool:
        """Whether a flow may say how much work or use."""
        return self.event_quantity in {"effort", "both"}

    @property
    def hands_over(self) -> bool:
        """Whether what one resource loses another gains: the transfers, and move."""
        return "decrementIncrement" in {self.accounting_effect, self.onhand_effect}

    @property
    def changes_hands(self) -> bool:
        """Whether it needs two different agents: it hands over rights, custody or both."""
        return self.hands_over and not self.stays_with_agent

    @property
    def stays_with_agent(self) -> bool:
        """Whether it needs one and the same agent on both ends.

        Read off the row: rights are carried from one resource to another, and yet nobody
        else becomes accountable. That is what the standard says of `move` alone.
        """
        return self.accounting_effect == "decrementIncrement" and self.accountable_effect is None

    @property
    def counts(self) -> bool:
        """Whether it can change a quantity of a resource."""
        return self.accounting_effect is not None or self.onhand_effect is not None


def _read() -> dict[str, Action]:
    text = files("oce.vf").joinpath("data/actions.json").read_text("utf-8")
    rows: dict[str, dict[str, Any]] = json.loads(text)["actions"]
    implied = {action: kind for kind, action in IMPLIED.items()}
    return {
        name: Action(
            name=name,
            label=row["label"],
            gloss=row["gloss"],
            implied_transfer=implied.get(row.get("impliedTransfer", "")),
            can_contain=row.get("canContain", False),
            **{snake(behaviour): value for behaviour, value in row["behaviours"].items()},
        )
        for name, row in rows.items()
    }


ACTIONS: Mapping[str, Action] = MappingProxyType(_read())
"""The actions by name."""


def action(given: str) -> Action:
    """Return the action that `given` names: `deliverService`, `deliver-service`, or its IRI.

    Raises:
        Refused: `actions.unknown`, with the nearest name, or with all names where none is near.
    """
    found = ACTIONS.get(given)
    if found is not None:
        return found
    name = re.sub(r"[-_ ]+(\w)", lambda match: match[1].upper(), local_name(given.strip()))
    found = ACTIONS.get(name)
    if found is not None:
        return found
    raise Refused(_refuse_unknown(given, name))


def _refuse_unknown(given: str, name: str) -> Refusal:
    names = {each.lower(): each for each in ACTIONS}
    for near in get_close_matches(name.lower(), names, n=1):
        return Refusal("actions.unknown", UNKNOWN, "action", given=given, nearest=names[near])
    return Refusal("actions.unknown", UNLIKE_ANY, "action", given=given, actions=", ".join(ACTIONS))
