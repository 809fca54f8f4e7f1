"""What the runner of stories understands, and what it says of a story that is not true."""

from __future__ import annotations

import re

import pytest

from oce.apps.events.demo.clauses import VERBS, Context, clause, context
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.demo import singulars
from oce.apps.trace import ledger
from oce.kit.testing.sentences import NotUnderstood, compiled, each_of, plain_name
from oce.kit.testing.stories import Step, StoryFailed, play, steps_of
from oce.vf.actions import ACTIONS

MILL = """# A mill

```story
On 3 September 2026:
Stone Mill and Bakery are organisations.
Flour is a kind of resource counted in kg.
Stone Mill begins with 10 kg of flour in lot F-1.
{}
```
"""


@pytest.fixture
def told(tmp_path, transactional_db, django_db_serialized_rollback, monkeypatch):
    """Return a function that plays sentences after the beginning of a story; a trace reads only what is committed."""
    # The identifiers of a story repeat, so that the graph of the story told before would be taken for that of this one.
    monkeypatch.setattr(ledger, "_kept", None)

    def tell(*sentences, heard=None):
        file = tmp_path / "mill.md"
        file.write_text(MILL.format("\n".join(sentences)), encoding="utf-8")
        return play(file, *([heard.append] if heard is not None else []))

    return tell


def test_headings_are_told_and_sentences_played(told):
    heard = []
    story = told("Then Stone Mill has 10 kg of flour.", "Look at the flour of lot F-1.", heard=heard)
    assert heard == ["A mill"]
    assert [(words, record.name) for words, record in story.sights] == [("the flour of lot F-1", "Flour F-1")]


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Then Stone Mill has 11 kg of flour.", "expected: 11 kg of Flour\n  found:    10 kg"),
        ("Then Stone Mill has no flour.", "expected: no Flour\n  found:    10 kg"),
        ("Then Stone Mill owns 9 kg of flour in lot F-1.", "expected: 9 kg of Flour of lot F-1\n  found:    10 kg"),
        ("Then the flour of lot F-1 is in state milled.", "expected: milled\n  found:    nothing"),
        ("Then lot F-1 went into: Bakery.", "expected: Bakery\n  found: "),
        ("Then lot F-1 did not come from: Stone Mill.", "expected: nothing of Stone Mill\n  found:    Stone Mill"),
        ("Then lot X-1 came from: Bakery.", "there is no lot X-1"),
        ("Then there is a warning: Only.", "expected: Only\n  found:    no warning"),
        ("Then it is refused: flows.same_agents.", "expected: refused: flows.same_agents\n  found:    it was granted"),
        ("Stone Mill dances.", "nobody taught a sentence like this"),
        ("Stone Mill lowers 1 kg of sugar.", "no kind of thing is called “sugar”"),
        ("Stone Mill lowers 1 stone of flour.", "no kind of thing is called “stone of flour”"),
        ("Baker lowers 1 kg of flour.", "no person or group is called “Baker”"),
        (
            "Bakery transfers 1 kg of flour from lot F-9 to Stone Mill.",
            "“Flour of lot F-9” is meant, and Bakery has none",
        ),
        (
            "Stone Mill transfers 1 kg of flour to Stone Mill.",
            "expected: it is granted\n  found:    “transfer” needs two",
        ),
        ("Mill is a friend of Bakery.", "there is no role “is a friend of”"),
        ("Sugar is a kind of resource counted in spoons.", "there is no unit “spoons”"),
        ("Bakery uses 1 kg of flour.", "“Flour” is meant, and Bakery has none"),
        ("Bakery drops off 1 kg of flour.", "nothing like “1 kg of flour” was taken into a process before"),
        ("Stone Mill cites the recipe.", "no kind of thing is called “recipe”"),
        ("Stone Mill:", "a list follows a sentence that ends in a colon, and no other"),
        (
            "Stone Mill lowers 1 kg of flour.\n- and more",
            "a list follows a sentence that ends in a colon, and no other",
        ),
        ('"The sale" is undone.', "nothing was called “The sale” before"),
        ("On Friday:", "“Friday” is not a day"),
    ],
)
def test_a_story_that_is_not_true_says_where_and_why(told, sentence, fault):
    with pytest.raises(StoryFailed) as failed:
        told(sentence)
    # What is refused or not is told of the sentence that was to be refused.
    line = 7 if "refused:" in sentence else 8
    assert f"mill.md:{line}: " in str(failed.value)
    assert fault in str(failed.value)


def test_the_rest_of_what_members_tell_is_understood(told):
    told(
        "The valley is a place.",
        "Ana is a person at the valley.",
        "The brook is a part of nature at the valley.",
        '"Autumn" is a bundle of agreements.',
        '"Flour for Ana" is an agreement within "Autumn".',
        '"Harvest feast" is a plan due on 3 October.',
        "Baking is a kind of process.",
        '"The first loaves" is baking by Bakery within "Harvest feast".',
        "Box, Pamphlet and Washing are kinds of resources counted in pieces.",
        "Bakery begins with 1 box called the red box, 1 box called the blue box, and 2 pamphlets.",
        'Bakery puts the blue box into the red box in "The first loaves".',
        "Then the blue box is inside the red box.",
        "Then the red box contains the blue box.",
        "Bakery copies 1 pamphlet to Ana.",
        "Then Ana has 1 pamphlet.",
        "Then Bakery has 2 pamphlets and 1 box.",
        'The brook delivers 2 washings to Bakery for "The first loaves".',
    )
    washing = EconomicEvent.objects.latest("id")
    assert (str(washing.provider), str(washing.input_of), washing.output_of) == ("brook", "The first loaves", None)
    assert str(washing.input_of.planned_within) == "Harvest feast"


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Then the red box contains nothing.", "expected: nothing\n  found:    blue box"),
        ("Then the red box is inside the blue box.", "expected: the blue box\n  found:    nothing"),
        ("Then the red box is at the stage baking.", "expected: baking\n  found:    None"),
        ("Bakery takes 1 kg of flour out of the red box.", "there is no Flour in red box"),
        ("Bakery uses 1 box for 2 hours.", "“Box” is meant, and Bakery has several of them: say the lot, or the place"),
    ],
)
def test_what_is_untrue_of_boxes_is_told(told, sentence, fault):
    boxes = (
        "Box is a kind of resource counted in pieces.",
        "Bakery begins with 1 box called the red box and 1 box called the blue box.",
        "Packing is a kind of process.",
        '"Packing today" is packing by Bakery.',
        'Bakery puts the blue box into the red box in "Packing today".',
        "Bakery begins with 1 box called the old box.",
    )
    with pytest.raises(StoryFailed) as failed:
        told(*boxes, sentence)
    assert fault in str(failed.value)


