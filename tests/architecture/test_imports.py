"""The contracts of .importlinter hold: four floors, apps in the order of the vocabulary, no circle."""

from __future__ import annotations

import configparser

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.tree import ROOT

CONTRACTS = ("floors", "apps", "inside", "pure", "stock", "circles")


@pytest.fixture
def in_root(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("contract", CONTRACTS)
@pytest.mark.usefixtures("in_root")
def test_the_contract_is_kept(contract, capsys):
    status = lint_imports(config_filename=".importlinter", limit_to_contracts=(contract,), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_contract_is_left_out_here_or_there():
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    written = [section.rpartition(":")[2] for section in contracts.sections() if ":contract:" in section]
    assert tuple(written) == CONTRACTS
