"""Wishes about documents, and where the files lie."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO

import pytest

from oce.apps.documents import commands, queries, store, tidying
from oce.apps.documents.arrivals import arrived
from oce.apps.documents.models import Attachment
from oce.apps.documents.tests.pictures import PDF, jpeg
from oce.kit import clock, outbox
from oce.kit.actor import STRANGER
from oce.kit.forgetting import PersonForgotten
from oce.kit.notices import announce
from oce.kit.testing.factories import person
from oce.kit.testing.notation import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.OCE_HOME = tmp_path


def test_a_photo_is_attached_and_found_again(actor):
    ana = person("Ana")
    file = arrived("C:\\fakepath\\Ana at work.JPEG", BytesIO(jpeg()))
    made = commands.attach_document(actor, ana, file, note=" in the bakery ")
    assert (made.role, made.name, made.note, made.is_picture) == ("photo", "Ana at work.jpg", "in the bakery", True)
    assert store.place_of(made.digest).read_bytes()[:3] == b"\xff\xd8\xff"
    assert queries.attachments_of(actor, ana) == [made]
    assert queries.pictures_of([ana]) == {ana.uid: made}


def test_a_wish_with_a_key_attaches_once(actor):
    ana = person("Ana")
    file = arrived("minutes.pdf", BytesIO(PDF))
    first = commands.attach_document(actor, ana, file, key="k-1")
    assert commands.attach_document(actor, ana, file, key="k-1") == first
    assert Attachment.objects.count() == 1


def test_the_same_file_lies_in_the_store_once(actor):
    for name in ("Ana", "Pau"):
        commands.attach_document(actor, person(name), arrived("minutes.pdf", BytesIO(PDF)))
    assert len([*store.media().glob("*/*")]) == 1


def test_a_file_is_read_no_further_than_its_bound(settings):
    settings.OCE_DOCUMENT_BYTES_MAX = 1024
    stream = BytesIO(b"a" * 5_000)
    with refused("documents.too_large"):
        arrived("endless.txt", stream)
    assert stream.tell() == 1025


def test_a_document_is_described_and_taken_off(actor):
    made = commands.attach_document(actor, person(), arrived("paper.pdf", BytesIO(PDF)))
    assert made.role == "other"
    commands.describe_document(actor, made, role="certificate", note="organic")
    assert Attachment.objects.get().role == "certificate"
    with refused("documents.unknown_role"):
        commands.describe_document(actor, made, role="secret", note="")
    commands.take_document_off(actor, made)
    assert not Attachment.objects.exists()


def test_a_file_that_nothing_holds_is_thrown_away_after_an_hour(actor):
    ana = person("Ana")
    kept = commands.attach_document(actor, ana, arrived("kept.jpg", BytesIO(jpeg(30, 30))))
    taken = commands.attach_document(actor, ana, arrived("paper.pdf", BytesIO(PDF)))
    commands.take_document_off(actor, taken)
    assert outbox.do_waiting() == 1
    assert store.place_of(taken.digest).is_file()
    before = (clock.now() - timedelta(hours=2)).timestamp()
    for file in store.media().glob("*/*"):
        os.utime(file, (before, before))
    tidying.throw_away_unused({})
    assert not store.place_of(taken.digest).is_file()
    assert store.place_of(kept.digest).is_file()
    assert store.place_of(kept.small).is_file()


def test_who_may_not_record_attaches_nothing(actor):
    ana = person("Ana")
    file = arrived("paper.pdf", BytesIO(PDF))
    with refused("kit.not_allowed"):
        commands.attach_document(STRANGER, ana, file)
    made = commands.attach_document(actor, ana, file)
    with refused("kit.not_allowed"):
        commands.take_document_off(STRANGER, made)


def test_a_receipt_is_not_for_strangers_even_where_the_record_is_for_everybody(actor):
    ana = person("Ana")
    made = commands.attach_document(actor, ana, arrived("receipt.pdf", BytesIO(PDF)), role="receipt")
    assert queries.attachment_seen(actor, made.uid) == made
    assert queries.attachment_seen(STRANGER, made.uid) is None
    assert queries.attachments_of(STRANGER, ana) == []


def test_the_document_of_a_record_that_is_gone_is_not_there(actor):
    made = commands.attach_document(actor, person(), arrived("paper.pdf", BytesIO(PDF)))
    Attachment.objects.update(about_kind="no-such-kind")
    assert queries.attachment_seen(actor, made.uid) is None
    with refused("documents.unknown"):
        commands.take_document_off(actor, Attachment.objects.get())


def test_who_leaves_for_good_takes_along_what_is_attached_to_them_and_their_name(actor):
    ana, pau = person("Ana"), person("Pau")
    for whose in (ana, pau):
        commands.attach_document(actor, whose, arrived(f"{whose}.jpg", BytesIO(jpeg())))
    announce(PersonForgotten(ana.pk, ana.uid, actor.name, "Former member"))
    assert [each.about_uid for each in Attachment.objects.all()] == [pau.uid]
    assert Attachment.objects.get().actor == "Former member"
