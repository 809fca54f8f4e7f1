"""The contracts of .importlinter hold: four floors, apps in the order of the vocabulary, no circle."""

from __future__ import annotations

import configparser

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.tree import ROOT

CONTRACTS = ("floors", "apps", "inside", "pure", "stock", "circles")


def test_the_contracts_are_kept(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=".importlinter", no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out.partition("Broken contracts")[2]


def test_no_contract_is_left_out_here_or_there():
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    written = [section.rpartition(":")[2] for section in contracts.sections() if ":contract:" in section]
    assert tuple(written) == CONTRACTS
