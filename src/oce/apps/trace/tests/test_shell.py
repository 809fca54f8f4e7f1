"""Trace at the shell: by identifier, address or name, and no further than one says."""

from __future__ import annotations

import argparse

import pytest

from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.resources.models import EconomicResource
from oce.apps.trace import shell
from oce.kit.testing import factories
from oce.kit.testing.notation import quantity, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def oce(capsys):
    """Run a verb and return what it wrote."""

    def run(*arguments):
        parser = argparse.ArgumentParser()
        shell.add_verbs(parser.add_subparsers(required=True))
        chosen = parser.parse_args([str(each) for each in arguments])
        assert chosen.run(chosen) == 0
        return capsys.readouterr().out

    return run


def raised(actor, name):
    mill, wheat = factories.organization("Mill"), factories.kind("Wheat")
    born = ResourceDraft({"name": name, "conforms_to": wheat})
    record_event(actor, EventDraft("raise", mill, mill, resource_quantity=quantity("5 kg"), new_resource=born))
    return EconomicResource.objects.latest("id")


def test_a_resource_is_found_by_its_identifier_its_address_and_its_name(actor, oce):
    wheat = raised(actor, "W1")
    found = oce("trace", wheat.uid)
    assert wheat.address in found
    assert oce("trace", wheat.address) == oce("trace", "W1") == found


def test_a_name_of_several_is_refused(actor, oce):
    raised(actor, "W1"), raised(actor, "W1")
    with refused("trace.ambiguous_start"):
        oce("trace", "W1")


def test_what_nothing_is_called_is_refused(oce):
    with refused("trace.unknown_start"):
        oce("trace", "W1")


@pytest.mark.parametrize("bound", [("--limit", "-5"), ("--depth", "-1"), ("--depth", "x")])
def test_a_bound_below_nothing_is_not_understood(actor, oce, bound, capsys):
    raised(actor, "W1")
    with pytest.raises(SystemExit):
        oce("trace", "W1", "=".join(bound))
    assert f"{bound[1]} is not a whole number from 0 on" in capsys.readouterr().err
