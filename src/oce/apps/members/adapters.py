"""How allauth fits into this house: its letters, who may sign up, where secrets of second factors are kept."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings

from oce.apps.members import letters, queries
from oce.apps.members.account_commands import open_account
from oce.kit.actor import SYSTEM, looking_as
from oce.kit.pages.requests import address_of

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest

    from oce.apps.members.accounts import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signs people in as allauth does, and lets the worker send its letters."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a letter; it goes out once the transaction has ended."""
        message = self.render_mail(template_prefix, email, {"email": email, "request": self.request, **context})
        letters.write(email, message.subject, str(message.body))

    def format_email_subject(self, subject: str) -> str:
        """Return the subject with the name of the network before it."""
        return f"[{queries.house_name()}] {subject}"

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether a stranger may make an account: invited, or because some group takes people in."""
        return "joining" in request.session or queries.takes_people_in()

    def save_user(self, request: HttpRequest, user: Account, form: BaseForm, commit: bool = True) -> Account:  # noqa: FBT001, FBT002 (allauth's signature)
        """Open the account that somebody asked for, with the person they are."""
        super().save_user(request, user, form, commit=False)
        if not commit:
            return user
        # The journal tells of the newcomer, whom the stranger who asks may not see yet.
        with looking_as(SYSTEM):
            return open_account(SYSTEM, user, form.cleaned_data["name"])

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where the request came from, as the rest of the house sees it."""
        return address_of(request)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of second factors encrypted, so that a copy of the database alone is of no use."""

    def encrypt(self, text: str) -> str:
        """Return what is stored."""
        return _locksmith().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was encrypted."""
        return _locksmith().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """Return what an authenticator calls this house."""
        return queries.house_name()


def _locksmith() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(f"second factor {settings.SECRET_KEY}".encode()).digest()))
