"""Texts become plain objects, or are refused before they cost anything."""

from __future__ import annotations

import json

import pytest

from oce.kit.jsonld import texts
from oce.kit.jsonld.texts import Source, read_text
from oce.kit.testing.notation import refused


def yaml(text: str):
    return read_text(Source("doc.yaml", text.encode()))


def test_numbers_keep_every_digit_they_were_written_with():
    assert read_text(Source("a.json", b'{"a": 0.10, "b": 12345678901234567890.000000000000000001}')) == {
        "a": "0.10",
        "b": "12345678901234567890.000000000000000001",
    }
    assert yaml("serial: 0012\nhalf: .5\n") == {"serial": "0012", "half": ".5"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2019-04-18T8:00:00-5:00", "2019-04-18T8:00:00-5:00"),
        ("2019-04-18", "2019-04-18"),
        ("1:30", "1:30"),
        ("yes", "yes"),
        ("no", "no"),
        ("0x1F", "0x1F"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("'null'", "null"),
        ("", None),
    ],
)
def test_yaml_scalars_stay_what_people_wrote(written, read):
    assert yaml(f"value: {written}") == {"value": read}


@pytest.mark.parametrize(
    "text",
    ["!!python/object/apply:os.system ['true']", "a: !!binary aGk=", "a: !secret x", "!!set {a, b}", "a: !!str 5"],
)
def test_tags_are_refused(text):
    with refused("jsonld.yaml_tag"):
        yaml(text)


def test_aliases_are_read():
    assert yaml("a: &here [1, 2]\nb: *here\n") == {"a": ["1", "2"], "b": ["1", "2"]}


def test_a_billion_laughs_are_refused():
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 10)]
    with refused("jsonld.too_large"):
        yaml("\n".join(lines))


def test_a_document_has_as_many_values_as_the_house_allows(settings):
    settings.OCE_DOCUMENT_VALUES_MAX = 4
    assert yaml("a: 1\nb: [2]\n") == {"a": "1", "b": ["2"]}
    with refused("jsonld.too_large"):
        yaml("a: 1\nb: [2, 3]\n")


def test_an_alias_in_a_circle_is_refused():
    with refused("jsonld.circular"):
        yaml("&a [*a]")


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', "a: 1\na: 2\n"])
def test_a_key_written_twice_is_refused(text):
    with refused("jsonld.duplicate_key"):
        read_text(Source("doc", text.encode()))


@pytest.mark.parametrize(
    "text", ["[" * 61 + "]" * 61, "[" * 100_000, '{"a":' * 100_000, "- " * 5000 + "x", "a: " + "[" * 5000]
)
def test_deep_nesting_is_refused(text):
    with pytest.raises(texts.Refused) as found:
        read_text(Source("doc", text.encode()))
    assert {each.code for each in found.value.refusals} <= {"jsonld.too_deep", "jsonld.unreadable"}
    if len(text) == 122:
        assert found.value.refusals[0].code == "jsonld.too_deep"


@pytest.mark.parametrize(
    "content",
    [b'{"a": NaN}', b'{"a": }', b"a: [1", b"a: *nowhere", b"--- a\n--- b\n", b"? [a]\n: b\n", b'{"a": 1' + b"0" * 10],
)
def test_what_is_no_json_and_no_yaml_is_refused(content):
    with refused("jsonld.unreadable"):
        read_text(Source("doc.json" if content.startswith(b"{") else "doc.yaml", content))


def test_a_huge_number_is_only_text():
    huge = "9" * 10_000
    assert read_text(Source("a.json", f'{{"a": {huge}}}'.encode())) == {"a": huge}


def test_text_is_utf_8_or_utf_16():
    assert read_text(Source("a.json", json.dumps("Bäckerei").encode("utf-16"))) == "Bäckerei"
    assert read_text(Source("a.json", b"\xef\xbb\xbf[]")) == []
    with refused("jsonld.not_text"):
        read_text(Source("a.json", "Bäckerei".encode("latin-1")))


@pytest.mark.parametrize("content", [rb'{"a": "\u0000"}', rb'{"a": "\ud800"}', rb'{"\udfff": 1}', b'a: "\\0"\n'])
def test_what_is_no_character_is_refused(content):
    with refused("jsonld.unreadable"):
        read_text(Source("doc", content))
