"""Where the valley's people live and work: a river, its fields, and the little town."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A place as it is told: where on the earth, its address, and the larger place around it."""

    name: str
    lat: str
    long: str
    address: str = ""
    within: str | None = None


PLACES = (
    Place("Riverfield", "46.9412", "9.8127", "Riverfield Farm, 1 River Road, Alderbrook"),
    Place("North field", "46.9441", "9.8109", within="Riverfield"),
    Place("South field", "46.9387", "9.8131", within="Riverfield"),
    Place("Barn", "46.9415", "9.8133", within="Riverfield"),
    Place("Mill yard", "46.9338", "9.8246", "Mill Lane 4, Alderbrook"),
    Place("Mill store", "46.9339", "9.8249", within="Mill yard"),
    Place("Bakehouse", "46.9296", "9.8311", "7 Chapel Street, Alderbrook"),
    Place("Packing table", "46.9296", "9.8312", within="Bakehouse"),
    Place("Shop", "46.9279", "9.8342", "Market Square 2, Alderbrook"),
    Place("Shop cellar", "46.9278", "9.8343", within="Shop"),
    Place("Van yard", "46.9263", "9.8389", "Station Road 19, Alderbrook"),
    Place("Brook Garden", "46.9351", "9.8368", "Brook Path, Alderbrook"),
    Place("Orchard", "46.9358", "9.8377", within="Brook Garden"),
    Place("Glasshouse", "46.9349", "9.8371", within="Brook Garden"),
    Place("Jam kitchen", "46.9345", "9.8362", "Brook Path 3, Alderbrook", "Brook Garden"),
    Place("Jam cellar", "46.9345", "9.8363", within="Jam kitchen"),
    Place("Reading room", "46.9284", "9.8329", "Market Square 11, Alderbrook"),
    Place("Old station", "46.9258", "9.8401", "Station Road 23, Alderbrook"),
    Place("Wood workshop", "46.9257", "9.8402", within="Old station"),
    Place("Print room", "46.9258", "9.8403", within="Old station"),
    Place("Bench room", "46.9259", "9.8400", within="Old station"),
    Place("Parts shelf", "46.9259", "9.8399", within="Bench room"),
    Place("Linden Street", "46.9302", "9.8288", "Linden Street, Alderbrook"),
    Place("Tool shed", "46.9304", "9.8285", "Linden Street 14, Alderbrook", "Linden Street"),
    Place("Town library", "46.9281", "9.8336", "Market Square 8, Alderbrook"),
    Place("Meadow School", "46.9319", "9.8305", "School Hill 1, Alderbrook"),
    Place("River Clinic", "46.9247", "9.8368", "Bridge Street 30, Alderbrook"),
)
