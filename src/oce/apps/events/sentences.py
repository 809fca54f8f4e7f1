"""What an event says, as people say it: who did what, how much of what, and for whom.

The table holds words and nothing else, so that each language can put them in its own order; what an action does is read
from its row. An action without words here is told by its label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from oce.kit.action_labels import action_label
from oce.kit.measures import in_words
from oce.vf.measures import Measure

# Where giver and taker are one, or the taker is not worth a word.
ALONE: Mapping[str, str | Promise] = MappingProxyType(
    {
        "produce": gettext_lazy("{provider} produced {what}"),
        "consume": gettext_lazy("{provider} used up {what}"),
        "use": gettext_lazy("{provider} used {what}"),
        "work": gettext_lazy("{provider} worked {what}"),
        "cite": gettext_lazy("{provider} cited {what}"),
        "deliverService": gettext_lazy("{provider} delivered {what}"),
        "pickup": gettext_lazy("{provider} picked up {what}"),
        "dropoff": gettext_lazy("{provider} dropped off {what}"),
        "accept": gettext_lazy("{provider} took in {what}"),
        "modify": gettext_lazy("{provider} gave back {what}"),
        "combine": gettext_lazy("{provider} packed {what}"),
        "separate": gettext_lazy("{provider} unpacked {what}"),
        "move": gettext_lazy("{provider} moved {what}"),
        "copy": gettext_lazy("{provider} copied {what}"),
        "raise": gettext_lazy("{provider} counted {what} more"),
        "lower": gettext_lazy("{provider} counted {what} less"),
    }
)
FOR_ANOTHER: Mapping[str, str | Promise] = MappingProxyType(
    {
        "produce": gettext_lazy("{provider} produced {what} for {receiver}"),
        "consume": gettext_lazy("{receiver} used up {what} of {provider}"),
        "use": gettext_lazy("{receiver} used {what} of {provider}"),
        "work": gettext_lazy("{provider} worked {what} for {receiver}"),
        "cite": gettext_lazy("{receiver} cited {what} of {provider}"),
        "deliverService": gettext_lazy("{provider} delivered {what} to {receiver}"),
        "pickup": gettext_lazy("{receiver} picked up {what} from {provider}"),
        "dropoff": gettext_lazy("{provider} dropped off {what} for {receiver}"),
        "accept": gettext_lazy("{receiver} took in {what} from {provider}"),
        "modify": gettext_lazy("{provider} gave back {what} to {receiver}"),
        "combine": gettext_lazy("{provider} packed {what} for {receiver}"),
        "separate": gettext_lazy("{provider} unpacked {what} for {receiver}"),
        "transfer": gettext_lazy("{provider} handed over {what} to {receiver}"),
        "transferAllRights": gettext_lazy("{provider} made over {what} to {receiver}"),
        "transferCustody": gettext_lazy("{provider} entrusted {what} to {receiver}"),
        "copy": gettext_lazy("{provider} copied {what} for {receiver}"),
    }
)


def sentence(
    action: str,
    provider: str,
    receiver: str | None,
    amounts: Iterable[Measure | None],
    thing: str,
    *,
    is_correction: bool = False,
) -> str:
    """Return what happened: `Ana produced 10 kg Bread`.

    Args:
        action: the name of the action.
        provider: what the giver is called.
        receiver: what the taker is called, None where both are one.
        amounts: how much it was, and for how long.
        thing: what it was done with; empty where nobody said.
        is_correction: whether it only changes how much another event was.
    """
    words = (ALONE if receiver is None else {**ALONE, **FOR_ANOTHER}).get(action)
    told = (str(words) if words else "{provider}: {action} {what}").format(
        provider=provider, receiver=receiver, what=_what(amounts, thing), action=action_label(action)
    )
    return _("Correction: {event}").format(event=told) if is_correction else told


def _what(amounts: Iterable[Measure | None], thing: str) -> str:
    amount = ", ".join(in_words(each) for each in amounts if each is not None)
    if amount and thing:
        return pgettext("how much of what: 10 kg Bread", "{amount} {thing}").format(amount=amount, thing=thing)
    return amount or thing or _("something")
