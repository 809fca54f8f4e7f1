"""The tables of accounts: who signs in, as which person; the keys of their programs; letters; how the house is set up."""

from __future__ import annotations

from typing import Any, ClassVar

import auto_prefetch
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oce.apps.agents.models import Agent
from oce.kit.identifiers import new_uid

EMAIL_LENGTH_MAX = 254
NAME_LENGTH_MAX = 200
LANGUAGE_LENGTH_MAX = 16


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their e-mail address, however it is capitalised, each with its person by the same question."""

    def get_queryset(self) -> models.QuerySet[Account]:
        """Return the accounts with their persons, as whom they act."""
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username: str | None) -> Account:
        """Return the account of an e-mail address."""
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser):
    """Somebody who signs in with an e-mail address and a password, and acts as a person of the network."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    # In small letters, as it is compared.
    email = models.EmailField(_("e-mail address"), max_length=EMAIL_LENGTH_MAX, unique=True)
    person = models.OneToOneField(Agent, models.PROTECT, related_name="+", verbose_name=_("person"))
    is_administrator = models.BooleanField(_("looks after the whole house"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    # In which the house speaks and writes to them; of who never signed in, nothing.
    language = models.CharField(_("language"), max_length=LANGUAGE_LENGTH_MAX, blank=True, default="")
    made = models.DateTimeField(_("since"))

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        """Words for the screen."""

        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        """Return the name of the person."""
        return str(self.person)


class AccessToken(auto_prefetch.Model):
    """What a program of somebody sends in order to act for them, narrowed to some powers; kept as a fingerprint."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    account = auto_prefetch.ForeignKey(Account, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=NAME_LENGTH_MAX)
    digest = models.CharField(max_length=64, unique=True)
    powers: Any = models.JSONField(pgettext_lazy("what a token opens", "may"), default=list)
    made = models.DateTimeField(_("made"))
    expires = models.DateTimeField(_("valid until"))
    last_used = models.DateTimeField(_("last used"), null=True)

    class Meta(auto_prefetch.Model.Meta):
        """Words for the screen."""

        verbose_name = _("token")
        verbose_name_plural = _("tokens")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Letter(models.Model):
    """An e-mail that the house wrote: sent by the worker, or kept for an administrator who reads it out."""

    id = models.BigAutoField(primary_key=True)
    to = models.CharField(_("to"), max_length=EMAIL_LENGTH_MAX)
    subject = models.CharField(_("subject"), max_length=400)
    text = models.TextField(_("text"))
    made = models.DateTimeField(_("written"))

    class Meta:
        """Words for the screen."""

        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject


class House(models.Model):
    """What the administrators said of this house: one row at most, none as long as nobody said anything."""

    ONE: ClassVar = 1

    id = models.SmallIntegerField(primary_key=True, default=ONE)
    name = models.CharField(_("name of the network"), max_length=NAME_LENGTH_MAX, blank=True)
    # The steps of the set-up that were gone through, in words of ours.
    steps: Any = models.JSONField(default=list)

    class Meta:
        """Words for the screen."""

        verbose_name = _("house")
        verbose_name_plural = _("houses")

    def __str__(self) -> str:
        """Return the name."""
        return self.name
