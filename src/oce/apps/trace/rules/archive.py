"""An adjacency put away in a folder, to be read again without being built.

Each column is a file that is mapped into memory rather than read, so that a walk only loads
the pages it touches. The folder is written beside its place and then moved there whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oce.apps.trace.rules.adjacency import Adjacency
from oce.apps.trace.rules.columns import Columns
from oce.apps.trace.rules.graph import Doors, Graph
from oce.apps.trace.rules.table import Register, Table

FORMAT = 1
"""Goes up with every change of what the files mean; a folder of another format is built anew by the caller."""

_WAYS = {True: "back", False: "forth"}
_PARTS: dict[str, type[Any]] = {"table": Table, "resources": Register, "processes": Register, "doors": Doors}
_SUMMARY = "ledger.json"


def save(adjacency: Adjacency, folder: Path) -> None:
    """Put the ledger and both its graphs into `folder`, in place of what was there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=folder.name, dir=folder.parent))
    new, old = beside / "new", beside / "old"
    new.mkdir()
    for name, array in _arrays(adjacency):
        np.save(new / f"{name}.npy", array, allow_pickle=False)
    built = {way: adjacency.graph(is_back=is_back).built for is_back, way in _WAYS.items()}
    summary = {"format": FORMAT, "actions": adjacency.columns.actions, "built": built}
    (new / _SUMMARY).write_text(json.dumps(summary), "utf-8")
    for file in new.iterdir():
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(beside)


def load(folder: Path) -> Adjacency:
    """Return the adjacency that was put into `folder`.

    Raises:
        ValueError: another version of this program wrote it; build it from the ledger.
        FileNotFoundError: there is none.
    """
    summary = json.loads((folder / _SUMMARY).read_text("utf-8"))
    if summary["format"] != FORMAT:
        raise ValueError(f"{folder} was written by another version; build the adjacency from the ledger.")
    names = Columns.of((), sequence=(), action=()).arrays()
    links: dict[str, Any] = {name: _mapped(folder, f"columns.{name}") for name in names}
    columns = Columns(actions=tuple(summary["actions"]), **links)
    graphs = {is_back: (columns, _graph(folder, is_back, summary["built"][way])) for is_back, way in _WAYS.items()}
    return Adjacency(columns, graphs)


def _arrays(adjacency: Adjacency) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, array in adjacency.columns.arrays().items():
        yield f"columns.{name}", array
    for is_back, way in _WAYS.items():
        graph = adjacency.graph(is_back=is_back)
        yield f"{way}.events", graph.events
        for part, kind in _PARTS.items():
            for name in _array_names(kind):
                yield f"{way}.{part}.{name}", getattr(getattr(graph, part), name)


def _array_names(kind: type[Any]) -> list[str]:
    return [each.name for each in fields(kind) if each.name != "used"]


def _graph(folder: Path, is_back: bool, built: int) -> Graph:  # noqa: FBT001 (a direction, named by the caller)
    way = _WAYS[is_back]
    parts = {
        part: kind(**{name: _mapped(folder, f"{way}.{part}.{name}") for name in _array_names(kind)})
        for part, kind in _PARTS.items()
    }
    parts["table"].used = len(parts["table"].kind)
    return Graph(is_back, events=_mapped(folder, f"{way}.events"), built=built, **parts)


def _mapped(folder: Path, name: str) -> NDArray[Any]:
    path = folder / f"{name}.npy"
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array