def test_what_is_refused_is_known_by_its_code_or_its_words(told):
    told(
        "Stone Mill refuses shortages.",
        "Stone Mill lowers 11 kg of flour.",
        "Then it is refused: effects.shortage.",
        "Stone Mill lowers 12 kg of flour.",
        "Then it is refused: Only 10 kilogram of Flour F-1 are on hand.",
        "Then Stone Mill has 10 kg of flour.",
    )
    assert EconomicEvent.objects.count() == 1


def test_another_refusal_than_the_expected_one_fails(told):
    with pytest.raises(StoryFailed, match=re.escape("found:    refused: “transfer” needs two different agents.")):
        told("Stone Mill transfers 1 kg of flour to Stone Mill.", "Then it is refused: effects.shortage.")


def test_a_shortage_may_also_be_warned_of(told):
    told(
        "Bakery is warned of shortages.",
        "Stone Mill lowers 11 kg of flour.",
        "Then there is a warning: Only 10 kilogram.",
    )


def test_a_day_may_lie_before_the_one_of_the_writing(told):
    told("Stone Mill lowers 1 kg of flour on 1 September, 9:30.")
    late = EconomicEvent.objects.latest("id")
    assert (late.has_point_in_time.isoformat(), late.created.isoformat()) == (
        "2026-09-01T09:30:00+00:00",
        "2026-09-03T08:03:00+00:00",
    )


def test_of_a_list_all_or_nothing_is_written(told):
    with pytest.raises(StoryFailed):
        told("Stone Mill:", "- lowers 1 kg of flour", "- transfers 1 kg of flour to Stone Mill")
    assert EconomicEvent.objects.count() == 1


def test_sentences_lists_and_headings_are_read_with_their_lines():
    text = (
        "# Bread\n\nProse.\n\n```story\nOne\n  and more.\nTwo:\n- a\n  b\n- c\n```\n```sh\n# no heading\n```\n## End\n"
    )
    assert list(steps_of(text)) == [
        Step(1, "Bread", is_heading=True),
        Step(6, "One and more."),
        Step(8, "Two:", ("a b", "c")),
        Step(16, "End", is_heading=True),
    ]
    with pytest.raises(NotUnderstood, match="line 2 belongs to no sentence"):
        list(steps_of("```story\n- a\n```\n"))


def test_an_item_without_a_sentence_fails_with_its_file_and_line(tmp_path):
    file = tmp_path / "list.md"
    file.write_text("```story\n- a\n```\n", encoding="utf-8")
    with pytest.raises(StoryFailed, match=r"list\.md: line 2 belongs to no sentence"):
        play(file)


def test_stories_have_a_word_for_every_verb_of_the_standard():
    assert set(VERBS.values()) == set(ACTIONS)


def test_a_sentence_about_events_is_taken_apart():
    told = clause(
        'Stone Mill transfers 2 kg of flour from lot F-1 and 3 kg of salt to "Bread to go" on 5 September, 9:30'
    )
    assert (told.who, told.action) == ("Stone Mill", "transfer")
    assert [thing.text for thing in told.things] == ["2 kg of flour", "3 kg of salt"]
    assert [dict(thing.phrases) for thing in told.things] == [
        {"lot": "F-1"},
        {"to": "Bread to go", "on": "5 September, 9:30"},
    ]


def test_a_heading_says_whose_doing_it_is_and_phrases_for_all():
    assert context('Stone Mill, in "Milling at night", on 5 September, 9:30') == Context(
        "Stone Mill", {"in": "Milling at night", "on": "5 September 9:30"}
    )
    assert context('Together, under "Bread"').who is None


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Ana", ["Ana"]),
        ("Ana, Ben and Cleo", ["Ana", "Ben", "Cleo"]),
        ('"Salt and bread", the mill, and a van', ["Salt and bread", "mill", "van"]),
    ],
)
def test_names_stand_in_lists(words, names):
    assert each_of(words) == names


def test_names_are_known_without_article_and_quotation_marks():
    assert [plain_name(each) for each in ("the mill", "The mill", '"The mill"', "“Theo”")] == [
        "mill",
        "mill",
        "The mill",
        "Theo",
    ]


def test_several_of_a_thing_are_known_by_one():
    assert "loaf" in set(singulars("loaves"))
    assert "hour" in set(singulars("hours"))
    assert "box" in set(singulars("boxes"))
    assert "delivery" in set(singulars("deliveries"))


def test_what_stands_in_brackets_may_be_left_out():
    pattern = compiled("{name} is a place[ within {larger}]")
    assert pattern.fullmatch("The barn is a place")["larger"] is None
    assert pattern.fullmatch("The barn is a place within the farm")["larger"] == "the farm"
