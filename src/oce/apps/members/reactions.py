"""Letters about requests, written once what they tell is true, where the house can send them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from oce.apps.members import letters
from oce.apps.members.accounts import Account
from oce.apps.members.joining import JoinRequest, RequestComment
from oce.apps.members.notices import RequestAnswered, RequestCommented, RequestMade
from oce.apps.members.roll import MembersRoll
from oce.kit.addresses import house_address
from oce.kit.notices import hears

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


@hears(RequestMade)
def tell_coordinators(notice: RequestMade) -> None:
    """Tell the coordinators of a group that somebody asks to join it."""
    request = JoinRequest.objects.select_related("group", "applicant").get(pk=notice.request)
    leaders = MembersRoll().leaders_of([request.group_id])
    _write(leaders, lambda: _("{person} wants to join {group}"), request)


@hears(RequestAnswered)
def tell_applicant(notice: RequestAnswered) -> None:
    """Tell an applicant that there is an answer."""
    request = JoinRequest.objects.select_related("group", "applicant").get(pk=notice.request)
    _write([request.applicant_id], lambda: _("{group} has answered your request"), request)


@hears(RequestCommented)
def tell_of_comment(notice: RequestCommented) -> None:
    """Tell the other side that something was said: the applicant, or who looks after the request."""
    comment = RequestComment.objects.select_related("request__group", "request__applicant").get(pk=notice.comment)
    request = comment.request
    is_own = comment.author_id == request.applicant_id
    others = [request.taken_by_id] if request.taken_by_id else MembersRoll().leaders_of([request.group_id])
    readers = others if is_own else [request.applicant_id]
    _write(readers, lambda: _("Something was said about a request to join {group}"), request)


def _write(persons: Collection[int], subject: Callable[[], str], request: JoinRequest) -> None:
    """Write to people who have accounts, each in their language; without a mail server it is told at the bell only."""
    if not settings.OCE_MAIL:
        return
    for account in Account.objects.filter(person__in=persons, is_active=True).order_by("id"):
        with override(account.language or settings.LANGUAGE_CODE):
            text = _("Read it here: {address}").format(address=f"{house_address()}/members/requests/{request.uid}")
            letters.write(account.email, subject().format(person=request.applicant, group=request.group), text)
