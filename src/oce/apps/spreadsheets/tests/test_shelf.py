"""Files that were put aside are there for an hour after they came last, and never by half."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest

from oce.apps.spreadsheets import shelf
from oce.kit.clock import now, standing_at
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.OCE_HOME = tmp_path


def put(content: bytes) -> str:
    return shelf.put_aside("people.csv", io.BytesIO(content))


def test_a_file_that_comes_again_is_kept_for_another_hour() -> None:
    begun = now()
    with standing_at(begun):
        first = put(b"name\nAna\n")
    with standing_at(begun + timedelta(minutes=59)):
        assert put(b"name\nAna\n") == first
    with standing_at(begun + timedelta(minutes=61)):
        put(b"name\nBen\n")
        assert shelf.taken_from(first).content == b"name\nAna\n"
    with standing_at(begun + timedelta(minutes=120)):
        put(b"name\nBen\n")
        with pytest.raises(Refused, match="no longer here"):
            shelf.taken_from(first)


def test_who_reads_a_file_while_it_comes_again_reads_the_whole(monkeypatch) -> None:
    content = b"name\nAna\n"
    digest = put(content)
    seen = []
    write = Path.write_bytes

    def look_and_write(path: Path, data: bytes) -> int:
        count = write(path, data[:1])
        seen.append(shelf.taken_from(digest).content)
        return count + write(path, data)

    monkeypatch.setattr(Path, "write_bytes", look_and_write)
    assert put(content) == digest
    assert seen == [content, content]
