"""What can be the address of a house, and what leads into the house."""

from __future__ import annotations

import pytest

from oce.kit import addresses
from oce.kit.addresses import HouseAddress, path_in_house, read_address, settle
from oce.kit.jsonld import context
from oce.kit.records import read_uid
from oce.vf.refusals import Refused

UID = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://coop.example", "https://coop.example"),
        (" https://Coop.Example/ ", "https://coop.example"),
        ("HTTPS://coop.example:443", "https://coop.example"),
        ("http://coop.example:443", "http://coop.example:443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[0:0::1]:8000", "http://[::1]:8000"),
        ("https://bäckerei.example", "https://xn--bckerei-5wa.example"),
    ],
)
def test_an_address_is_kept_in_one_form(text, kept):
    assert read_address(text) == kept
    assert read_address(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "coop.example",
        "ftp://coop.example",
        "https://",
        "https:coop.example",
        "https://coop.example/village",
        "https://coop.example?a=1",
        "https://coop.example#here",
        "https://me:secret@coop.example",
        "https://coop example",
        "https://coop..example",
        "https://-coop.example",
        f"https://{'a' * 64}.example",
        f"https://{'a.' * 130}example",
        "https://coop.example:",
        "https://coop.example:99999",
        "https://coop.example:port",
        "https://[::1",
        "https://[coop]",
    ],
)
def test_what_is_no_address_of_a_house_is_refused(text):
    with pytest.raises(Refused) as refused:
        read_address(text)
    assert [each.code for each in refused.value.refusals] == ["kit.not_a_house_address"]


def test_addresses_of_before_lead_into_the_house():
    addresses.know("https://coop.example", "http://localhost:8000")
    assert path_in_house(f"http://localhost:8000/agent/{UID}") == f"/agent/{UID}"
    assert path_in_house(f"https://coop.example/agent/{UID}") == f"/agent/{UID}"
    assert path_in_house(f"https://coop.example.org/agent/{UID}") is None
    assert str(read_uid(f"http://localhost:8000/agent/{UID}")) == UID
    assert read_uid(f"http://localhost:80/agent/{UID}") is None
    assert context.known_context("http://localhost:8000/context.jsonld") == context.full_context()
    assert context.known_context("http://localhost:80/context.jsonld") is None


@pytest.mark.django_db
def test_the_first_address_is_written_once(settings):
    settle("http://localhost:8777")
    settle("http://localhost:8000")
    settings.OCE_ADDRESS = "http://LOCALHOST:8777/"
    settle()
    assert [each.address for each in HouseAddress.objects.all()] == ["http://localhost:8777"]


@pytest.mark.django_db
def test_the_environment_goes_before_the_port_and_another_one_is_refused(settings):
    settings.OCE_ADDRESS = "https://coop.example"
    settle("http://localhost:8777")
    assert str(HouseAddress.objects.get()) == "https://coop.example"
    settings.OCE_ADDRESS = "https://other.example"
    with pytest.raises(Refused) as refused:
        settle()
    assert [each.code for each in refused.value.refusals] == ["kit.other_address"]


@pytest.mark.django_db
def test_addresses_are_read_once(django_assert_num_queries):
    settle("http://localhost:8777")
    addresses.forget()
    with django_assert_num_queries(1):
        assert {addresses.house_address() for _ in range(3)} == {"http://localhost:8777"}


@pytest.mark.django_db
def test_a_database_that_was_made_without_our_verbs_is_known_as_it_would_be(settings):
    addresses.forget()
    assert addresses.house_address() == "http://localhost:8000"
    addresses.forget()
    settings.OCE_ADDRESS = "https://coop.example"
    assert addresses.house_address() == "https://coop.example"
