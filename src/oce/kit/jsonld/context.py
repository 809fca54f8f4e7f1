"""The JSON-LD context: the standard's, with the words of this house added under a namespace of their own.

It is served at `/context.jsonld` and bundled with the package. Nothing here ever fetches a context from the net: those
that are known are answered from the bundle, all others are refused.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NoReturn

from django.http import HttpRequest, HttpResponse

from oce.kit.addresses import house_address, path_in_house
from oce.kit.properties import Kind, properties_of
from oce.kit.records import record_models
from oce.vf import terms
from oce.vf.namespaces import VF
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from oce.kit.properties import RecordProperty

# The namespace of what the vocabulary does not have: breadcrumbs, places within places, relationships between agents.
OURS = "https://w3id.org/oce/ns#"
# Where the units of this house's own stand; those of the standard list have addresses in OM2.
OWN_UNIT = OURS + "unit/"
HYDRA = "http://www.w3.org/ns/hydra/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
MEDIA_TYPE = "application/ld+json"

_CONTEXT = "context.jsonld"
_HYDRA_LINKS = ("member", "view", "first", "next", "previous")
_COERCED: dict[Kind, str] = {
    Kind.REFERENCE: "@id",
    Kind.REFERENCES: "@id",
    Kind.MOMENT: f"{XSD}dateTimeStamp",
    Kind.URI: f"{XSD}anyURI",
}
_KNOWN_ENDINGS = ("", "/1.0.0/vf", "/ont/vf", "/ont/vf-context.jsonld", "/ont/1.0.0/vf")

REMOTE = gettext_noop(
    "The document asks for the context {address}, which is not fetched. Write the context into the document, "
    "or leave it out: then the one of the standard holds."
)


@cache
def standard_context() -> dict[str, Any]:
    """Return the terms of the vocabulary, as a context."""
    text = files("oce.vf").joinpath("data/context.jsonld").read_text("utf-8")
    context: dict[str, Any] = json.loads(text)["@context"]
    return context


@cache
def full_context() -> dict[str, Any]:
    """Return the context of this house: the standard's terms, ours, and those of paged collections."""
    context = dict(standard_context())
    context |= {"oce": OURS, "hydra": HYDRA}
    context |= {f"hydra:{name}": {"@id": f"{HYDRA}{name}", "@type": "@id"} for name in _HYDRA_LINKS}
    for model in record_models():
        if model.vf_class not in terms.CLASSES:
            context[model.vf_class] = f"oce:{model.vf_class}"
        for each in properties_of(model):
            if each.is_ours:
                context[key_of(each)] = _term(each)
    return context


def key_of(each: RecordProperty) -> str:
    """Return the key of a property in our documents: its term, prefixed where the standard has another use for it."""
    return f"oce:{each.term}" if each.is_ours and each.term in standard_context() else each.term


def property_iri(each: RecordProperty) -> str:
    """Return the full address of a property."""
    return (OURS if each.is_ours else VF) + each.term


def class_iri(name: str) -> str:
    """Return the full address of a class, ours or the vocabulary's."""
    return (VF if name in terms.CLASSES else OURS) + name


def address() -> str:
    """Return where this house serves its context."""
    return f"{house_address()}/{_CONTEXT}"


def known_context(asked: str) -> dict[str, Any] | None:
    """Return the bundled context that an address means, or None for an address we do not know."""
    if path_in_house(asked) == f"/{_CONTEXT}":
        return full_context()
    plain = asked.rstrip("#/")
    for scheme in ("https", "http"):
        for ending in _KNOWN_ENDINGS:
            if plain == f"{scheme}://w3id.org/valueflows{ending}":
                return standard_context()
    return None


def load_known(asked: str, _options: object) -> dict[str, Any]:
    """Answer the JSON-LD processor's request for a remote document from the bundle, or refuse.

    Raises:
        Refused: `jsonld.remote_context`.
    """
    found = known_context(asked)
    if found is None:
        refuse_remote(asked)
    return {"contentType": MEDIA_TYPE, "contextUrl": None, "documentUrl": asked, "document": {"@context": found}}


def refuse_remote(asked: str) -> NoReturn:
    """Refuse a context that would have to be fetched."""
    raise Refused(Refusal("jsonld.remote_context", REMOTE, "@context", address=asked[:200]))


def context_view(_request: HttpRequest) -> HttpResponse:
    """Serve the context to anybody, browsers of other sites included."""
    text = json.dumps({"@context": full_context()}, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type=MEDIA_TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _term(each: RecordProperty) -> dict[str, str]:
    term = {"@id": f"oce:{each.term}"}
    if each.kind in _COERCED:
        term["@type"] = _COERCED[each.kind]
    return term
