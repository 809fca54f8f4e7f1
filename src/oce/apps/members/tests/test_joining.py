"""Groups take people in at once, by request, or by invitation, and each refusal says why and how to go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from oce.apps.agents.models import AgentRelationship
from oce.apps.members import joining_queries, letters, rules
from oce.apps.members.invitations import accept_invitation, invite, revoke_invitation
from oce.apps.members.joining import Invitation, State
from oce.apps.members.joining_commands import decide_joining, join
from oce.apps.members.models import COORDINATOR, MEMBER, Membership
from oce.apps.members.queries import standard_role
from oce.apps.members.requests import (
    accept_request,
    ask_to_join,
    comment_on_request,
    decline_request,
    reopen_request,
    take_request,
    withdraw_request,
)
from oce.apps.members.tests.accounts import actor, again, coordinator_of, group, member_of
from oce.kit import clock
from oce.kit.actor import operator
from oce.kit.journal import JournalLine
from oce.kit.testing.factories import organization, person
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db


def refused(wish: Any, *args: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(Refused) as said:
        wish(*args, **kwargs)
    return [refusal.code for refusal in said.value.refusals]


def test_an_open_group_takes_everybody_in_at_once() -> None:
    garden, ana = group("Garden", "open"), actor()
    membership = join(ana, garden)
    assert (membership.role, membership.has_end) == (standard_role(MEMBER), None)
    assert AgentRelationship.every().get().subject == membership.member
    assert garden.pk in again(ana).sees
    assert refused(join, ana, garden) == ["members.is_member"]


def test_each_style_refuses_the_other_ways_in_and_says_the_right_one() -> None:
    ana = actor()
    assert refused(join, ana, group("A", "request")) == ["members.by_request"]
    assert refused(join, ana, group("B", "invitation")) == ["members.by_invitation"]
    assert refused(join, ana, organization("C")) == ["members.by_invitation"]
    assert refused(ask_to_join, ana, group("D", "open", ()), []) == ["members.joins_at_once"]


def test_a_group_that_one_may_not_see_is_as_one_that_does_not_exist() -> None:
    hidden = group("Hidden", "open", visibility="group")
    assert refused(join, actor(), hidden) == ["kit.unknown_record"]
    assert refused(ask_to_join, actor("Ben"), person("Cleo"), []) == ["kit.unknown_record"]


def test_the_key_of_the_house_joins_nothing() -> None:
    assert refused(join, operator(), group("Garden", "open")) == ["members.no_account"]


def test_a_request_goes_from_new_to_member_and_each_step_is_told() -> None:
    bakery = group()
    ana, cleo = actor(), coordinator_of(bakery)
    request = ask_to_join(ana, bakery, ["I love bread."])
    assert (request.state, request.answers) == (State.NEW, [["Why?", "I love bread."]])
    assert refused(ask_to_join, ana, bakery, ["Again."]) == ["members.has_asked"]
    taken = take_request(cleo, request)
    assert (taken.state, taken.taken_by_id) == (State.TALKING, cleo.agent)
    accepted = accept_request(cleo, request, standard_role(MEMBER))
    assert accepted.state == State.ACCEPTED
    assert again(ana).rights
    told = [line.sentence for line in JournalLine.objects.order_by("id")][-3:]
    assert told == [
        "Ana: asked to join Bakery",
        "Cleo: took the request Ana → Bakery",
        "Cleo: accepted the request Ana → Bakery as Member",
    ]


def test_a_member_asks_no_more() -> None:
    bakery = group()
    assert refused(ask_to_join, member_of(bakery), bakery, ["Why not?"]) == ["members.is_member"]


def test_an_accepted_request_is_not_accepted_twice() -> None:
    bakery = group()
    ana, cleo = actor(), coordinator_of(bakery)
    request = ask_to_join(ana, bakery, ["I love bread."])
    accept_request(cleo, request, standard_role(MEMBER))
    assert refused(accept_request, cleo, request, standard_role(MEMBER)) == ["members.request_moved_on"]
    assert Membership.every().filter(member=ana.agent).count() == 1


def test_an_acceptance_is_undone_and_the_membership_ends() -> None:
    bakery = group()
    ana, cleo = actor(), coordinator_of(bakery)
    request = ask_to_join(ana, bakery, ["I love bread."])
    with clock.standing_at(clock.now() + timedelta(seconds=1)):
        accept_request(cleo, request, standard_role(MEMBER))
    with clock.standing_at(clock.now() + timedelta(seconds=10)):
        assert reopen_request(cleo, request).state == State.TALKING
        assert not again(ana).rights


def test_a_request_is_declined_with_a_reason_only() -> None:
    bakery = group()
    ana, cleo = actor(), coordinator_of(bakery)
    request = ask_to_join(ana, bakery, ["I love bread."])
    assert refused(decline_request, cleo, request, "  ") == ["members.no_reason"]
    assert decline_request(cleo, request, "The oven is full.").reason == "The oven is full."
    assert reopen_request(cleo, request).reason == ""


def test_the_applicant_alone_withdraws() -> None:
    bakery = group()
    ana, cleo = actor(), coordinator_of(bakery)
    request = ask_to_join(ana, bakery, ["I love bread."])
    assert refused(withdraw_request, cleo, request) == ["members.foreign_request"]
    assert withdraw_request(ana, request).state == State.WITHDRAWN
    assert refused(take_request, cleo, request) == ["members.request_moved_on"]
    assert ask_to_join(ana, bakery, ["Now I mean it."]).state == State.NEW


def test_coordinators_talk_among_themselves_and_applicants_do_not_read_it() -> None:
    bakery = group()
    ana, cleo, dan = actor(), coordinator_of(bakery), member_of(bakery, "Dan")
    request = ask_to_join(ana, bakery, ["I love bread."])
    assert not comment_on_request(ana, request, "I can begin at once.").is_internal
    assert comment_on_request(cleo, request, "She is my sister.", is_internal=True).is_internal
    assert refused(comment_on_request, ana, request, "Secret.", is_internal=True) == ["kit.not_entitled"]
    assert refused(comment_on_request, dan, request, "Hello.") == ["kit.not_entitled"]
    assert refused(comment_on_request, cleo, request, " ") == ["members.no_words"]


def test_only_coordinators_of_the_group_answer_its_requests() -> None:
    bakery, mill = group(), group("Mill")
    request = ask_to_join(actor(), bakery, ["I love bread."])
    stranger = coordinator_of(mill, "Dan")
    member = member_of(bakery, "Eve")
    for wish, more in ((take_request, ()), (accept_request, (standard_role(MEMBER),)), (decline_request, ("No.",))):
        assert refused(wish, stranger, request, *more) == ["kit.not_entitled_alone"]
        assert refused(wish, member, request, *more) == ["kit.not_allowed"]
    assert not joining_queries.requests_at_desk(stranger).exists()


def test_questions_and_answers_have_their_bounds() -> None:
    cleo = coordinator_of(bakery := group())
    assert refused(decide_joining, cleo, bakery, "request", ["a", "b", "c", "d"]) == ["members.too_many_questions"]
    assert refused(decide_joining, cleo, bakery, "request", ["?" * 201]) == ["members.question_too_long"]
    assert refused(decide_joining, cleo, bakery, "by magic") == ["members.unknown_style"]
    assert refused(decide_joining, cleo, person("Ana"), "open") == [
        "kit.not_entitled_alone",
        "members.role_of_a_person",
    ]
    assert decide_joining(cleo, bakery, "request", ["Why?", " ", "What?"]).questions == ["Why?", "What?"]
    assert refused(ask_to_join, actor(), bakery, ["Because."]) == ["members.unanswered"]
    long = ["x" * (rules.ANSWER_LENGTH_MAX + 1), "y"]
    assert refused(ask_to_join, actor("Ben"), bakery, long) == ["members.answer_too_long"]


def test_an_invitation_takes_in_as_many_as_it_was_made_for() -> None:
    cleo = coordinator_of(bakery := group(style="invitation"))
    invited = invite(cleo, bakery, standard_role(COORDINATOR), uses=2)
    assert accept_invitation(ana := actor(), invited.code).role == standard_role(COORDINATOR)
    assert refused(accept_invitation, ana, invited.code) == ["members.is_member"]
    accept_invitation(actor("Ben"), f" {invited.code} ")
    assert refused(accept_invitation, actor("Dan"), invited.code) == ["members.invitation_used"]
    assert Invitation.objects.get().uses == 2


def test_an_invitation_that_is_over_taken_back_or_foreign_takes_nobody_in() -> None:
    cleo = coordinator_of(bakery := group())
    ana = actor()
    late = invite(cleo, bakery, standard_role(MEMBER), days=1)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert refused(accept_invitation, ana, late.code) == ["members.invitation_over"]
    back = invite(cleo, bakery, standard_role(MEMBER))
    revoke_invitation(cleo, back.invitation)
    assert refused(accept_invitation, ana, back.code) == ["members.invitation_over"]
    assert refused(accept_invitation, ana, "guessed") == ["members.unknown_invitation"]


def test_of_an_invitation_only_the_fingerprint_is_kept() -> None:
    cleo = coordinator_of(bakery := group())
    invited = invite(cleo, bakery, standard_role(MEMBER))
    kept = Invitation.objects.values().get()
    assert invited.code not in str(kept)
    assert invited.code not in str(list(JournalLine.objects.values()))


def test_an_invitation_has_bounds_and_a_role_of_the_group() -> None:
    cleo = coordinator_of(bakery := group())
    role = standard_role(MEMBER)
    assert refused(invite, cleo, bakery, role, days=0) == ["members.days"]
    assert refused(invite, cleo, bakery, role, uses=501) == ["members.uses"]
    assert refused(invite, member_of(bakery, "Eve"), bakery, role) == ["kit.not_allowed"]


@pytest.mark.django_db(transaction=True)
def test_coordinators_and_applicants_are_written_to_where_the_house_can_send_letters(settings: Any) -> None:
    bakery = group()
    ana, cleo = actor(), coordinator_of(bakery)
    quiet = ask_to_join(ana, bakery, ["I love bread."])
    assert not letters.waiting().exists()
    withdraw_request(ana, quiet)
    settings.OCE_MAIL = {"host": "mail.example"}
    request = ask_to_join(ana, bakery, ["I love bread."])
    comment_on_request(ana, request, "I can begin at once.")
    comment_on_request(cleo, request, "She is my sister.", is_internal=True)
    comment_on_request(cleo, request, "Come on Tuesday.")
    accept_request(cleo, request, standard_role(MEMBER))
    told = [(each.to, each.subject) for each in letters.waiting().order_by("id")]
    assert told == [
        ("cleo@coop.example", "Ana wants to join Bakery"),
        ("cleo@coop.example", "Something was said about a request to join Bakery"),
        ("ana@coop.example", "Something was said about a request to join Bakery"),
        ("ana@coop.example", "Bakery has answered your request"),
    ]
