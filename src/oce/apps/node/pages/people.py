"""People and roles: what each role lets one do, and who is what in which group, to be seen and changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from oce.apps.agents.models import Agent, AgentClass
from oce.apps.members.accounts import Account
from oce.apps.members.models import Role
from oce.apps.node import roles
from oce.apps.node.commands import set_roles
from oce.apps.node.pages.doors import for_administrators
from oce.kit.pages.answers import sentences, status_of
from oce.kit.pages.requests import Asked
from oce.kit.records import found_by_reference
from oce.kit.synonyms import in_use
from oce.kit.writing import refuse_unknown
from oce.vf.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

PEOPLE = "/node/people"
SOUGHT_LENGTH_MAX = 200
# Whose roles are decided at once on the page of a person.
GROUPS_MAX = 100


@for_administrators
@require_safe
def people(request: Asked) -> HttpResponse:
    """Show what each role lets one do, and what people are in the groups that one looks at."""
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:SOUGHT_LENGTH_MAX]
    asked = request.GET.get("page", "")
    page = Paginator(roles.people(sought, request.scope.agents), roles.PEOPLE_SHOWN).get_page(asked)
    groups = roles.groups_shown(request.scope.agents)
    shown = {
        "roles": roles.role_powers(),
        "groups": groups,
        "rows": roles.table(list(page.object_list), groups),
        "page": page,
        "sought": sought,
    }
    return render(request, "node/people.html", shown)


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Asked, uid: UUID) -> HttpResponse:
    """Show what somebody is in each group, or decide it."""
    one = get_object_or_404(Agent, uid=uid, agent_class=AgentClass.PERSON)
    groups = list(Agent.every().filter(agent_class=AgentClass.ORGANIZATION).order_by("name", "id")[:GROUPS_MAX])
    faults: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            decided = set_roles(request.actor, one, _wanted(request, groups))
        except Refused as refused:
            faults, status = sentences(refused.refusals), status_of(refused.refusals)
        else:
            done = ngettext("Changed in {count} group.", "Changed in {count} groups.", decided.count)
            messages.success(request, done.format(count=decided.count))
            return HttpResponseRedirect(f"{PEOPLE}/{uid}")
    shown = {
        "person": one,
        "their_account": Account.objects.filter(person=one).first(),
        "choices": list(_choices(one, groups)),
        "faults": faults,
    }
    return render(request, "node/person.html", shown, status=status)


def _choices(one: Agent, groups: list[Agent]) -> Iterator[tuple[roles.Standing, list[Role]]]:
    """Yield what somebody is in each group, with the roles that may be given there."""
    owned: dict[int | None, list[Role]] = defaultdict(list)
    for role in in_use(Role.every()).order_by("may_coordinate", "-may_record", "name"):
        owned[role.group_id].append(role)
    for standing in roles.standings(one, groups):
        offered = [*owned[None], *owned.get(standing.group.pk, ())]
        held = standing.membership.role if standing.membership else None
        yield standing, offered if held is None or held in offered else [*offered, held]


def _wanted(request: Asked, groups: list[Agent]) -> list[tuple[Agent, Role | None]]:
    """Return what was chosen for each group of the form.

    Raises:
        Refused: `kit.unknown_record` for a role that is not there any more.
    """
    sent = {f"role.{group.uid}": group for group in groups}
    chosen = {name: str(text) for name, text in request.POST.items() if name in sent}
    found = found_by_reference(Role, filter(None, chosen.values()))
    for name, text in chosen.items():
        if text and text not in found:
            raise Refused(refuse_unknown(Role, text, name))
    return [(sent[name], found.get(text)) for name, text in chosen.items()]
