"""The address of the house, from where the house is put together: changing it, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command

from oce.kit import addresses
from oce.kit.actor import Power
from oce.kit.commands import command, tell
from oce.kit.records import record_models
from oce.vf.refusals import Refusal, gettext_noop, refuse_if

if TYPE_CHECKING:
    from oce.kit.actor import Actor

OF_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_AT_THE_SHELL = "Every process of the house has to be started anew; whoever runs them does both."


def make_tables(port: int = addresses.FIRST_PORT, *, verbosity: int = 0) -> None:
    """Bring the database to this version, and write down the address of a house that is opened for the first time."""
    call_command("migrate", verbosity=verbosity)
    addresses.settle(addresses.first_address(port))


@command(
    says=gettext_noop("gave the house the address {address}; it was {former}"),
    needs=Power.ADMINISTER,
    without={"page": _AT_THE_SHELL, "mutation": _AT_THE_SHELL},
)
def change_address(_actor: Actor, address: str) -> str:
    """Let the house be known under another address from now on, and return it as it is kept."""
    changed = addresses.read_address(address)
    refuse_if(_refuse_address_of_others(changed))
    former = addresses.house_address()
    if changed != former:
        addresses.become(changed)
    tell(address=changed, former=former)
    return changed


def _refuse_address_of_others(address: str) -> list[Refusal]:
    """Under one address only one house is known."""
    born_there = sum(model.every().filter(iri__startswith=f"{address}/").count() for model in record_models())
    if not born_there:
        return []
    sentence = gettext_noop(
        "{count} records here were born in a house at {address}, so the address is that house's. Choose another one."
    )
    return [Refusal("site.address_of_others", sentence, "address", count=born_there, address=address)]


def live_at_address() -> None:
    """Let hosts, trusted origins and cookies follow from the addresses of the house; servers do this when they start."""
    addresses.settle()
    known = addresses.known_addresses()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, *map(addresses.host_of, known)]
    settings.CSRF_TRUSTED_ORIGINS = list(known)
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = known[0].startswith("https://")


def address_at(port: int) -> str:
    """Return where a person reaches the server: the address of the house, on this machine with the port it listens at."""
    known = addresses.house_address()
    parts = urlsplit(known)
    is_here = parts.scheme == "http" and parts.hostname in OF_THIS_MACHINE
    return f"http://{addresses.host_of(known)}:{port}" if is_here else known
