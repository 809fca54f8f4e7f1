"""What somebody says of themselves when they make an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oce.apps.members.accounts import NAME_LENGTH_MAX

if TYPE_CHECKING:
    from django.http import HttpRequest

    from oce.apps.members.accounts import Account


class SignUpName(forms.Form):
    """Asks for the name, before allauth asks for e-mail address and password."""

    name = forms.CharField(
        label=_("What people call you"),
        max_length=NAME_LENGTH_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email", "password1")

    def signup(self, _request: HttpRequest, _account: Account) -> None:
        """Leave everything as it is: the person was made with the account."""

    def clean_name(self) -> Any:
        """Return the name without what is no letter at its ends."""
        return self.cleaned_data["name"].strip()
