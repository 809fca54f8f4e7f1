"""Everything the house keeps of one person, so that they can read it and take it along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.db.models import ManyToManyField, Q

from oce.apps.members.joining import JoinRequest, RequestComment
from oce.apps.members.queries import account_of
from oce.kit.actor import looking_as
from oce.kit.journal import JournalLine
from oce.kit.jsonld import context
from oce.kit.jsonld.documents import body_of, with_references
from oce.kit.records import Record, record_models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oce.apps.agents.models import Agent
    from oce.apps.members.accounts import Account
    from oce.kit.actor import Actor


def records_of(actor: Actor) -> dict[str, Any]:
    """Return, as one JSON-LD document, the person and every record that names them as somebody whom it concerns."""
    person = account_of(actor).person
    with looking_as(actor):
        graph = [body_of(record) for model in record_models() for record in _concerning(model, person)]
    return {"@context": context.address(), "@graph": graph}


def account_data(actor: Actor) -> dict[str, Any]:
    """Return what is kept beside the records: account, sessions, tokens, requests with their comments, journal."""
    account = account_of(actor)
    person = account.person
    comments = RequestComment.objects.filter(author=person).order_by("id")
    return {
        "account": _account(account),
        "sessions": [
            {"since": str(each.created_at), "address": each.ip, "browser": each.user_agent}
            for each in UserSession.objects.filter(user=account)
        ],
        "tokens": [
            {"name": each.name, "powers": each.powers, "made": str(each.made), "expires": str(each.expires)}
            for each in account.tokens.order_by("id")
        ],
        "requests": [_request(each) for each in JoinRequest.objects.filter(applicant=person).order_by("id")],
        "comments": [{"text": each.text, "made": str(each.made)} for each in comments],
        "journal": [
            {"at": str(line.at), "sentence": line.sentence} for line in JournalLine.objects.filter(agent=person.pk)
        ],
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "email": account.email,
        "person": account.person.address,
        "made": str(account.made),
        "last_sign_in": None if account.last_login is None else str(account.last_login),
        "is_administrator": account.is_administrator,
        "language": account.language,
    }


def _request(request: JoinRequest) -> dict[str, Any]:
    comments = request.comments.filter(is_internal=False).order_by("id")
    return {
        "group": request.group.address,
        "answers": request.answers,
        "state": request.state,
        "reason": request.reason,
        "made": str(request.made),
        "comments": [each.text for each in comments],
    }


def _concerning(model: type[Record], person: Agent) -> Iterator[Record]:
    """Yield the records of a class that name a person among those whom they concern, in their order of birth."""
    condition = Q()
    for name in model.involves:
        field = model._meta.get_field("id" if name == "pk" else name)  # noqa: SLF001 (Django's documented model API)
        points_at = model if name == "pk" else field.related_model
        if points_at is type(person):
            condition |= Q(**{f"{name}__in" if isinstance(field, ManyToManyField) else name: _key(field, person)})
    if condition:
        yield from with_references(model.every().filter(condition).distinct())


def _key(field: Any, person: Agent) -> Any:
    return [person.pk] if isinstance(field, ManyToManyField) else person.pk
