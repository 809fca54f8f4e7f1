"""The set-up of a new house, a few short steps in any order: whoever leaves goes on later where they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from oce.apps.members import letters, queries, setup
from oce.apps.members.accounts import NAME_LENGTH_MAX
from oce.apps.members.pages.people import opened
from oce.apps.members.starters import PACKS
from oce.kit.actor import Power, refuse_powerless
from oce.kit.addresses import house_address
from oce.kit.pages.answers import sentences
from oce.kit.pages.requests import Asked
from oce.kit.visibility import Visibility, house_visibility
from oce.vf.refusals import Refused, refuse_if

if TYPE_CHECKING:
    from django.utils.functional import Promise

SET_UP = "/members/set-up/"


class NetworkForm(forms.Form):
    """Asks what the network is called."""

    name = forms.CharField(label=_("Name of the network"), max_length=NAME_LENGTH_MAX)


class AdministratorForm(forms.Form):
    """Asks who looks after the house."""

    name = forms.CharField(label=_("Your name"), max_length=NAME_LENGTH_MAX)
    email = forms.EmailField(label=_("E-mail address"))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters; a few words are easier to remember."),
    )

    def clean_password(self) -> str:
        """Return a password that is not too easy to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class WordsForm(forms.Form):
    """Asks for starters; none is an answer too."""

    packs = forms.MultipleChoiceField(
        label=_("Words to begin with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, pack.title) for name, pack in PACKS.items()],
    )


class VisibilityForm(forms.Form):
    """Asks who sees what is recorded."""

    who = forms.ChoiceField(
        label=_("Who sees what is recorded?"),
        widget=forms.RadioSelect,
        choices=[
            (Visibility.NETWORK.value, _("Everybody who has an account here")),
            (Visibility.GROUP.value, _("Only the groups whom it concerns")),
        ],
    )


class MailForm(forms.Form):
    """Asks where a letter is to go to try it out."""

    to = forms.EmailField(label=_("Send a letter to"))


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its word in the address, its heading, its form, and what the answer does."""

    name: str
    title: str | Promise
    form: type[forms.Form]
    do: Callable[[Asked, dict[str, Any]], None]


def _name(request: Asked, said: dict[str, Any]) -> None:
    setup.name_network(request.actor, said["name"])


def _administrator(request: Asked, said: dict[str, Any]) -> None:
    account = opened(request, said["name"], said["email"], said["password"])
    if not request.user.is_authenticated:
        perform_login(request, account, email_verification="none")


def _words(request: Asked, said: dict[str, Any]) -> None:
    setup.take_starters(request.actor, said["packs"])


def _visibility(request: Asked, said: dict[str, Any]) -> None:
    setup.decide_visibility(request.actor, said["who"])


def _mail(_request: Asked, said: dict[str, Any]) -> None:
    letters.write_trial(said["to"])


STEPS = (
    Step("network", _("What is it called?"), NetworkForm, _name),
    Step("administrator", _("Who looks after it?"), AdministratorForm, _administrator),
    Step("words", _("Words to begin with"), WordsForm, _words),
    Step("visibility", _("Who sees what?"), VisibilityForm, _visibility),
    Step("mail", _("Can it send e-mail?"), MailForm, _mail),
)


@never_cache
@require_safe
def begin(request: Asked) -> HttpResponse:
    """Show the first step that was not gone through, or that all are."""
    refuse_if(refuse_powerless(request.actor, Power.ADMINISTER))
    gone = queries.house().steps
    waiting = next((each for each in STEPS if each.name not in gone), None)
    if waiting is not None:
        return _shown(request, waiting, waiting.form(initial=_known()))
    return render(request, "members/set_up_done.html", {"steps": STEPS, "gone": gone, "house": queries.house()})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Asked, name: str) -> HttpResponse:
    """Show a step, or do what its answer says and go on."""
    refuse_if(refuse_powerless(request.actor, Power.ADMINISTER))
    this = next((each for each in STEPS if each.name == name), None)
    if this is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, this, this.form(initial=_known()))
    form, faults = this.form(request.POST), []
    # Who passes a step over has gone through it as well.
    if "later" not in request.POST:
        if not form.is_valid():
            return _shown(request, this, form, status=422)
        try:
            this.do(request, form.cleaned_data)
        except Refused as refused:
            faults = sentences(refused.refusals)
            return _shown(request, this, form, faults, 422)
    setup.done(this.name)
    return HttpResponseRedirect(SET_UP)


def _known() -> dict[str, Any]:
    return {"name": queries.house().name, "who": house_visibility().value}


def _shown(
    request: Asked, this: Step, form: forms.Form, faults: list[str] | None = None, status: int = 200
) -> HttpResponse:
    shown = {
        "steps": STEPS,
        "step": this,
        "number": STEPS.index(this) + 1,
        "gone": queries.house().steps,
        "form": form,
        "faults": faults or [],
        "packs": PACKS,
        "address": house_address(),
        "is_local": "localhost" in house_address(),
        "has_mail": bool(settings.OCE_MAIL),
        "has_administrator": queries.has_accounts(),
    }
    return render(request, "members/set_up.html", shown, status=status)
