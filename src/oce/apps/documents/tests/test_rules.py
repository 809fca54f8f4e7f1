"""What files are taken, judged by what they hold."""

from __future__ import annotations

import struct

import PIL.ImageOps
import pytest

from oce.apps.documents import rules
from oce.apps.documents.imaging import drawn_anew
from oce.apps.documents.tests.pictures import PDF, jpeg, png, vast_png
from oce.kit.testing.notation import refused


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (jpeg(8, 8), "image/jpeg"),
        (png(), "image/png"),
        (PDF, "application/pdf"),
        (b"PK\x03\x04...", "application/zip"),
        ("Kürbis, 3 kg".encode(), "text/plain"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    ],
)
def test_a_file_is_known_by_what_it_holds_and_not_by_its_name(content, form):
    assert rules.form_of(content, "anything.exe") == form
    assert rules.refuse_content(content, "anything.exe") == []


def test_a_paper_of_an_office_program_is_known_by_its_ending_as_well():
    assert rules.form_of(b"PK\x03\x04...", "minutes.odt") == "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<?xml version='1.0'?><svg/>",
        b"<!DOCTYPE html><title>x</title>",
        b"a harmless beginning \n\n <ScRiPt src=//x>",
        b"#!/bin/sh\nrm -rf /",
        b"MZ\x90\x00 a program",
        b"\x7fELF\x02",
    ],
)
def test_what_would_run_is_refused_whatever_it_is_called(content):
    assert [each.code for each in rules.refuse_content(content, "photo.jpg")] == ["documents.runs"]


def test_the_photo_of_a_phone_is_refused_with_a_way_out():
    found = rules.refuse_content(b"\x00\x00\x00\x18ftypheic\x00\x00", "IMG_1.HEIC")
    assert [each.code for each in found] == ["documents.photo_of_a_phone"]
    assert "JPEG" in str(found[0])


def test_a_file_of_no_known_form_is_refused():
    assert [each.code for each in rules.refuse_content(b"\x00\x01\x02\xff", "x")] == ["documents.unknown_form"]


def test_a_file_has_a_size_and_a_name_of_some_length():
    assert [each.code for each in rules.refuse_size("a", 0, 10)] == ["documents.empty"]
    assert [each.code for each in rules.refuse_size("a", 11, 10)] == ["documents.too_large"]
    assert rules.refuse_size("a", 10, 10) == []
    assert [each.code for each in rules.refuse_name("a" * 10_000)] == ["documents.name_too_long"]
    assert [each.code for each in rules.refuse_name("a\x00.jpg")] == ["documents.name_no_text"]
    assert [each.code for each in rules.refuse_note("a" * 2_001)] == ["documents.note_too_long"]
    assert [each.code for each in rules.refuse_another("jam", rules.FILES_MAX)] == ["documents.too_many"]


def test_a_photo_is_drawn_anew_upright_and_without_what_the_camera_wrote():
    sent = jpeg(600, 400, owner="Ana Silva")
    assert b"Ana Silva" in sent
    drawn = drawn_anew(sent, "photo.jpg")
    assert (drawn.width, drawn.height, drawn.media_type) == (400, 600, "image/jpeg")
    assert b"Ana" not in drawn.content + drawn.small
    assert b"Exif" not in drawn.content + drawn.small


def test_what_hides_behind_a_picture_is_gone():
    drawn = drawn_anew(jpeg(50, 50) + b"<script>alert(1)</script>", "photo.jpg")
    assert b"<script>" not in drawn.content


def test_a_large_photo_is_made_smaller_and_one_to_see_through_stays_so():
    assert drawn_anew(jpeg(5_000, 1_000), "wide.jpg").width == 2_400
    assert drawn_anew(png(), "sign.png").media_type == "image/png"


def test_a_picture_of_eighty_million_points_is_refused_before_it_is_unpacked():
    with refused("documents.too_many_pixels"):
        drawn_anew(vast_png(10_000, 8_000), "vast.png")
    with refused("documents.too_many_pixels"):
        drawn_anew(vast_png(100_000, 100_000), "bomb.png")


def test_a_picture_that_was_cut_off_is_refused():
    with refused("documents.unreadable"):
        drawn_anew(jpeg()[:300], "cut.jpg")
    with refused("documents.unreadable"):
        drawn_anew(vast_png(10, 10), "empty.png")


@pytest.mark.parametrize("stumble", [TypeError("not bytes"), IndexError("tag"), struct.error("short")])
def test_a_picture_that_its_reader_stumbles_over_is_refused_as_unreadable(monkeypatch, stumble):
    def stumbles(_image):
        raise stumble

    monkeypatch.setattr(PIL.ImageOps, "exif_transpose", stumbles)
    with refused("documents.unreadable"):
        drawn_anew(jpeg(), "damaged.jpg")
