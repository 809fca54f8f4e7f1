"""The pytest plugin with what the tests of every app share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from oce.kit.actor import STRANGER, Actor, operator

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoDbBlocker

    from oce.kit.app import OceApp

pytest.register_assert_rewrite("oce.kit.testing.conformance")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests that commit begin with what the migrations wrote, such as standard roles: the one before threw it away."""
    for item in items:
        names: list[str] = getattr(item, "fixturenames", [])
        marker = item.get_closest_marker("django_db")
        if "transactional_db" in names or (marker is not None and marker.kwargs.get("transaction")):
            names.append("django_db_serialized_rollback")


@pytest.fixture
def actor() -> Actor:
    """Somebody who may do everything."""
    return operator("tests")


@pytest.fixture
def stranger() -> Actor:
    """Somebody who may do nothing."""
    return STRANGER


@pytest.fixture
def browser(db: None, settings: Any) -> Client:  # noqa: ARG001 (pages read the database)
    """A browser in which everything is allowed."""
    from django.test import Client

    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "oce.kit.testing.browsing.AsOperator"]
    return Client()


@pytest.fixture
def app_under_test(request: pytest.FixtureRequest) -> OceApp:
    """The app in whose folder the running test lies."""
    from oce.kit.app import installed

    here = Path(request.path).resolve()
    for app in installed():
        if here.is_relative_to(Path(app.path).resolve()):
            return app
    message = f"{here} lies in the folder of no running app. Is the app advertised under the entry points `oce.apps`?"
    raise LookupError(message)


@pytest.fixture(scope="session")
def running_house(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a house of its own with all apps, whose tables are made."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("OCE_", "DJANGO_"))}
    environment = ours | {"OCE_HOME": str(tmp_path_factory.mktemp("house")), "PYTHONPATH": os.pathsep.join(sys.path)}
    made = [sys.executable, "-m", "oce", "migrate"]
    subprocess.run(made, env=environment, check=True, stdout=subprocess.DEVNULL)
    return environment


@pytest.fixture(scope="module")
def staying(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001 (the database is made)
    """A database in which what fixtures of a module write stays until its last test; what each test writes is undone.

    Not for tests that commit.
    """
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        _know_the_house()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _known_without_asking() -> None:
    """Let records have addresses, and be seen by the network, in tests that use no database."""
    _know_the_house()


def _know_the_house() -> None:
    from oce.kit import addresses, visibility
    from oce.kit.sharing import Visibility

    addresses.know(addresses.first_address())
    visibility.know(Visibility.NETWORK)


@pytest.fixture(autouse=True)
def _kept_for_this_test_only() -> Iterator[None]:
    """Forget the units that a test wrote down, and whatever is kept for a while, together with its database."""
    yield
    # Not at the top: Django's settings are chosen by another plugin after this one is loaded.
    from oce.kit.kept import forget_everything
    from oce.kit.measures import forget_units

    forget_units()
    forget_everything()
