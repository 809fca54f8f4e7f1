"""The page that asks for an e-mail address and a password, in our look; in a demo, with its people as cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm
from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from django.conf import settings
from django.http import Http404
from django.views.decorators.http import require_POST

from oce.apps.members import queries
from oce.kit.actor import SYSTEM, looking_as
from oce.kit.security import open_to_strangers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SignIn(LoginView):  # type: ignore[misc]
    """Asks and signs in as allauth does; where it leads is decided by the house."""

    template_name = "enter.html"
    after = "/"
    shown: dict[str, Any] = {}

    def get_success_url(self) -> str:
        """Return where the house wants to go on."""
        return self.after

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Return what the page shows."""
        return {**super().get_context_data(**given), **self.shown, "cards": cards()}


def empty_form(request: HttpRequest) -> LoginForm:
    """Return the two fields with nothing in them."""
    return LoginForm(request=request)


def cards() -> list[queries.Card]:
    """Return the people of a demo, whom anybody may try to be; nobody elsewhere."""
    if not settings.OCE_DEMO:
        return []
    with looking_as(SYSTEM):
        return queries.people_of_demo()


@open_to_strangers
@require_POST
def enter_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the people of a demo."""
    chosen = next((card for card in cards() if str(card.account.uid) == request.POST.get("account")), None)
    if chosen is None:
        raise Http404
    answer: HttpResponse = perform_login(request, chosen.account, email_verification="none", redirect_url="/")
    return answer
