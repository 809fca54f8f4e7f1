"""Questions about plans and processes."""

from __future__ import annotations

import pytest

from oce.apps.processes import queries
from oce.kit.testing.factories import organization, plan, process
from oce.kit.testing.notation import moment

pytestmark = pytest.mark.django_db


def test_processes_come_by_their_beginning_and_those_without_one_last():
    saturday, bakery = plan(), organization()
    for name, beginning in (("open", None), ("late", "2026-11-22"), ("early", "2026-11-21")):
        process(name, planned_within=saturday, in_scope_of=bakery, has_beginning=beginning and moment(beginning))
    process("done", in_scope_of=bakery, finished=True)
    process("elsewhere")
    assert [str(each) for each in queries.processes_in(saturday)] == ["early", "late", "open"]
    assert [str(each) for each in queries.open_processes(bakery)] == ["early", "late", "open"]
    assert queries.open_processes().count() == 4


def test_plans_are_found_by_whom_they_concern():
    bakery, saturday = organization(), plan("Saturday")
    plan("Sunday")
    process("bake", planned_within=saturday, in_scope_of=bakery)
    process("clean", planned_within=saturday, in_scope_of=bakery)
    assert list(queries.plans_of(bakery)) == [saturday]
