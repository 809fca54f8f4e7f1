"""Who may do what: one table for every command of the house, about a record that concerns A."""

from __future__ import annotations

import pytest

from oce.kit.commands import commands
from tests.access.people import PEOPLE, World, world
from tests.access.records import concerning

MEMBERS_OF_A = {"member of A", "coordinator of A", "coordinator of P", "administrator"}
LEAD_A = {"coordinator of A", "coordinator of P", "administrator"}
LEAD = LEAD_A | {"coordinator of B"}
RECORD = MEMBERS_OF_A | {"member of B", "coordinator of B"}
# A token that only reads wishes for nothing, whoever it acts for.
SIGNED_IN = set(PEOPLE) - {"stranger", "reading token of A's member"}
ADMINISTER = {"administrator"}

# Commands about records: the class of the record, and who may make it, change it and delete it.
ABOUT_RECORDS = {
    "agents.make_agent": ("agent", LEAD),
    "agents.change_agent": ("agent", LEAD_A),
    "agents.delete_agent": ("agent", LEAD_A),
    "agents.relate_agents": ("agent-relationship", LEAD_A),
    "agents.change_relationship": ("agent-relationship", LEAD_A),
    "agents.delete_relationship": ("agent-relationship", LEAD_A),
    **{f"agents.{verb}_place": ("spatial-thing", LEAD) for verb in ("make", "change", "delete")},
    **{f"agents.{verb}_role": ("agent-relationship-role", LEAD) for verb in ("make", "change", "delete")},
    **{f"agreements.{verb}_agreement": ("agreement", MEMBERS_OF_A) for verb in ("make", "change", "delete")},
    **{f"agreements.{verb}_bundle": ("agreement-bundle", LEAD) for verb in ("make", "change", "delete")},
    **{f"claims.{verb}_claim": ("claim", MEMBERS_OF_A) for verb in ("make", "change", "delete")},
    **{f"commitments.{verb}_commitment": ("commitment", MEMBERS_OF_A) for verb in ("make", "change", "delete")},
    **{f"commitments.{verb}_intent": ("intent", MEMBERS_OF_A) for verb in ("make", "change", "delete")},
    **{f"knowledge.{verb}_classification": ("classification", LEAD) for verb in ("make", "change", "delete")},
    **{
        f"knowledge.{verb}_process_specification": ("process-specification", LEAD)
        for verb in ("make", "change", "delete")
    },
    **{
        f"knowledge.{verb}_resource_specification": ("resource-specification", LEAD)
        for verb in ("make", "change", "delete")
    },
    **{f"knowledge.{verb}_unit": ("unit", LEAD) for verb in ("make", "change", "delete")},
    **{f"members.{verb}_membership": ("membership", LEAD_A) for verb in ("make", "change", "delete")},
    **{f"members.{verb}_role": ("role", LEAD_A) for verb in ("make", "change", "delete")},
    **{f"processes.{verb}_plan": ("plan", MEMBERS_OF_A) for verb in ("make", "change", "delete")},
    **{f"processes.{verb}_process": ("process", MEMBERS_OF_A) for verb in ("make", "change", "delete")},
    **{f"resources.{verb}_lot": ("batch-lot-record", LEAD) for verb in ("make", "change", "delete")},
    "resources.change_resource": ("economic-resource", MEMBERS_OF_A),
}
# Commands about something else: who may make such a wish at all. What they ask besides has tests of its own.
AT_ALL = {
    "documents.attach_document": RECORD,
    "documents.describe_document": RECORD,
    "documents.take_document_off": RECORD,
    "events.correct_event": RECORD,
    "events.open_resources": RECORD,
    "events.record_event": RECORD,
    "events.record_events": RECORD,
    "events.record_instead": RECORD,
    "events.record_unplanned": RECORD,
    "events.share_event": RECORD,
    "events.undo_event": RECORD,
    "events.undo_events": RECORD,
    "exchange.agree": RECORD,
    "members.accept_invitation": SIGNED_IN,
    "members.accept_request": LEAD,
    "members.ask_to_join": SIGNED_IN,
    "members.close_account": ADMINISTER,
    "members.comment_on_request": SIGNED_IN,
    "members.decide_joining": LEAD,
    "members.decide_visibility": ADMINISTER,
    "members.decline_request": LEAD,
    "members.end_own_sessions": SIGNED_IN,
    "members.erase_myself": SIGNED_IN,
    "members.invite": LEAD,
    "members.join": SIGNED_IN,
    "members.make_administrator": ADMINISTER,
    "members.make_token": SIGNED_IN,
    "members.name_network": ADMINISTER,
    "members.open_account": ADMINISTER,
    "members.reopen_account": ADMINISTER,
    "members.reopen_request": LEAD,
    "members.revoke_invitation": LEAD,
    "members.revoke_token": SIGNED_IN,
    "members.take_request": LEAD,
    "members.take_starters": ADMINISTER,
    "members.unmake_administrator": ADMINISTER,
    "members.withdraw_request": SIGNED_IN,
    "node.ask_backup": ADMINISTER,
    "node.ask_restore_test": ADMINISTER,
    "node.decide_shortages": ADMINISTER,
    "node.delete_backup": ADMINISTER,
    "node.merge_words": ADMINISTER,
    "node.retry_job": ADMINISTER,
    "node.send_trial_letter": ADMINISTER,
    "node.set_roles": ADMINISTER,
    "node.unmerge_words": ADMINISTER,
    "resources.set_stock_policy": LEAD,
    "site.change_address": ADMINISTER,
    "spreadsheets.import_document": RECORD,
    "spreadsheets.import_table": RECORD,
    "things.count_thing": RECORD,
    "things.move_things": RECORD,
    "things.receive_thing": RECORD,
    "trace.revoke_trace_link": RECORD,
    "trace.share_trace": RECORD,
}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def there(staying: None) -> World:
    """The people of the table and their groups."""
    return world()


def test_every_command_has_its_line_in_one_of_the_tables() -> None:
    assert set(commands()) - set(ABOUT_RECORDS) - set(AT_ALL) == set()


@pytest.mark.parametrize("name", sorted(ABOUT_RECORDS))
def test_a_command_about_a_record_is_granted_to_those_of_the_table(there: World, name: str) -> None:
    kind, may = ABOUT_RECORDS[name]
    command = commands()[name]
    record = concerning(kind, there.groups["A"], "network")
    assert {who for who, actor in there.actors.items() if not command.refuse(actor, record)} == may


@pytest.mark.parametrize("name", sorted(AT_ALL))
def test_another_command_is_refused_to_those_not_in_the_table(there: World, name: str) -> None:
    command = commands().get(name)
    if command is None:
        pytest.skip("The house of this test does not run the app of this command.")
    assert {who for who, actor in there.actors.items() if not command.refuse(actor)} == AT_ALL[name]
