"""Before a record is written, somebody must hold the power over whom it concerns; a refusal says who can help."""

from __future__ import annotations

import pytest

from oce.kit import access
from oce.kit.access import refuse_unentitled
from oce.kit.actor import Power
from oce.kit.commands import commands
from oce.kit.records import record_model
from oce.kit.testing import factories as make
from oce.kit.testing.actors import actor_with
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db


def make_agreement(*told):
    return commands()["agreements.make_agreement"].function(*told)


def change_agreement(*told):
    return commands()["agreements.change_agreement"].function(*told)


def delete_agreement(*told):
    return commands()["agreements.delete_agreement"].function(*told)


def _codes(wish, *args):
    with pytest.raises(Refused) as refused:
        wish(*args)
    return [refusal.code for refusal in refused.value.refusals]


def test_who_may_record_for_a_party_writes_and_nobody_else():
    bakery, mill = make.organization("Bakery"), make.organization("Mill")
    ana = actor_with(make.person("Ana"), record=bakery)
    ben = actor_with(make.person("Ben"), record=mill)
    agreement = make_agreement(ana, {"name": "Bread", "parties": [bakery]})
    assert _codes(make_agreement, ben, {"name": "Bread", "parties": [bakery]}) == ["kit.not_entitled_alone"]
    assert _codes(change_agreement, ben, agreement, None, {"name": "Stone"}) == ["kit.not_entitled_alone"]
    assert _codes(delete_agreement, ben, agreement, None) == ["kit.not_entitled_alone"]
    assert list(record_model("agreement").every()) == [agreement]


def test_nobody_makes_something_theirs_by_changing_it():
    bakery, mill = make.organization("Bakery"), make.organization("Mill")
    ana = actor_with(make.person("Ana"), record=bakery)
    agreement = make_agreement(ana, {"name": "Bread", "parties": [bakery]})
    assert _codes(change_agreement, ana, agreement, None, {"parties": [mill]}) == ["kit.not_entitled_alone"]
    assert list(record_model("agreement").every().get().parties.all()) == [bakery]


def test_what_concerns_nobody_is_written_by_coordinators():
    bakery = make.organization("Bakery")
    member = actor_with(make.person("Ana"), record=bakery)
    coordinator = actor_with(make.person("Ben"), record=bakery, coordinate=bakery)
    assert _codes(make_agreement, member, {"name": "Bread"}) == ["kit.belongs_to_nobody"]
    assert make_agreement(coordinator, {"name": "Bread"}).pk


def test_a_refusal_names_the_group_and_who_can_help(monkeypatch):
    bakery, cleo = make.organization("Bakery"), make.person("Cleo")

    class Led(access.NoRoll):
        """A roll on which Cleo coordinates everything."""

        def leaders_of(self, agents, beside=()):
            return [cleo.pk] if agents else []

    monkeypatch.setattr(access, "_roll", Led())
    [refusal] = refuse_unentitled(actor_with(make.person("Ana")), Power.RECORD, [bakery.pk])
    assert refusal.code == "kit.not_entitled"
    assert "Bakery" in str(refusal)
    assert "Cleo" in str(refusal)
