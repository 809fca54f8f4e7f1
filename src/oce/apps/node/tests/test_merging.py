"""Two words become one: what can be changed is moved, the ledger is read as if it were, and all of it can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oce.apps.agents.models import AgentRelationshipRole
from oce.apps.events.commands import record_event
from oce.apps.events.drafts import EventDraft, ResourceDraft
from oce.apps.events.models import EconomicEvent
from oce.apps.knowledge.models import ResourceSpecification
from oce.apps.knowledge.queries import tree_of_tags
from oce.apps.members.models import MEMBER, Role
from oce.apps.members.queries import standard_role
from oce.apps.node import merging
from oce.apps.node.commands import merge_words, unmerge_words
from oce.apps.node.models import REVERSIBLE_DAYS
from oce.apps.resources.models import EconomicResource
from oce.apps.spreadsheets.commands import import_table
from oce.kit import clock
from oce.kit.journal import JournalLine
from oce.kit.jsonld.texts import Source
from oce.kit.records import called, record_models
from oce.kit.synonyms import Word
from oce.kit.testing.actors import actor_of
from oce.kit.testing.asking import ask, codes
from oce.kit.testing.factories import kind, make, organization, person, process, stage
from oce.kit.testing.notation import moment, quantity, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(actor):
    """A bakery that has flour under two names, raised by an event each."""
    bakery, flour, flower = organization(), kind("Flour"), kind("Flowr")
    for each in (flour, flower):
        draft = EventDraft(
            "raise",
            provider=bakery,
            receiver=bakery,
            resource_conforms_to=each,
            resource_quantity=quantity("10 kg"),
            has_point_in_time=moment("2026-11-01"),
            new_resource=ResourceDraft({"name": f"Sack of {each.name}"}),
        )
        record_event(actor, draft)
    return bakery, flour, flower


def test_what_can_be_changed_is_moved_and_events_stay_as_they_were_told(actor, told):
    _bakery, flour, flower = told
    merge = merge_words(actor, flower, flour)
    assert EconomicResource.objects.filter(conforms_to=flour).count() == 2
    event = EconomicEvent.objects.get(resource_conforms_to=flower)
    assert (str(event.resource_conforms_to), event.resource_conforms_to.meant) == ("Flour", flour)
    assert (merge.count, str(merge)) == (1, "Flowr → Flour")
    assert JournalLine.objects.latest("id").sentence == "tests: merged Flowr into Flour: 1 records say Flour now"


def test_lists_and_filters_take_both_for_one_and_offer_only_the_one_that_stays(actor, told, browser):
    _bakery, flour, flower = told
    merge_words(actor, flower, flour)
    page = browser.get(f"/economic-event/?resourceConformsTo={flour.uid}").content.decode()
    assert "Sack of Flour" in page
    assert "Sack of Flowr" in page
    found = ask("query ($it: [ID!]) { economicEvents(filter: {resourceConformsTo: $it}) { edges { node { id } } } }",
                it=[str(flour.uid)])  # fmt: skip
    assert len(found["economicEvents"]["edges"]) == 2
    kinds = ask("{ resourceSpecifications { edges { node { name } } } }")["resourceSpecifications"]["edges"]
    assert [each["node"]["name"] for each in kinds] == ["Flour"]
    assert "Flowr" not in browser.get("/resource-specification/").content.decode()
    assert browser.get(f"/resource-specification/{flower.uid}").url == f"/resource-specification/{flour.uid}"


def test_who_names_the_word_that_went_means_the_one_that_stays(actor, told):
    bakery, flour, flower = told
    merge_words(actor, flower, flour)
    sack = EconomicResource.objects.filter(conforms_to=flour).first()
    draft = EventDraft(
        "lower", provider=bakery, receiver=bakery, resource_conforms_to=flower, resource_inventoried_as=sack,
        resource_quantity=quantity("1 kg"), has_point_in_time=moment("2026-11-02"),
    )  # fmt: skip
    assert record_event(actor, draft).resource_conforms_to_id == flour.pk
    assert called(ResourceSpecification, "Flowr") == [flour]
    promised = make("commitment", action="produce", provider=bakery, receiver=bakery, resource_conforms_to=flower,
                    resource_quantity=quantity("1 kg"), due=moment("2026-12-01"))  # fmt: skip
    assert promised.resource_conforms_to == flour


def test_a_table_that_names_two_words_of_one_name_means_the_one_that_stays(actor):
    bakery, baking = organization(), kind("Baking work", default_unit_of_effort="hour")
    merge_words(actor, kind("Baking work"), baking)
    table = f"date,action,from,to,kind,effort\n2026-11-01,work,{bakery.uid},{bakery.uid},Baking work,2 hour\n"
    import_table(actor, Source("work.csv", table.encode()))
    assert EconomicEvent.objects.get().resource_conforms_to == baking


def test_a_merge_is_taken_back_but_for_what_was_changed_since(actor, told):
    bakery, flour, flower = told
    merge = merge_words(actor, flower, flour)
    since = make("commitment", action="produce", provider=bakery, receiver=bakery, resource_conforms_to=flour,
                 resource_quantity=quantity("1 kg"), due=moment("2026-12-01"))  # fmt: skip
    assert unmerge_words(actor, merge).undone is not None
    flower.refresh_from_db()
    assert (flower.same_as, str(flower)) == (None, "Flowr")
    assert EconomicResource.objects.filter(conforms_to=flower).count() == 1
    since.refresh_from_db()
    assert since.resource_conforms_to == flour
    with refused("node.undone_already"):
        unmerge_words(actor, merge)


def test_after_its_time_a_merge_stays(actor):
    merge = merge_words(actor, kind("Flowr"), kind("Flour"))
    with clock.standing_at(clock.now() + timedelta(days=REVERSIBLE_DAYS, minutes=1)), refused("node.merge_too_old"):
        unmerge_words(actor, merge)


def test_of_merges_that_build_upon_each_other_the_last_is_taken_back_first(actor):
    one, two, three = (kind(name) for name in ("Flowr", "Flowr", "Flour"))
    first = merge_words(actor, one, two)
    second = merge_words(actor, ResourceSpecification.objects.get(pk=two.pk), three)
    assert str(ResourceSpecification.objects.get(pk=one.pk)) == "Flour"
    with refused("node.merged_further"):
        unmerge_words(actor, first)
    unmerge_words(actor, second)
    unmerge_words(actor, first)
    assert [each.same_as_id for each in ResourceSpecification.objects.filter(pk__in=(one.pk, two.pk))] == [None, None]


def test_tags_are_renamed_on_whatever_carries_them_and_back(actor):
    bread, loaves = make("classification", name="Bread", term="bread"), make("classification", name="Pão", term="pão")
    one, both = kind("Rye", resource_classified_as=["pão"]), kind("Oat", resource_classified_as=["bread", "pão"])
    below = make("classification", name="Rye bread", term="rye-bread", broader=loaves)
    merge = merge_words(actor, loaves, bread)
    for each in (one, both, below):
        each.refresh_from_db()
    assert (one.resource_classified_as, both.resource_classified_as, below.broader) == (["bread"], ["bread"], bread)
    assert [str(branch.tag) for branch in tree_of_tags()] == ["Bread"]
    unmerge_words(actor, merge)
    for each in (one, both, below):
        each.refresh_from_db()
    assert (one.resource_classified_as, sorted(both.resource_classified_as)) == (["pão"], ["bread", "pão"])
    assert below.broader == loaves


def test_kinds_of_work_are_merged_with_what_is_at_that_stage(actor):
    baking, bake = stage("Baking"), stage("Bake")
    saturday = process(based_on=bake)
    merge_words(actor, bake, baking)
    saturday.refresh_from_db()
    assert saturday.based_on == baking


def test_words_that_do_not_fit_are_not_merged(actor):
    flour, member = kind("Flour"), standard_role(MEMBER)
    helper = make("role", name="Helper", may_record=True, may_coordinate=True)
    bread = make("classification", name="Bread", term="bread")
    rye = make("classification", name="Rye", term="rye", broader=bread)
    mine = make("agent-relationship-role", role_label="is member of", kind_of_role="custom")
    standard = AgentRelationshipRole.objects.get(kind_of_role="member")
    for merged, kept, code in (
        (flour, flour, "node.merged_into_itself"),
        (flour, bread, "node.other_class"),
        (helper, member, "node.other_powers"),
        (mine, standard, "node.other_powers"),
        (bread, rye, "node.merged_into_narrower"),
    ):
        with refused(code):
            merge_words(actor, merged, kept)
    twin = make("role", name="Associate", may_record=True)
    with refused("node.standard_word"):
        merge_words(actor, member, twin)
    merge_words(actor, twin, member)
    assert str(Role.objects.get(pk=twin.pk)) == "Member"
    with refused("node.merged_already"):
        merge_words(actor, Role.objects.get(pk=twin.pk), make("role", name="Fellow", may_record=True))


def test_more_than_can_be_moved_back_is_not_moved(actor, monkeypatch):
    monkeypatch.setattr(merging, "MOVED_MAX", 1)
    bake, baking = stage("Bake"), stage("Baking")
    process("one", based_on=bake)
    process("two", based_on=bake)
    with refused("node.too_many_to_merge"):
        merge_words(actor, bake, baking)


def test_only_who_looks_after_the_house_merges(actor):
    flour, flower = kind("Flour"), kind("Flowr")
    with refused("kit.not_allowed"):
        merge_words(actor_of(person()), flower, flour)


def test_no_list_of_references_leads_to_words():
    lists = [field for model in record_models() for field in model._meta.many_to_many]
    assert [field.name for field in lists if issubclass(field.related_model, Word)] == []


def test_the_page_shows_everything_before_it_is_done_and_offers_to_take_it_back(browser, told):
    _bakery, flour, flower = told
    listed = browser.get("/node/words").content.decode()
    assert "These look like the same word" in listed
    pair = {"merged": str(flower.uid), "kept": str(flour.uid)}
    shown = browser.get("/node/words/resource-specification/merge", pair).content.decode()
    assert "What stays as it was told" in shown
    assert "Make them one" in shown
    page = browser.post("/node/words/resource-specification/merge", pair, follow=True).content.decode()
    assert "Flowr is another word for Flour now." in page
    undo = page.partition('action="/node/merges/')[2].partition('"')[0]
    back = browser.post(f"/node/merges/{undo}", follow=True).content.decode()
    assert "are two words again" in back


def test_a_page_without_two_words_asks_for_them(browser):
    flour = kind("Flour")
    missing = browser.get("/node/words/resource-specification/merge", {"merged": str(flour.uid)})
    assert (missing.status_code, "Choose two words" in missing.content.decode()) == (404, True)
    same = browser.post("/node/words/resource-specification/merge", {"merged": str(flour.uid), "kept": str(flour.uid)})
    assert (same.status_code, "cannot be merged into itself" in same.content.decode()) == (422, True)
    assert browser.get("/node/words/agent").status_code == 404


def test_programs_merge_and_take_back_too(told):
    _bakery, flour, flower = told
    alike = ask("{ alikeWords { kind words { id name } } }")["alikeWords"]
    assert [[word["name"] for word in group["words"]] for group in alike] == [["Flour", "Flowr"]]
    effects = ask("query ($it: String!) { mergeEffects(merged: $it) { property count isMoved } }", it=str(flower.uid))
    assert {(each["property"], each["isMoved"]) for each in effects["mergeEffects"]} == {
        ("conforms_to", True),
        ("resource_conforms_to", False),
    }
    wish = "mutation ($merged: String!, $kept: String!) { mergeWords(merged: $merged, kept: $kept) { id count } }"
    done = ask(wish, merged=str(flower.uid), kept=str(flour.uid))["mergeWords"]
    assert done["count"] == 1
    assert ask("{ merges { merged kept } }")["merges"] == [{"merged": "Flowr", "kept": "Flour"}]
    back = ask("mutation ($id: ID!) { unmergeWords(id: $id) { undone } }", id=done["id"])
    assert back["unmergeWords"]["undone"] is not None
    assert codes('mutation { unmergeWords(id: "nothing") { id } }') == ["node.not_there"]
    assert codes(wish, actor=actor_of(person("Ben")), merged="x", kept="y") == ["kit.not_allowed"]
