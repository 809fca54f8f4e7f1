"""The wish to agree: an agreement with its parties and all that they promise each other, written down at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from oce.apps.agents.models import Agent
from oce.apps.agreements.commands import make_agreement
from oce.apps.agreements.models import Agreement
from oce.apps.commitments.commands import make_commitment
from oce.apps.exchange import rules
from oce.kit import writing
from oce.kit.actor import Actor
from oce.kit.commands import command, tell
from oce.kit.writing import Values
from oce.vf.refusals import Refused, gettext_noop, refuse_if


@command(says=gettext_noop("agreed with others on {subject}, with {count} promises"))
def agree(actor: Actor, values: Values, clauses: Sequence[Values]) -> Agreement:
    """Write down an agreement between several, and what each of them promises in it; all of it or nothing.

    Whoever is named in a promise is a party of the agreement. Of two parties, the one who gives need only be named: the other
    gets it. What the first party gives are clauses; what it gets in return are reciprocal clauses.
    """
    refuse_if(rules.refuse_too_many(len(clauses)))
    parties = _agents([*values.get("parties", ()), *_ends(clauses)])
    refuse_if(rules.refuse_lonely(parties))
    agreement = make_agreement(actor, {**values, "parties": parties})
    for number, clause in enumerate(clauses):
        provider, receiver = (_agents([clause.get(end)], f"clauses.{number}.{end}") for end in ("provider", "receiver"))
        if len(parties) == 2 and provider and not receiver:
            receiver = [each for each in parties if each != provider[0]]
        giver, taker = next(iter(provider), None), next(iter(receiver), None)
        refuse_if(rules.refuse_open_ends(giver, taker, f"clauses.{number}"))
        side = "clause_of" if giver == parties[0] else "reciprocal_clause_of"
        try:
            make_commitment(actor, {**clause, "provider": giver, "receiver": taker, side: agreement})
        except Refused as refused:
            raise Refused(each.at(f"clauses.{number}") for each in refused.refusals) from refused
    tell(agreement.address, subject=str(agreement), count=len(clauses))
    return agreement


def _ends(clauses: Sequence[Values]) -> list[Any]:
    return [clause[end] for clause in clauses for end in ("provider", "receiver") if clause.get(end) is not None]


def _agents(named: Sequence[Any], field: str = "parties") -> list[Agent]:
    """Return the agents that were named by record or reference, each once.

    Raises:
        Refused: `kit.unknown_record` at the field that names nobody.
    """
    found = [
        each if isinstance(each, Agent) else writing.find(Agent, each, field) for each in named if each is not None
    ]
    return list(dict.fromkeys(found))
