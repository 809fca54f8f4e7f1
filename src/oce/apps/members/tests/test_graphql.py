"""Programs join, invite, answer requests and look after accounts as people do at pages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from oce.apps.members.accounts import Account
from oce.apps.members.invitations import invite
from oce.apps.members.models import MEMBER, Membership
from oce.apps.members.queries import standard_role
from oce.apps.members.requests import ask_to_join
from oce.apps.members.tests.accounts import account, actor, coordinator_of, group, member_of
from oce.apps.members.tokens import make_token
from oce.kit.testing.asking import ask, codes

pytestmark = pytest.mark.django_db

WISH = "mutation($id: ID!) { %s(id: $id) { state } }"


def test_a_program_asks_to_join_and_a_coordinator_answers() -> None:
    bakery = group()
    ana, cleo = actor(), coordinator_of(bakery)
    wish = "mutation($g: ID!, $a: [String!]) { askToJoin(group: $g, answers: $a) { id state answers { question answer } } }"
    made = ask(wish, actor=ana, g=str(bakery.uid), a=["I love bread."])["askToJoin"]
    assert made["answers"] == [{"question": "Why?", "answer": "I love bread."}]
    one = made["id"]
    assert ask(WISH % "takeRequest", actor=cleo, id=one)["takeRequest"]["state"] == "talking"
    comment = 'mutation($id: ID!) { commentOnRequest(id: $id, text: "Hm.", isInternal: true) { isInternal } }'
    assert ask(comment, actor=cleo, id=one)["commentOnRequest"]["isInternal"]
    accept = "mutation($id: ID!, $r: ID!) { acceptRequest(id: $id, role: $r) { state takenBy { name } } }"
    accepted = ask(accept, actor=cleo, id=one, r=str(standard_role(MEMBER).uid))["acceptRequest"]
    assert accepted == {"state": "accepted", "takenBy": {"name": "Cleo"}}
    assert ask(WISH % "reopenRequest", actor=cleo, id=one)["reopenRequest"]["state"] == "talking"
    decline = 'mutation($id: ID!) { declineRequest(id: $id, reason: "Full.") { reason } }'
    assert ask(decline, actor=cleo, id=one)["declineRequest"]["reason"] == "Full."
    mine = ask("{ myJoinRequests { state group { name joining { style } } comments { text } } }", actor=ana)
    assert mine["myJoinRequests"] == [
        {"state": "declined", "group": {"name": "Bakery", "joining": {"style": "request"}}, "comments": []}
    ]
    desk = ask("{ joinRequests { comments { text author { name } } } }", actor=cleo)["joinRequests"]
    assert desk == [{"comments": [{"text": "Hm.", "author": {"name": "Cleo"}}]}]


def test_a_request_of_others_is_as_one_that_does_not_exist() -> None:
    bakery = group()
    request = ask_to_join(actor(), bakery, ["I love bread."])
    member = member_of(bakery)
    for one in (str(request.uid), "nonsense"):
        assert codes(WISH % "withdrawRequest", actor=member, id=one) == ["members.not_yours"]
    assert ask("{ joinRequests { id } invitations { id } }", actor=member) == {"joinRequests": [], "invitations": []}


def test_a_program_joins_an_open_group_and_decides_how_people_join() -> None:
    garden = group("Garden", "open")
    join = "mutation($g: ID!) { joinGroup(group: $g) { group { name } } }"
    assert ask(join, actor=actor(), g=str(garden.uid))["joinGroup"]["group"]["name"] == "Garden"
    decide = 'mutation($g: ID!) { decideJoining(group: $g, style: "request", questions: ["Why?"]) { style questions } }'
    decided = ask(decide, actor=coordinator_of(garden), g=str(garden.uid))["decideJoining"]
    assert decided == {"style": "request", "questions": ["Why?"]}


def test_a_program_invites_and_is_invited() -> None:
    cleo = coordinator_of(bakery := group())
    wish = "mutation($g: ID!, $r: ID!) { invite(group: $g, role: $r, days: 3, uses: 1) { code invitation { id usesMax } } }"
    invited = ask(wish, actor=cleo, g=str(bakery.uid), r=str(standard_role(MEMBER).uid))["invite"]
    accept = "mutation($c: String!) { acceptInvitation(code: $c) { role { name } } }"
    assert ask(accept, actor=actor(), c=invited["code"])["acceptInvitation"]["role"]["name"] == "Member"
    assert Membership.every().filter(member__name="Ana").exists()
    other = invite(cleo, bakery, standard_role(MEMBER)).invitation
    revoke = "mutation($id: ID!) { revokeInvitation(id: $id) { revoked } }"
    assert ask(revoke, actor=cleo, id=str(other.uid))["revokeInvitation"]["revoked"]
    assert codes(revoke, actor=actor("Ben"), id=str(other.uid)) == ["members.not_yours"]


def test_one_sees_ones_own_account_and_takes_tokens_back() -> None:
    ana = actor()
    token = make_token(ana, "Till", ["read"]).token
    me = ask(
        "{ me { email person { name } tokens { name powers } sessions { since } } house { name visibility } }",
        actor=ana,
    )
    assert me["me"]["tokens"] == [{"name": "Till", "powers": ["read"]}]
    assert me["house"]["visibility"] in {"network", "group"}
    assert json.loads(ask("{ keptOfMe }", actor=ana)["keptOfMe"])["account"]["account"]["email"] == "ana@coop.example"
    revoke = "mutation($id: ID!) { revokeToken(id: $id) }"
    assert codes(revoke, actor=ana, id="nonsense") == ["members.not_yours"]
    assert ask(revoke, actor=ana, id=str(token.uid))["revokeToken"]
    assert ask("mutation { endSessions }", actor=ana)["endSessions"] == 0


def test_administrators_look_after_accounts_and_others_do_not_even_see_them() -> None:
    root, ana = actor("Root", is_administrator=True), account()
    wish = "mutation($id: ID!) { %s(id: $id) { isActive isAdministrator } }"

    def done(name: str) -> dict[str, Any]:
        answer: dict[str, Any] = ask(wish % name, actor=root, id=str(ana.uid))[name]
        return answer

    assert done("closeAccount") == {"isActive": False, "isAdministrator": False}
    assert done("reopenAccount") == {"isActive": True, "isAdministrator": False}
    assert done("makeAdministrator")["isAdministrator"]
    assert not done("unmakeAdministrator")["isAdministrator"]
    assert len(ask("{ accounts { email } }", actor=root)["accounts"]) == Account.objects.count()
    ben = actor("Ben")
    assert ask("{ accounts { email } }", actor=ben)["accounts"] == []
    assert codes(wish % "closeAccount", actor=ben, id=str(ana.uid)) == ["members.not_yours"]


def test_an_administrator_sets_a_house_up() -> None:
    root = actor("Root", is_administrator=True)
    wish = 'mutation { nameNetwork(name: "Valley") { name } takeStarters(names: ["makers"]) decideVisibility(who: "group") }'
    done = ask(wish, actor=root)
    assert (done["nameNetwork"]["name"], done["decideVisibility"]) == ("Valley", "group")
    assert done["takeStarters"] > 5
