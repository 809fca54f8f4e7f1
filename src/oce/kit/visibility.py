"""Who may see a record beside those whom it concerns: its group alone, the network, or everybody.

What a new record gets where nobody says it is decided by its class, or, for what happens and is planned, by the house:
its administrator says once whether a group keeps such things to itself.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oce.kit import locks
from oce.kit.sharing import Visibility

if TYPE_CHECKING:
    # Django's fields take type arguments in its stubs only.
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField

# Another process may have changed what the house says; after so many seconds it is read again.
SECONDS_KNOWN = 5.0


class HouseVisibility(models.Model):
    """Who sees what happens where nobody says it: one row at most, none as long as nobody decided."""

    ONE: ClassVar = 1

    id = models.SmallIntegerField(primary_key=True, default=ONE)
    visibility = models.CharField(_("who sees it"), max_length=7, choices=Visibility, default=Visibility.NETWORK)

    def __str__(self) -> str:
        """Return who sees it."""
        return str(self.get_visibility_display())


class VisibilityField(_CharField):
    """Keeps who sees a record; a new one gets what its class says, or else what the house says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the three choices; the names of the columns of old migrations say no more than that."""
        settled = {"max_length": 7, "choices": Visibility.choices, "default": Visibility.NETWORK.value}
        super().__init__(*args, **(kwargs | settled))

    def deconstruct(self) -> Any:
        """Say in migrations nothing of what is the same everywhere."""
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path,
            args,
            {key: value for key, value in kwargs.items() if key not in {"max_length", "choices", "default"}},
        )

    def get_default(self) -> str:
        """Return who sees a new record."""
        said: Visibility | None = getattr(self.model, "visibility_default", Visibility.NETWORK)
        return house_visibility().value if said is None else said.value


__all__ = [
    "HouseVisibility",
    "Visibility",
    "VisibilityField",
    "decide",
    "house_visibility",
    "know",
]

_known: tuple[Visibility, float] | None = None


def house_visibility() -> Visibility:
    """Return who sees what happens and is planned in this house, where nobody says it."""
    if _known is not None and monotonic() < _known[1]:
        return _known[0]
    stored = HouseVisibility.objects.filter(pk=HouseVisibility.ONE).values_list("visibility", flat=True).first()
    found = Visibility.NETWORK if stored is None else Visibility(stored)
    know(found, SECONDS_KNOWN)
    return found


def decide(visibility: Visibility) -> None:
    """Let what happens from now on be seen by these where nobody says otherwise; what was written before stays."""
    with transaction.atomic():
        locks.alone("visibility")
        HouseVisibility.objects.update_or_create(pk=HouseVisibility.ONE, defaults={"visibility": visibility.value})
        transaction.on_commit(lambda: know(visibility, SECONDS_KNOWN))


def know(visibility: Visibility, seconds: float = float("inf")) -> None:
    """Let this process know the answer for so long, without asking the database."""
    global _known  # noqa: PLW0603 (a process serves one house)
    _known = visibility, monotonic() + seconds
