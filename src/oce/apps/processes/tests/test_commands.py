"""Wishes about plans and processes."""

from __future__ import annotations

import pytest

from oce.apps.processes import commands
from oce.apps.processes.models import Plan, Process
from oce.kit.testing.factories import organization, plan, process, stage
from oce.kit.testing.notation import moment, refused

pytestmark = pytest.mark.django_db


def test_a_process_is_written_down_and_finished(actor):
    bakery, baking, saturday = organization(), stage("baking"), plan("Saturday")
    baked = commands.make_process(
        actor,
        {
            "based_on": baking,
            "in_scope_of": bakery,
            "planned_within": saturday,
            "has_beginning": moment("2026-11-21 04:00"),
            "classified_as": ["bread"],
        },
    )
    assert (str(baked), baked.finished) == ("baking", False)
    baked = commands.change_process(
        actor, baked, baked.revision_id, {"finished": True, "has_end": moment("2026-11-21 07:00")}
    )
    assert baked.finished


def test_a_process_does_not_end_before_it_begins(actor):
    with refused("processes.ends_before_it_begins"):
        commands.make_process(actor, {"has_beginning": moment("2026-02-01"), "has_end": moment("2026-01-01")})
    baked = process(has_beginning=moment("2026-02-01"))
    with refused("processes.ends_before_it_begins"):
        commands.change_process(actor, baked, baked.revision_id, {"has_end": moment("2026-01-01")})
    assert Process.objects.get().has_end is None


def test_what_the_ledger_counts_is_not_for_people(actor):
    with refused("kit.not_settable"):
        commands.make_process(actor, {"name": "Pack", "pending_combines": 3})


def test_a_moment_says_its_zone(actor):
    with refused("kit.wrong_kind"):
        commands.make_process(actor, {"has_beginning": moment("2026-02-01").replace(tzinfo=None)})


def test_a_plan_with_processes_is_not_deleted(actor):
    saturday = commands.make_plan(actor, {"name": "Saturday", "due": moment("2026-11-28")})
    saturday = commands.change_plan(actor, saturday, saturday.revision_id, {"note": "market day"})
    baked = process(planned_within=saturday)
    with refused("kit.still_used"):
        commands.delete_plan(actor, saturday, saturday.revision_id)
    commands.delete_process(actor, baked, baked.revision_id)
    commands.delete_plan(actor, saturday, saturday.revision_id)
    assert not Plan.objects.exists()
