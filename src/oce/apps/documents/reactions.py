"""What the documents do when somebody leaves for good."""

from __future__ import annotations

from oce.apps.documents.models import Attachment
from oce.apps.documents.tidying import tidy_soon
from oce.kit.forgetting import PersonForgotten
from oce.kit.notices import hears


@hears(PersonForgotten, together=True)
def forget_files(notice: PersonForgotten) -> None:
    """Take off whatever is attached to the person; what they attached elsewhere stays, without their name."""
    Attachment.objects.filter(about_uid=notice.uid).delete()
    Attachment.objects.filter(actor=notice.name).update(actor=notice.former)
    tidy_soon()
