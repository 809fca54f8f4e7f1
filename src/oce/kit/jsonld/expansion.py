"""A document expanded by the JSON-LD processor: every key and reference written out as a full address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from oce.kit.jsonld.context import full_context, load_known
from oce.kit.jsonld.texts import UNREADABLE, Source
from oce.vf.refusals import Refusal, Refused

if TYPE_CHECKING:
    from pyld import jsonld

# The processor makes every reference absolute. What was written without a scheme gets this base, and loses it again:
# it is an identifier of this house, or the name of a unit, or a mistake.
BASE = "http://relative.invalid/"


# The expanded form of a node takes many times the memory of its text, so a long list is expanded a part at a time.
CHUNK = 1_000


def expanded(source: Source, tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the nodes of a document in expanded form, top level first, lists in the order of the document.

    Our own context holds from the start and the document's is laid over it, so that a document that only names the
    vocabulary (as the examples of the standard do) still has its references read as references.

    Raises:
        Refused: `jsonld.remote_context`, or `jsonld.unreadable` with the processor's complaint.
    """
    if not isinstance(tree, dict | list):
        raise Refused(_complaint(source, "it holds neither an object nor a list"))
    # Not at the top: the processor is heavy, and most processes never read a document.
    from pyld import jsonld

    options = {"documentLoader": load_known, "expandContext": full_context(), "base": BASE}
    for part in _parts(tree):
        try:
            yield from jsonld.expand(part, options)
        except jsonld.JsonLdError as error:
            raise _own(error) or Refused(_complaint(source, _innermost(error))) from error


def _parts(tree: Any) -> Iterator[Any]:
    """Yield the document in parts of which each is a document with the same context."""
    nodes = tree.get("@graph") if isinstance(tree, dict) and set(tree) <= {"@context", "@graph"} else tree
    if not isinstance(nodes, list):
        yield tree
        return
    context = {"@context": tree["@context"]} if isinstance(tree, dict) and "@context" in tree else {}
    for start in range(0, len(nodes) or 1, CHUNK):
        yield {**context, "@graph": nodes[start : start + CHUNK]}


def _own(error: BaseException | None) -> Refused | None:
    """Return our own refusal where it lies beneath the processor's error."""
    while error is not None:
        if isinstance(error, Refused):
            return error
        error = error.__cause__ or getattr(error, "cause", None)
    return None


def _innermost(error: jsonld.JsonLdError) -> str:
    deepest: BaseException = error
    while deepest.__cause__ is not None:
        deepest = deepest.__cause__
    return str(getattr(deepest, "args", [""])[0] or deepest).rstrip(".")


def _complaint(source: Source, fault: str) -> Refusal:
    return Refusal("jsonld.unreadable", UNREADABLE, None, name=source.name, fault=fault[:300])
