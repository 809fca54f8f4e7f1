"""The search over everything in GraphQL: what the page finds."""

from __future__ import annotations

import pytest

from oce.kit.testing import factories
from oce.kit.testing.asking import ask, codes

pytestmark = pytest.mark.django_db

SEARCH = """
query ($text: String!) {
  search(text: $text) {
    className hasMore isExact
    records { __typename ... on Organization { name } ... on Agreement { name } ... on ResourceSpecification { name } }
  }
}
"""


def test_what_is_found_comes_by_class():
    factories.organization("Jam Makers")
    factories.kind("Jam")
    found = ask(SEARCH, text="jam")["search"]
    assert found == [
        {
            "className": "Agent",
            "hasMore": False,
            "isExact": False,
            "records": [{"__typename": "Organization", "name": "Jam Makers"}],
        },
        {
            "className": "ResourceSpecification",
            "hasMore": False,
            "isExact": True,
            "records": [{"__typename": "ResourceSpecification", "name": "Jam"}],
        },
    ]


def test_a_book_is_refused_as_on_the_page():
    assert codes(SEARCH, text="x" * 9_000) == ["search.too_long"]
