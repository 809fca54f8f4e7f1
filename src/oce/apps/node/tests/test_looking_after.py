"""Those who look after the house see how it is, try failed work again, decide what people are, and keep its settings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oce.apps.members.accounts import Account, House, Letter
from oce.apps.members.models import COORDINATOR, MEMBER, Membership
from oce.apps.members.queries import standard_role
from oce.apps.node import rules
from oce.apps.node.commands import decide_shortages, retry_job, send_trial_letter, set_roles
from oce.apps.resources.queries import refuses_shortages
from oce.kit import clock, outbox
from oce.kit.journal import JournalLine
from oce.kit.outbox import TRIES_MAX, Job
from oce.kit.testing.actors import actor_of
from oce.kit.testing.asking import ask, codes
from oce.kit.testing.factories import make, organization, person, relate
from oce.kit.testing.notation import refused
from oce.kit.visibility import HouseVisibility, Visibility

pytestmark = pytest.mark.django_db
WELL = {
    "is_well": True, "given_up": 0, "worker_was_heard": True, "free_bytes": 10**11, "disk_bytes": 10**12,
    "backup_days": 1, "test_days": 1,
}  # fmt: skip


@pytest.fixture
def given_up():
    """Work that failed too often."""
    now = clock.now()
    return Job.objects.create(worker="members.send_letter", made=now, due=now, tries=TRIES_MAX, fault="no server")


@pytest.mark.parametrize(
    ("change", "worries"),
    [
        ({}, ()),
        ({"is_well": False}, ("unwell",)),
        ({"free_bytes": 10**9}, ("disk",)),
        ({"free_bytes": 10**10}, ("disk",)),
        ({"given_up": 2, "worker_was_heard": False}, ("given_up", "no_worker")),
        ({"backup_days": None, "test_days": None}, ("backup",)),
        ({"backup_days": 8}, ("backup",)),
        ({"test_days": 40}, ("test",)),
    ],
)
def test_what_is_worst_is_told_first(change, worries):
    assert rules.worries(**(WELL | change)) == worries


def test_work_that_was_given_up_is_tried_again(actor, given_up):
    assert retry_job(actor, given_up).tries == 0
    with refused("node.not_failed"):
        retry_job(actor, given_up)


def test_the_page_of_health_tells_what_failed_and_why(browser, given_up, settings, tmp_path):
    settings.OCE_HOME = tmp_path
    page = browser.get("/node/health").content.decode()
    assert "given up" in page
    assert "no server" in page
    assert "no server" not in browser.post(f"/node/health/{given_up.pk}/retry", follow=True).content.decode()
    again = browser.post(f"/node/health/{given_up.pk}/retry")
    assert (again.status_code, "has not failed" in again.content.decode()) == (422, True)


def test_a_letter_shows_whether_the_mail_works(actor, browser):
    send_trial_letter(actor, " ana@coop.example ")
    assert Letter.objects.get().to == "ana@coop.example"
    assert "is on its way" in browser.post("/node/health/mail", {"to": "b@coop.example"}, follow=True).content.decode()
    assert browser.post("/node/health/mail", {"to": "nobody"}).status_code == 422
    with refused("node.no_address"):
        send_trial_letter(actor, "nobody")


def test_somebody_is_given_roles_and_they_end_without_being_forgotten(actor):
    ana, bakery, garden = person(), organization("Bakery"), organization("Garden")
    relate(ana, "member", garden)
    coordinator, member = standard_role(COORDINATOR), standard_role(MEMBER)
    assert set_roles(actor, ana, [(bakery, coordinator), (garden, member)]).count == 2
    assert set_roles(actor, ana, [(bakery, coordinator)]).count == 0
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert set_roles(actor, ana, [(bakery, member), (garden, None)]).count == 2
        assert not Membership.objects.get(group=garden).has_end > clock.now()
    assert Membership.objects.get(group=bakery).role == member
    assert JournalLine.objects.latest("id").sentence == "tests: decided what Ana is in 2 groups"
    with refused("node.no_person"):
        set_roles(actor, bakery, [])
    with refused("kit.not_allowed"):
        set_roles(actor_of(ana), ana, [(bakery, coordinator)])


def test_the_table_shows_who_is_what_and_a_form_changes_it(browser, actor):
    ana, bakery = person(), organization("Bakery")
    set_roles(actor, ana, [(bakery, standard_role(MEMBER))])
    page = browser.get("/node/people?q=an").content.decode()
    assert f"/node/people/{ana.uid}" in page
    assert "What each role may" in page
    assert "Nobody of that name" in browser.get("/node/people?q=zz").content.decode()
    name, coordinator = f"role.{bakery.uid}", standard_role(COORDINATOR)
    done = browser.post(f"/node/people/{ana.uid}", {name: str(coordinator.uid)}, follow=True)
    assert "Changed in 1 group." in done.content.decode()
    assert Membership.objects.get().role == coordinator
    unknown = browser.post(f"/node/people/{ana.uid}", {name: str(ana.uid)})
    assert (unknown.status_code, Membership.objects.get().role) == (404, coordinator)
    assert browser.get(f"/node/people/{bakery.uid}").status_code == 404


def test_the_page_of_a_person_names_their_account(browser):
    account = Account.objects.create(email="ana@coop.example", person=person(), made=clock.now())
    assert "ana@coop.example" in browser.get(f"/node/people/{account.person.uid}").content.decode()


def test_a_role_of_a_group_is_offered_there_alone(browser):
    ana, bakery, garden = person(), organization("Bakery"), organization("Garden")
    make("role", name="Baker", group=bakery, may_record=True)
    page = browser.get(f"/node/people/{ana.uid}").content.decode()
    assert page.count(">Baker<") == 1
    assert str(garden.uid) in page


def test_settings_are_kept_and_refused(browser):
    assert "Kept." in browser.post("/node/settings", {"name": "Alder Valley"}, follow=True).content.decode()
    assert House.objects.get().name == "Alder Valley"
    assert browser.post("/node/settings", {"name": " "}).status_code == 422
    browser.post("/node/settings", {"who": "group"})
    assert HouseVisibility.objects.get().visibility == Visibility.GROUP
    assert browser.post("/node/settings", {"who": "everybody"}).status_code == 422


def test_for_all_groups_it_is_decided_what_happens_at_a_shortage(actor, browser):
    bakery = organization()
    assert decide_shortages(actor, "refuse").count == 1
    assert refuses_shortages(bakery)
    assert browser.post("/node/settings", {"shortage": "warn"}).status_code == 302
    assert not refuses_shortages(bakery)
    assert browser.post("/node/settings", {"shortage": "perhaps"}).status_code == 422


def test_programs_look_after_the_house_too(given_up, settings, tmp_path):
    settings.OCE_HOME = tmp_path
    found = ask("{ wellbeing { isWell worries version jobsGivenUp } jobsInTrouble { id isGivenUp fault } }")
    assert found["wellbeing"]["worries"][0] == "given_up"
    assert found["jobsInTrouble"] == [{"id": str(given_up.pk), "isGivenUp": True, "fault": "no server"}]
    again = ask("mutation ($id: ID!) { retryJob(id: $id) { tries } }", id=str(given_up.pk))
    assert again["retryJob"]["tries"] == 0
    assert ask('mutation { sendTrialLetter(to: "a@coop.example") }')["sendTrialLetter"] == "a@coop.example"
    ana, bakery = person(), organization()
    wish = "mutation ($p: ID!, $r: [RoleInGroupParams!]!) { setRoles(person: $p, roles: $r) { count } }"
    roles = [{"group": str(bakery.uid), "role": str(standard_role(MEMBER).uid)}]
    assert ask(wish, p=str(ana.uid), r=roles)["setRoles"]["count"] == 1
    assert ask('mutation { decideShortages(shortage: "refuse") }')["decideShortages"] == 1
    assert codes("{ wellbeing { isWell } }", actor=actor_of(ana)) == ["kit.not_allowed"]


def test_nobody_else_sees_the_console(client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "oce.apps.node.tests.test_looking_after.AsGuest"]
    for address in ("/node/", "/node/people", "/node/words", "/node/health", "/node/backups", "/node/settings"):
        assert client.get(address).status_code == 403


class AsGuest:
    """Lets every request come from somebody who has signed in and may nothing else."""

    def __init__(self, get_response):
        """Keep the view."""
        self.get_response = get_response

    def __call__(self, request):
        """Return the answer to a guest."""
        request.actor = actor_of(person("Guest"))
        return self.get_response(request)


def test_the_first_page_tells_what_to_look_at_first(browser, given_up, settings, tmp_path):
    settings.OCE_HOME = tmp_path
    page = browser.get("/node/").content.decode()
    assert page.index("it was given up") < page.index("There is no backup of the last seven days")
    assert outbox.Job.objects.count() == 1
