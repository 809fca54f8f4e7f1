"""Every story in the documents is true: what it tells can be recorded, and what it expects is so."""

from __future__ import annotations

import pytest

from oce.apps.events.replaying import differences
from oce.kit.testing.stories import play
from tests.architecture.tree import ROOT

STORIES = sorted((ROOT / "docs" / "stories").glob("*.md"))


# A trace reads what is settled, which on PostgreSQL is what is committed; the standard roles come with the migrations.
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_the_story_is_true(story):
    assert play(story).sights
    assert [str(each) for each in differences()] == []
