"""The requests that several tests send."""

from __future__ import annotations

from typing import Any

from oce.kit.testing.asking import ask

CREATE_EVENT = """
mutation Record($event: EconomicEventCreateParams!, $new: EconomicResourceCreateParams, $key: String) {
  createEconomicEvent(event: $event, newInventoriedResource: $new, key: $key) {
    economicEvent {
      id
      action { id }
      hasBeginning
      hasEnd
      hasPointInTime
      created
      provider { id name }
      resourceQuantity { hasNumericalValue hasUnit { id symbol } }
      previousEvent { id }
      resourceInventoriedAs { id ...Held }
      toResourceInventoriedAs { id ...Held }
    }
    economicResource { id name ...Held }
    warnings { code field message }
  }
}
fragment Held on EconomicResource {
  primaryAccountable { id }
  accountingQuantity { hasNumericalValue }
  onhandQuantity { hasNumericalValue }
}
"""


def kilograms(value: object) -> dict[str, object]:
    """Return so many kilograms, as a client sends them."""
    return {"hasNumericalValue": value, "hasUnit": "kilogram"}


def told(action: str, who: Any, to: Any = None, **more: Any) -> dict[str, Any]:
    """Return an event as a client sends it."""
    return {"action": action, "provider": str(who.uid), "receiver": str((to or who).uid), **more}


def record(event: dict[str, Any], **variables: Any) -> Any:
    """Return what recording an event answers."""
    return ask(CREATE_EVENT, event=event, **variables)["createEconomicEvent"]


def raised(who: Any, kind: Any, amount: object = "10", name: str = "Stock") -> str:
    """Return the identifier of a new resource of so many kilograms."""
    event = told("raise", who, resourceConformsTo=str(kind.uid), resourceQuantity=kilograms(amount))
    identifier: str = record(event, new={"name": name})["economicResource"]["id"]
    return identifier
