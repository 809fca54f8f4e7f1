"""The battery's questions to the commands of an app: where they are offered, how they are told, what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from oce.kit.app import plugs
from oce.kit.commands import Command, commands
from oce.kit.graphql.exposed import Exposed, exposed
from oce.kit.testing.asking import house
from oce.kit.testing.conformance.sources import (
    code_of,
    edge_of,
    mentioned,
    refusals_of,
    tests_of,
    texts_in,
    tree_of,
)
from oce.kit.testing.refusal_codes import CODE, marked

if TYPE_CHECKING:
    import pytest

    from oce.kit.app import OceApp


def commands_of(app: OceApp) -> list[Command]:
    """Return the commands that an app declares."""
    return [each for each in commands().values() if each.function.__module__.startswith(f"{app.name}.")]


def test_every_command_stands_under_its_name(app_under_test: OceApp) -> None:
    """What the journal calls it, its module calls it too."""
    astray = [
        each.name
        for each in commands_of(app_under_test)
        if getattr(import_module(each.function.__module__), _function_name(each), None) is not each.function
    ]
    assert astray == [], "Assign what `plain_commands` returns to make_…, change_… and delete_… in commands.py."


def test_every_command_has_a_mutation(app_under_test: OceApp) -> None:
    """Whatever a page can wish, a program can: by a generated mutation, or by one of its own in `graphql`."""
    called = _called(app_under_test, "graphql")
    without = [
        each.name
        for each in commands_of(app_under_test)
        if "mutation" not in each.without and each.name not in called and not _generated(each) & _mutations()
    ]
    assert without == [], "Offer these in graphql.py, or say why not: @command(without={'mutation': '…'})."


def test_every_command_has_a_page(app_under_test: OceApp) -> None:
    """Whatever a program can wish, a person can: by a plain page, or by one of its own in `pages`."""
    called = _called(app_under_test, "pages")
    without = [
        each.name
        for each in commands_of(app_under_test)
        if "page" not in each.without and each.name not in called and not _serves_records(each)
    ]
    assert without == [], "Offer these in pages.py, or say why not: @command(without={'page': '…'})."


def test_every_command_is_told_in_the_journal_in_any_language(app_under_test: OceApp) -> None:
    """Each has a sentence, marked for translation."""
    sentences = {text for path in code_of(app_under_test) for text in marked(tree_of(path))}
    bare = [each.name for each in commands_of(app_under_test) if each.says not in sentences]
    assert bare == [], "Write says=gettext_noop('…')."


def test_every_command_is_tested(app_under_test: OceApp, pytestconfig: pytest.Config) -> None:
    """Some test names each of them."""
    names = {each.name: _function_name(each) for each in commands_of(app_under_test)}
    tested = mentioned(names.values(), tests_of(app_under_test, pytestconfig))
    assert sorted(name for name, function in names.items() if function not in tested) == []


def test_every_refusal_can_be_translated(app_under_test: OceApp) -> None:
    """The sentence of each refusal is marked where it is written."""
    bare = [code for code, sentences in refusals_of(app_under_test).items() if not sentences]
    assert bare == [], "Write their sentences as gettext_noop('…')."


def test_every_refusal_is_provoked(app_under_test: OceApp, pytestconfig: pytest.Config) -> None:
    """Some test names the code of each."""
    tests = tests_of(app_under_test, pytestconfig)
    named = {code for path in tests for text in texts_in(path) for code in CODE.findall(text)}
    assert sorted(code for code in refusals_of(app_under_test) if code not in named) == []


def _function_name(command: Command) -> str:
    return command.name.rpartition(".")[2]


def _called(app: OceApp, edge: str) -> set[str]:
    """Return the commands whose functions the files of an edge mention."""
    names = {_function_name(each): each.name for each in commands_of(app)}
    return {names[name] for name in mentioned(names, edge_of(app, edge))}


def _serves_records(command: Command) -> bool:
    """Whether the plain pages offer it with the records it creates, changes or deletes."""
    return bool(command.creates or command.changes or command.deletes)


def _generated(command: Command) -> set[str]:
    """Return the names of the mutations that are made of a command, where its records are shown to be written."""
    serves = {"create": command.creates, "update": command.changes, "delete": command.deletes}
    return {
        f"{verb}{shown.title}"
        for shown in _shown()
        for verb, model in serves.items()
        if shown.writes and model is shown.model
    }


def _shown() -> Iterator[Exposed]:
    for _app, module in plugs("graphql"):
        yield from map(exposed, getattr(module, "records", ()))


def _mutations() -> set[str]:
    root = house().schema.mutation_type
    return set(root.fields) if root else set()
