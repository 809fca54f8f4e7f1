"""Under which address the house is known: kept in its database, so that every process and every backup says the same.

It is written down at the first start. When it is changed, the addresses of before stay with it, and whoever comes with one
of them, on paper or in an old export, still finds the record.
"""

from __future__ import annotations

import re
from functools import partial
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oce.kit import locks
from oce.vf.refusals import Refusal, Refused, gettext_noop, refuse_if

ADDRESS_LENGTH_MAX = 300
FIRST_PORT = 8000
_USUAL_PORTS = {"http": 80, "https": 443}
_HOST_LENGTH_MAX = 253
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")

MALFORMED = gettext_noop(
    "“{text}” cannot be the address of a house. Write http:// or https://, a host, perhaps a port, and nothing after it,"
    " as in https://coop.example."
)
OTHER = gettext_noop(
    "This house is known under {known}, and OCE_ADDRESS says {given}. Leave OCE_ADDRESS out, or run"
    " “oce address {given}” to have it known under that address from now on."
)


class HouseAddress(models.Model):
    """An address under which this house is or was known; the newest row is the present one."""

    id = models.BigAutoField(primary_key=True)
    address = models.CharField(_("address"), max_length=ADDRESS_LENGTH_MAX, unique=True)

    def __str__(self) -> str:
        """Return the address."""
        return self.address


# The addresses, and what addresses of records begin with; read once per process.
_Known = tuple[tuple[str, ...], tuple[str, ...]]
_known: _Known | None = None


def house_address() -> str:
    """Return the address under which this house is known: `https://coop.example`."""
    return known_addresses()[0]


def known_addresses() -> tuple[str, ...]:
    """Return the address of this house, then those it had before, the latest first."""
    return _all_known()[0]


def path_in_house(address: str) -> str | None:
    """Return the path that an address leads to in this house, or None for an address elsewhere."""
    beginnings = _all_known()[1]
    if not address.startswith(beginnings):  # asked for every row of a large file
        return None
    return address[len(next(each for each in beginnings if address.startswith(each))) - 1 :]


def settle(first: str | None = None) -> None:
    """Write the address down where the house has none yet: the one of the environment, else `first`.

    Raises:
        Refused: `kit.not_a_house_address`, or `kit.other_address` where the environment says another than the house's.
    """
    given = given_address()
    stored = _stored() or _settled(given or first or first_address())
    if given is not None and given != stored[0]:
        raise Refused(Refusal("kit.other_address", OTHER, known=stored[0], given=given))
    know(*stored)


def become(address: str) -> None:
    """Let the house be known under `address` from now on; the addresses of before stay understood."""
    with transaction.atomic():
        locks.alone("address")
        HouseAddress.objects.filter(address=address).delete()
        HouseAddress.objects.create(address=address)
        stored = _stored()
        transaction.on_commit(partial(know, *stored))


def know(*known: str) -> _Known:
    """Let this process know the house by these addresses, the present one first, without asking the database."""
    global _known  # noqa: PLW0603 (a process serves one house)
    _known = known, tuple(f"{address}/" for address in known)
    return _known


def forget() -> None:
    """Let this process ask the database for the addresses again."""
    global _known  # noqa: PLW0603 (a process serves one house)
    _known = None


def given_address() -> str | None:
    """Return the address that the environment gives the house, or None.

    Raises:
        Refused: `kit.not_a_house_address`.
    """
    return read_address(settings.OCE_ADDRESS) if settings.OCE_ADDRESS else None


def first_address(port: int = FIRST_PORT) -> str:
    """Return the address of a house that nobody has given one, and that answers at `port`."""
    return f"http://localhost:{port}"


def read_address(text: str) -> str:
    """Return the address of a house as it is kept: host in small letters and ASCII, no usual port, no slash at its end.

    Raises:
        Refused: `kit.not_a_house_address`.
    """
    refusal = Refusal("kit.not_a_house_address", MALFORMED, "address", text=text)
    try:
        parts = urlsplit(text.strip())
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError as fault:
        raise Refused(refusal) from fault
    refuse_if([refusal] if _says_more(parts) or not host else [])
    address = f"{parts.scheme}://{host}"
    return address if port in {None, _USUAL_PORTS[parts.scheme]} else f"{address}:{port}"


def host_of(address: str) -> str:
    """Return the host of a house's address, that of a version 6 address in brackets."""
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host


def _says_more(parts: SplitResult) -> bool:
    """Return whether an address has a scheme of another kind, or says more than scheme, host and port."""
    is_more = parts.path not in {"", "/"} or parts.query or parts.fragment or "@" in parts.netloc
    return parts.scheme not in _USUAL_PORTS or bool(is_more) or parts.netloc.endswith(":")


def _host(name: str) -> str:
    """Return a host as addresses carry it, or nothing where it is none."""
    if ":" in name:
        return f"[{ip_address(name).compressed}]"
    host = name.encode("idna").decode("ascii").lower().removesuffix(".")
    is_one = len(host) <= _HOST_LENGTH_MAX and all(_LABEL.fullmatch(label) for label in host.split("."))
    return host if is_one else ""


def _all_known() -> _Known:
    # A database that was made without our verbs has none written down: it is known as it would be.
    return _known or know(*(_stored() or (given_address() or first_address(),)))


def _stored() -> tuple[str, ...]:
    return tuple(HouseAddress.objects.order_by("-id").values_list("address", flat=True))


def _settled(address: str) -> tuple[str, ...]:
    """Write the first address down, unless another process was faster, and return what is written."""
    with transaction.atomic():
        locks.alone("address")
        if not HouseAddress.objects.exists():
            HouseAddress.objects.create(address=address)
        return _stored()
