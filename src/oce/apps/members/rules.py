"""What is forbidden about roles and memberships."""

from __future__ import annotations

from collections.abc import Collection

from oce.vf.refusals import Refusal, gettext_noop


def refuse_second_membership(member: object, group: object, *, is_known: bool) -> list[Refusal]:
    """Somebody has one role at a time in a group."""
    if not is_known:
        return []
    known = gettext_noop("{member} already has a role in {group} at that time. Change that membership instead.")
    return [Refusal("members.already_a_member", known, "member", member=str(member), group=str(group))]


def refuse_foreign_role(
    role: object, made_for: object | None, group: object, wholes: Collection[object]
) -> list[Refusal]:
    """A role that one group made is for that group and its parts, not for others."""
    if made_for is None or made_for == group or made_for in wholes:
        return []
    foreign = gettext_noop("The role “{role}” belongs to {owner}. Choose one of {group}, or one that every group has.")
    return [
        Refusal("members.role_of_another_group", foreign, "role", role=str(role), owner=str(made_for), group=str(group))
    ]


def refuse_changed_standard(role: object, *, is_standard: bool) -> list[Refusal]:
    """The three roles that every house has mean the same everywhere."""
    if not is_standard:
        return []
    standard = gettext_noop("“{role}” is a role that every house has, and stays as it is. Add a role of your own.")
    return [Refusal("members.standard_role", standard, "name", role=str(role))]


def refuse_role_of_a_person(group: object, agent_class: str) -> list[Refusal]:
    """Roles are made for groups."""
    if agent_class != "Person":
        return []
    person = gettext_noop(
        "{group} is a person, and roles are made for groups. Choose a group, or none for every group."
    )
    return [Refusal("members.role_of_a_person", person, "group", group=str(group))]


def refuse_taken_address(email: str, *, is_taken: bool) -> list[Refusal]:
    """One e-mail address has one account."""
    if not is_taken:
        return []
    taken = gettext_noop("There is an account for {email} already. Sign in with it, or use another address.")
    return [Refusal("members.address_taken", taken, "email", email=email)]


def refuse_last_administrator(account: object, *, is_last: bool) -> list[Refusal]:
    """Somebody looks after the house at all times."""
    if not is_last:
        return []
    last = gettext_noop("{account} is the only one who looks after the whole house. Let somebody else do so first.")
    return [Refusal("members.last_administrator", last, None, account=str(account))]


def refuse_without_account() -> list[Refusal]:
    """What concerns one's own account needs one; a key of the house has none."""
    without = gettext_noop(
        "You have no account of your own here. Sign in as a person, with e-mail address and password."
    )
    return [Refusal("members.no_account", without)]


QUESTIONS_MAX = 3
QUESTION_LENGTH_MAX = 200
ANSWER_LENGTH_MAX = 4000


def refuse_questions(questions: Collection[str]) -> list[Refusal]:
    """A group asks few and short questions, so that people answer them."""
    if len(questions) > QUESTIONS_MAX:
        many = gettext_noop("A group asks {most} questions at most; these are {count}. Leave some out.")
        return [Refusal("members.too_many_questions", many, "questions", most=QUESTIONS_MAX, count=len(questions))]
    if any(len(question) > QUESTION_LENGTH_MAX for question in questions):
        long = gettext_noop("A question has at most {most} characters. Ask it shorter.")
        return [Refusal("members.question_too_long", long, "questions", most=QUESTION_LENGTH_MAX)]
    return []


def refuse_answers(answers: Collection[str], questions: Collection[str]) -> list[Refusal]:
    """Each question of the group is answered, in not too many words."""
    if len(answers) != len(questions) or not all(answer.strip() for answer in answers):
        unanswered = gettext_noop("The group asks {count} questions. Answer each of them; a few words are enough.")
        return [Refusal("members.unanswered", unanswered, "answers", count=len(questions))]
    if any(len(answer) > ANSWER_LENGTH_MAX for answer in answers):
        long = gettext_noop("An answer has at most {most} characters. Say it shorter.")
        return [Refusal("members.answer_too_long", long, "answers", most=ANSWER_LENGTH_MAX)]
    return []


def refuse_style(group: object, style: str, wanted: str) -> list[Refusal]:
    """One joins a group in the way that the group has chosen."""
    if style == wanted:
        return []
    if style == "invitation":
        invited = gettext_noop("{group} takes people in by invitation. Ask somebody there for one.")
        return [Refusal("members.by_invitation", invited, "group", group=str(group))]
    if style == "request":
        asked = gettext_noop("{group} wants to be asked before somebody joins. Send a request instead.")
        return [Refusal("members.by_request", asked, "group", group=str(group))]
    joined = gettext_noop("Everybody may join {group} at once. Join instead of asking.")
    return [Refusal("members.joins_at_once", joined, "group", group=str(group))]


def refuse_member_already(member: object, group: object, *, is_member: bool) -> list[Refusal]:
    """Nobody joins twice."""
    if not is_member:
        return []
    already = gettext_noop("{member} is a member of {group} already. There is nothing left to do.")
    return [Refusal("members.is_member", already, "group", member=str(member), group=str(group))]


def refuse_second_request(group: object, *, has_asked: bool) -> list[Refusal]:
    """One open request to a group is enough."""
    if not has_asked:
        return []
    second = gettext_noop("You have asked {group} already, and the answer is on its way. Look at your request instead.")
    return [Refusal("members.has_asked", second, "group", group=str(group))]


def refuse_state(request: object, state: str, expected: Collection[str]) -> list[Refusal]:
    """What has been answered is answered, unless somebody opens it again."""
    if state in expected:
        return []
    done = gettext_noop(
        "The request {request} is {state} by now. Look at it again; it can be opened anew where it was answered."
    )
    return [Refusal("members.request_moved_on", done, None, request=str(request), state=state)]


