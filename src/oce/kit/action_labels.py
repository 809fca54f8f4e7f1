"""What the actions of the standard are called on screen, in the reader's language.

The table of the standard (`oce.vf.actions`) is plain data and holds English labels; here the same words wait for their
translators. A test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

ACTION_LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "produce": gettext_lazy("produce"),
        "consume": gettext_lazy("consume"),
        "use": gettext_lazy("use"),
        "work": gettext_lazy("work"),
        "cite": gettext_lazy("cite"),
        "deliverService": gettext_lazy("deliver service"),
        "pickup": gettext_lazy("pickup"),
        "dropoff": gettext_lazy("dropoff"),
        "accept": gettext_lazy("accept"),
        "modify": gettext_lazy("modify"),
        "combine": gettext_lazy("combine"),
        "separate": gettext_lazy("separate"),
        "transferCustody": gettext_lazy("transfer custody"),
        "transferAllRights": gettext_lazy("transfer all rights"),
        "transfer": gettext_lazy("transfer"),
        "move": gettext_lazy("move"),
        "copy": gettext_lazy("copy"),
        "raise": gettext_lazy("raise"),
        "lower": gettext_lazy("lower"),
    }
)


def action_label(action: str) -> str:
    """Return an action as people read it, `deliver service`; its name where a document brought an unknown one."""
    return str(ACTION_LABELS.get(action, action))
