"""What is combined in a process lies in the one thing that the process brings out."""

from __future__ import annotations

import pytest

from oce.vf.containers import Containers
from oce.vf.refusals import Refused
from oce.vf.states import Happening


def combine(resource: str, process: str | None = "packing", **facts: object) -> Happening:
    return Happening(f"combine {resource}", "combine", resource=resource, input_of=process)._replace(**facts)  # type: ignore[arg-type]


def bring_out(resource: str | None, process: str | None = "packing", action: str = "produce") -> Happening:
    return Happening(f"{action} {resource}", action, resource=resource, output_of=process)


def refused(containers: Containers, happening: Happening) -> list[str]:
    with pytest.raises(Refused) as caught:
        containers.resolve(happening)
    return [each.code for each in caught.value.refusals]


def test_contents_wait_for_the_container() -> None:
    containers = Containers()
    assert containers.resolve(combine("gown")).happening.container is None
    assert containers.resolve(combine("glove")).happening.container is None
    found = containers.resolve(bring_out("box"))
    assert (found.container, found.contents) == ("box", ("gown", "glove"))
    assert containers.resolve(bring_out("box")).contents == (), "they lie in it already"


def test_a_container_that_is_there_takes_what_comes_later() -> None:
    containers = Containers([bring_out("box", action="modify")])
    assert containers.resolve(combine("gown")).happening.container == "box"


def test_a_named_container_is_taken_at_its_word() -> None:
    containers = Containers([combine("gown", None, to_resource="bag")])
    assert containers.resolve(bring_out("box")).contents == ()
    assert containers.resolve(bring_out("tray")).contents == (), "nothing here is in doubt"


def test_what_was_handed_on_at_once_is_the_receiver_s_container() -> None:
    containers = Containers([combine("gown")])
    handed = bring_out(None)._replace(to_resource="their box", provider="ana", receiver="ben")
    assert containers.resolve(handed).contents == ("gown",)
    assert containers.resolve(handed).container == "their box"


@pytest.mark.parametrize("action", ["dropoff", "separate", "deliverService"])
def test_only_what_is_made_or_given_back_can_be_a_container(action: str) -> None:
    containers = Containers([combine("gown")])
    assert containers.resolve(bring_out("thing", action=action)).contents == ()


def test_without_process_and_container_combining_is_refused() -> None:
    assert refused(Containers(), combine("gown", None)) == ["effects.no_container"]


def test_two_things_that_might_be_the_container_are_refused() -> None:
    containers = Containers([combine("gown"), bring_out("box")])
    assert refused(containers, bring_out("tray")) == ["effects.container_ambiguous"]
    both = Containers([bring_out("box"), bring_out("tray")])
    assert refused(both, combine("gown")) == ["effects.container_ambiguous"]


def test_what_is_taken_out_or_put_elsewhere_no_longer_waits() -> None:
    taken = Containers([combine("gown"), Happening("out", "separate", resource="gown", output_of="unpacking")])
    assert taken.resolve(bring_out("box")).contents == ()
    moved = Containers([combine("gown"), combine("gown", "other", to_resource="bag")])
    assert moved.resolve(bring_out("box")).contents == ()


def test_processes_do_not_mix() -> None:
    containers = Containers([combine("gown", "packing"), combine("glove", "wrapping")])
    assert containers.resolve(bring_out("box", "packing")).contents == ("gown",)
    assert containers.resolve(bring_out("bag", "wrapping")).contents == ("glove",)


def test_corrections_and_nameless_outputs_say_nothing() -> None:
    containers = Containers([combine("gown"), bring_out(None), combine("glove", corrects="combine glove")])
    assert containers.resolve(bring_out("box")).contents == ("gown",)


def test_the_container_of_a_process_can_be_asked_for() -> None:
    assert Containers([bring_out("box")]).of("packing") == "box"
    assert Containers([bring_out("box"), bring_out("tray")]).of("packing") is None
    assert Containers().of("packing") is None
