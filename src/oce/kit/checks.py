"""Start-up checks of the plug contract: what is declared wrongly is said in a sentence before anything runs."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from django.core.checks import CheckMessage, Error, register
from packaging.specifiers import SpecifierSet

from oce.kit.app import installed, plug
from oce.kit.records import record_models
from oce.vf import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oce.kit.app import OceApp
    from oce.kit.records import Record

HOUSE = version("oce")


@register("oce")
def check_apps(**_: object) -> list[CheckMessage]:
    """Return what the installed apps declare wrongly."""
    return [fault for app in installed() for fault in _faults(app)]


@register("oce")
def check_records(**_: object) -> list[CheckMessage]:
    """Return the record classes whose words the vocabulary does not know and that do not say they are ours."""
    return [fault for model in record_models() for fault in _record_faults(model)]


def _faults(app: OceApp) -> Iterator[CheckMessage]:
    yield from _manifest_faults(app)
    pages = plug(app, "pages")
    if pages is not None and not hasattr(pages, "urls"):
        yield Error(f"{app.name}.pages defines no urls.", hint="Give it `urls = [...]`.", id="OCE.E003")
    graphql = plug(app, "graphql")
    if graphql is not None:
        for name in ("Query", "Mutation"):
            declared = getattr(graphql, name, None)
            if declared is not None and not hasattr(declared, "__strawberry_definition__"):
                yield Error(f"{app.name}.graphql has a {name} that is not a strawberry type.", id="OCE.E004")


def _manifest_faults(app: OceApp) -> Iterator[CheckMessage]:
    names = {each.label for each in installed()}
    for word in ("title", "summary"):
        if not getattr(app, word, None):
            yield Error(f"{app.name} has no {word}.", hint=f"Give its app class a {word}.", id="OCE.E001")
    for need in app.needs:
        if need not in names:
            yield Error(f"{app.name} needs the app {need}, which is not installed.", id="OCE.E002")
    if HOUSE not in SpecifierSet(app.works_with):
        yield Error(f"{app.name} works with oce {app.works_with}, and this is {HOUSE}.", id="OCE.E007")
    for problem in app.problems():
        yield Error(f"{app.name}: {problem.message}", id="OCE.E008")


def _record_faults(model: type[Record]) -> Iterator[CheckMessage]:
    if not hasattr(model, "vf_class"):
        yield Error(f"{model.__name__} does not say its vf_class.", id="OCE.E005")
        return
    of_class = terms.CLASSES.get(model.vf_class)
    for name in model.ours:
        if of_class is not None and terms.camel(name) in of_class.properties:
            yield Error(f"{model.__name__}.{name} is a word of the vocabulary, yet listed as ours.", id="OCE.E006")
