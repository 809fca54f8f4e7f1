"""A browser in which the operator has signed in, and a small world to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.members.models import Membership
from oce.kit.records import Record, record_models
from oce.kit.testing import factories
from oce.kit.testing.factories import ACTOR
from oce.kit.testing.notation import quantity
from oce.kit.testing.samples import sample
from oce.site.keys import operator_key
from oce.site.tests import houses


@pytest.fixture
def browser(db: None) -> Client:
    client = Client()
    client.post("/enter", {"key": operator_key()})
    return client


def flour(name: str = "Flour in the store", lot: str | None = "L-1") -> EconomicEvent:
    """Return the event that brought a sack of flour into the store of an agent."""
    owner = factories.organization(f"Mill of {name}")
    return record_event(
        ACTOR,
        EventDraft(
            action="raise",
            provider=owner,
            receiver=owner,
            resource_conforms_to=factories.kind(f"kind of {name}"),
            resource_quantity=quantity("10 kg"),
            to_location=factories.place(),
            new_resource=ResourceDraft({"name": name}, lot_code=lot),
        ),
    )


@pytest.fixture
def world(records: dict[type[Record], Record], db: None) -> dict[type[Record], Record]:
    """One record of every class, by class; what a test makes of them is undone."""
    return {model: model.every().get(pk=record.pk) for model, record in records.items()}


@pytest.fixture(scope="module")
def records(staying: None) -> dict[type[Record], Record]:
    bakery, ana = (
        factories.organization("Bakery"),
        factories.person("Ana", primary_location=factories.place("Old mill")),
    )
    bread = {"provider": bakery, "receiver": ana, "resource_conforms_to": factories.kind("bread")}
    made: list[Any] = [
        ana,
        factories.stage(),
        factories.unit(),
        factories.make("classification", name="Food", term="food"),
        factories.agreement(bundled_in=factories.make("agreement-bundle", name="Order 7")),
        factories.process(based_on=factories.stage("kneading"), in_scope_of=bakery, planned_within=factories.plan()),
        factories.relate(ana, "member", bakery),
        sample(Membership),
        *(factories.make(word, action="transfer", **bread) for word in ("intent", "commitment", "claim")),
        flour(),
    ]
    by_class = {type(record): record for record in made}
    rest = {model: model.every().first() for model in record_models() if model not in by_class}
    missing = [model.__name__ for model, record in rest.items() if record is None]
    assert not missing, f"The world of these tests has no {missing}."
    return by_class | {model: record for model, record in rest.items() if record is not None}


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> houses.House:
    """A house in which the stories were played, to be copied: one for all processes that test."""
    return houses.shared(tmp_path_factory, "played", "demo", "--no-serve", "--weeks=0")


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> houses.House:
    """A house with empty tables, to be copied: one for all processes that test."""
    return houses.shared(tmp_path_factory, "furnished", "migrate")


@pytest.fixture
def house(played: houses.House, tmp_path: Path) -> Iterator[houses.House]:
    """A house of this test's own, with the records of the stories."""
    with houses.demolished(played.copied(tmp_path)) as copied:
        yield copied


@pytest.fixture
def new_house(furnished: houses.House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[houses.House]:
    """A house of this test's own with empty tables."""
    with houses.demolished(furnished.copied(tmp_path_factory.mktemp("new"))) as copied:
        yield copied


@pytest.fixture
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[houses.House]:
    """A house without tables."""
    with houses.demolished(houses.empty(tmp_path_factory.mktemp("empty"))) as house:
        yield house
