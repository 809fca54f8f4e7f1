"""What one may wish of the ledger in GraphQL: to record, to record several together, to correct, to undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import strawberry
from django.utils.translation import gettext

from oce.apps.events import commands
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import EconomicResource
from oce.kit.graphql.asking import seen, wish_key
from oce.kit.graphql.exposed import key_argument, response_type
from oce.kit.graphql.fields import add_field, argument, asked_field, many, optional, read_field, replace_fields
from oce.kit.graphql.inputs import create_type, sent_values
from oce.kit.graphql.registry import type_of
from oce.kit.graphql.schema import ROOTS
from oce.kit.graphql.vocabulary import MeasureInput, action_sent, measure_sent
from oce.kit.records import read_uid
from oce.vf.actions import action
from oce.vf.refusals import Refusal, Refused, gettext_noop

NEVER_EDITED = gettext_noop(
    "An event is never edited, since others may have built on it. Correct it with correctEconomicEvent, or undo it."
)
NO_ACTION = gettext_noop("The event does not say its action. Name one, such as produce or transfer.")

EventInput = create_type(EconomicEvent)
ResourceInput = create_type(EconomicResource)
EventType = type_of(EconomicEvent)
ResourceType = type_of(EconomicResource)


@strawberry.input(
    name="NewEconomicResourceParams",
    description="What is known of a resource that an event brings into being, and how later events of the request name it.",
)
class NewResource(ResourceInput):  # type: ignore[misc, valid-type]
    """A resource to be made, with the identifier its maker may already have given it."""


@strawberry.type(name="Warning", description="Something that was recorded although it looks wrong.")
class WarningType:
    """The fields are read from a refusal that nobody insists on."""
