"""T1, T2, T4: what one did is logged on a phone by a few presses, and what belongs together by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.browser import NARROW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.browser import Person


def opens_the_log(person: Person) -> None:
    person.taps_on_words("link", "Log")
    person.page.locator("form#log").wait_for()


def test_what_was_done_before_is_logged_again_from_today(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi", width=NARROW)
    rosa.goes("/")
    rosa.starts_counting()
    rosa.taps_on("form[action='/log/again'] button")
    rosa.hears("Logged: Rosa Bianchi worked")
    assert rosa.taps <= 3
    assert rosa.seconds <= 12


def test_unplanned_work_is_logged_with_a_few_words(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi", width=NARROW)
    rosa.goes("/things/")
    rosa.starts_counting()
    opens_the_log(rosa)
    rosa.taps_on("label.chip:has-text('1.5 h')")
    rosa.types("#what", "Mending the fence")
    rosa.taps_on_words("button", "Save")
    rosa.hears("Logged: Rosa Bianchi worked 1.5 h")
    assert rosa.taps <= 5
    assert rosa.seconds <= 25
    rosa.goes("/")
    assert "Mending the fence" in rosa.reads()


def test_use_work_and_what_was_made_go_in_by_one_press(somebody: Callable[..., Person]):
    rosa = somebody("Rosa Bianchi", width=NARROW)
    rosa.goes("/")
    rosa.starts_counting()
    opens_the_log(rosa)
    rosa.taps_on("label.chip:has-text('2 h')")
    adds(rosa, "consume")
    rosa.chooses("[name='events.1.resourceInventoriedAs']", "Empty jars")
    rosa.types("[name='events.1.resourceQuantity']", "6")
    adds(rosa, "produce")
    rosa.chooses("[name='events.2.resourceConformsTo']", "Apple butter")
    rosa.types("[name='events.2.resourceQuantity']", "6")
    rosa.types("#what", "A small pot of apple butter")
    rosa.chooses("#receiver", "Jam Kitchen")
    rosa.taps_on_words("button", "Save")
    rosa.hears("Logged: Rosa Bianchi worked 2 h for Jam Kitchen, and 2 more.")
    assert rosa.seconds <= 60

    # What was made is there; taken back, what went into it is there again.
    rosa.taps_on_words("button", "Undo")
    rosa.hears("They are undone")


def adds(person: Person, action: str) -> None:
    """Tell of something else in the same go."""
    person.taps_on("details.together > summary")
    person.taps_on(f"details.together button[value={action}]")
    person.page.locator(f"section.told.is-{action}").wait_for()