def refuse_no_reason(reason: str) -> list[Refusal]:
    """Who declines says why."""
    if reason.strip():
        return []
    silent = gettext_noop("Say why, in a sentence or two: whoever asked will read it.")
    return [Refusal("members.no_reason", silent, "reason")]


def refuse_no_words(text: str) -> list[Refusal]:
    """A comment says something, in bounds."""
    if 0 < len(text.strip()) <= ANSWER_LENGTH_MAX:
        return []
    silent = gettext_noop("A comment has between 1 and {most} characters. Write what you want to say.")
    return [Refusal("members.no_words", silent, "text", most=ANSWER_LENGTH_MAX)]


DAYS_MAX = 366
USES_MAX = 500


def refuse_days(days: int) -> list[Refusal]:
    """An invitation and a token end some day."""
    if 0 < days <= DAYS_MAX:
        return []
    endless = gettext_noop("It is valid for 1 to {most} days; {days} were asked. Choose a number between.")
    return [Refusal("members.days", endless, "days", most=DAYS_MAX, days=days)]


def refuse_uses(uses: int) -> list[Refusal]:
    """An invitation is for somebody, and not for everybody."""
    if 0 < uses <= USES_MAX:
        return []
    countless = gettext_noop("An invitation is for 1 to {most} people; {uses} were asked. Choose a number between.")
    return [Refusal("members.uses", countless, "uses", most=USES_MAX, uses=uses)]


def refuse_invitation(*, is_known: bool, is_over: bool, is_used_up: bool) -> list[Refusal]:
    """An invitation works as often and as long as it was made for; of an unknown one nothing more is said."""
    if not is_known:
        unknown = gettext_noop(
            "This invitation is not known here. Perhaps a part of the link is missing, or it belongs to another network. Ask"
            " whoever gave it to you."
        )
        return [Refusal("members.unknown_invitation", unknown, "code")]
    if is_over:
        over = gettext_noop("This invitation is over. Ask whoever gave it to you for a new one.")
        return [Refusal("members.invitation_over", over, "code")]
    if is_used_up:
        used = gettext_noop(
            "This invitation was used already, as often as it was meant to be. Ask for one of your own."
        )
        return [Refusal("members.invitation_used", used, "code")]
    return []


def refuse_token_powers(powers: Collection[str], *, known: Collection[str]) -> list[Refusal]:
    """A token may something, and nothing that tokens cannot."""
    if powers and set(powers) <= set(known):
        return []
    nothing = gettext_noop("Choose what the token may do: one or more of {known}.")
    return [Refusal("members.token_powers", nothing, "powers", known=", ".join(known))]


def refuse_no_name(name: str, most: int) -> list[Refusal]:
    """What is made to be recognised has a name."""
    if 0 < len(name.strip()) <= most:
        return []
    nameless = gettext_noop("A name has between 1 and {most} characters. Choose one that tells what it is.")
    return [Refusal("members.no_name", nameless, "name", most=most)]


def refuse_last_coordinator(groups: Collection[object]) -> list[Refusal]:
    """A group without a coordinator could take nobody in: who goes hands over first."""
    if not groups:
        return []
    last = gettext_noop(
        "Nobody else coordinates {groups}. Give somebody there the role of a coordinator, then come back."
    )
    return [Refusal("members.last_coordinator", last, None, groups=", ".join(map(str, groups)))]


def refuse_unknown_style(style: str, known: Collection[str]) -> list[Refusal]:
    """There are three ways to join."""
    if style in known:
        return []
    unknown = gettext_noop("There is no way to join called {style}. Choose one of {known}.")
    return [Refusal("members.unknown_style", unknown, "style", style=style, known=", ".join(known))]


def refuse_foreign_request(request: object) -> list[Refusal]:
    """Only who asked takes the request back."""
    foreign = gettext_noop("The request {request} is somebody else's. Decline it instead, with a reason.")
    return [Refusal("members.foreign_request", foreign, None, request=str(request))]


def refuse_token_by_token(*, comes_by_token: bool) -> list[Refusal]:
    """Tokens are made by people: one that makes others could do more than it was given, and longer."""
    if not comes_by_token:
        return []
    by_people = gettext_noop("A token makes no other tokens. Sign in with your password, and make one there.")
    return [Refusal("members.token_by_token", by_people)]


def refuse_foreign_token(*, is_own: bool) -> list[Refusal]:
    """Everybody takes back their own tokens; of others nothing is said."""
    if is_own:
        return []
    unknown = gettext_noop("You have no such token. Look at the list of your tokens.")
    return [Refusal("members.unknown_token", unknown, "id")]


def refuse_unknown_visibility(who: str, known: Collection[str]) -> list[Refusal]:
    """What is recorded is seen by its group, or by the network; single things can be shown to everybody."""
    if who in known:
        return []
    unknown = gettext_noop("{who} is no answer to who sees what is recorded. Choose one of {known}.")
    return [Refusal("members.unknown_visibility", unknown, "who", who=who, known=", ".join(known))]


def refuse_unknown_starters(names: Collection[str], known: Collection[str]) -> list[Refusal]:
    """There are some starters, and no others."""
    strange = [name for name in names if name not in known]
    if not strange:
        return []
    unknown = gettext_noop("There are no words to begin with called {names}. Choose among {known}.")
    return [Refusal("members.unknown_starters", unknown, "names", names=", ".join(strange), known=", ".join(known))]


def refuse_not_yours(what: str, reference: str) -> list[Refusal]:
    """What is not one's own is as what does not exist."""
    unknown = gettext_noop("There is no {what} {reference} that you may do something with. Look at the list of yours.")
    return [Refusal("members.not_yours", unknown, "id", what=what, reference=reference[:80])]
