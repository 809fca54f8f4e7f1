"""What the pages of claims show and offer beside what every record does."""

from __future__ import annotations

from django.urls import URLPattern

from oce.apps.claims.models import Claim
from oce.apps.events.pages.panels import answering, done

urls: list[URLPattern] = []
panels = {Claim: (done("settles"),)}
buttons = {Claim: (answering("settles"),)}
