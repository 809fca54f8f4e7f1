"""Apps are ordered by their needs and introduce themselves; what they declare wrongly is said in a sentence."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from oce.kit import checks
from oce.kit.app import advertised, django_apps, in_order, installed, plug, plugs
from oce.kit.records import record_model
from oce.vf.refusals import Refusal, Refused


def test_apps_come_after_what_they_need():
    needs = {"trace": ("events",), "events": ("agents", "resources"), "resources": ("agents",), "agents": ()}
    assert in_order(needs) == ["agents", "resources", "events", "trace"]


def test_an_app_comes_after_those_it_joins_if_they_are_there(monkeypatch):
    agreements = type(next(app for app in installed() if app.label == "agreements"))
    monkeypatch.setattr(agreements, "joins", ("members", "unheard_of"))
    ordered = [path.rpartition(".")[2] for path in django_apps()]
    assert ordered.index("Members") < ordered.index("Agreements")


def test_apps_without_needs_come_by_name():
    assert in_order({"b": (), "c": (), "a": ()}) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ({"a": ("missing",)}, "a needs missing"),
        ({"a": ("b",), "b": ("a",)}, "a needs b"),
        ({"a": ("a",)}, "a needs a"),
    ],
)
def test_what_cannot_be_ordered_is_named(needs, words):
    with pytest.raises(Refused, match=words) as raised:
        in_order(needs)
    assert [each.code for each in raised.value.refusals] == ["kit.apps_unordered"]


def test_an_app_is_left_out_on_request(monkeypatch):
    assert "agreements" in advertised()
    monkeypatch.setenv("OCE_APPS_OFF", "agreements, trace")
    assert not {"agreements", "trace"} & set(advertised())


def test_running_apps_introduce_themselves():
    apps = list(installed())
    assert [app.label for app in apps][:2] == ["agents", "agreements"]
    for app in apps:
        assert str(app.title)
        assert str(app.summary)
        assert app.problems() == []


def test_a_plug_is_found_by_its_file_name():
    agents = next(installed())
    assert plug(agents, "commands").__name__ == "oce.apps.agents.commands"
    assert plug(agents, "unheard_of") is None
    assert ("knowledge", "oce.apps.knowledge.reactions") in [
        (app.label, each.__name__) for app, each in plugs("reactions")
    ]


def test_the_house_declares_nothing_wrongly():
    assert [fault for fault in run_checks() if fault.id.startswith("OCE.")] == []


def test_a_word_of_the_vocabulary_is_not_ours(monkeypatch):
    model = record_model("agent")
    monkeypatch.setattr(model, "ours", ("agent_class", "name"))
    assert [fault.id for fault in checks.check_records()] == ["OCE.E006"]


def test_a_record_says_its_class(monkeypatch):
    monkeypatch.delattr(record_model("agent"), "vf_class")
    assert [fault.id for fault in checks.check_records()] == ["OCE.E005"]


def test_an_app_says_its_title_and_needs_what_is_there(monkeypatch):
    agents = next(installed())
    monkeypatch.setattr(agents, "title", "", raising=False)
    monkeypatch.setattr(agents, "needs", ("unheard_of",), raising=False)
    assert [fault.id for fault in checks.check_apps()] == ["OCE.E001", "OCE.E002"]


def test_an_app_of_another_time_and_what_it_misses_are_told(monkeypatch):
    agents = next(installed())
    missing = Refusal("kit.missing", "There is no {what} on this machine.", what="printer")
    monkeypatch.setattr(agents, "works_with", "<20", raising=False)
    monkeypatch.setattr(agents, "problems", lambda: [missing])
    told = [(fault.id, fault.msg) for fault in checks.check_apps()]
    assert [code for code, _ in told] == ["OCE.E007", "OCE.E008"]
    assert told[0][1].startswith("oce.apps.agents works with oce <20, and this is ")
    assert told[1][1] == "oce.apps.agents: There is no printer on this machine."
