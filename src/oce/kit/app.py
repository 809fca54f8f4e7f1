"""How an app introduces itself, and how the house finds the apps and their plugs.

An app is a Python package advertised under the entry point group `oce.apps`. What it offers is found by the names of
its files (`pages.py`, `graphql.py`, `jsonld.py`, `reactions.py`, `checks.py`, `demo.py`, `shell.py`); there is no
other registration.
"""

from __future__ import annotations

import os
from importlib import import_module, metadata
from importlib.util import find_spec
from typing import TYPE_CHECKING, ClassVar, cast

from django.apps import AppConfig, apps

from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from types import ModuleType

    from django.utils.functional import Promise

GROUP = "oce.apps"
PLUGS = ("pages", "graphql", "jsonld", "reactions", "checks", "demo", "shell")
UNORDERED = gettext_noop(
    "The app {name} needs {missing}, which is switched off, missing, or needs {name} itself. Add {name} to OCE_APPS_OFF, or"
    " take {missing} out of it."
)


class OceApp(AppConfig):
    """A small app of the house; subclasses say their title, summary and needs.

    `needs` names the apps without which it does not run, `joins` those it uses where they are there; both load before it.
    `works_with` says with which versions of the house it runs.
    """

    title: ClassVar[str | Promise]
    summary: ClassVar[str | Promise]
    needs: ClassVar[tuple[str, ...]] = ()
    joins: ClassVar[tuple[str, ...]] = ()
    works_with: ClassVar[str] = ">=26.11"
    default_auto_field = "django.db.models.BigAutoField"

    def problems(self) -> list[Refusal]:
        """Return what is missing on this machine for the app to work, for `oce check` to tell; nothing by default."""
        return []

    def ready(self) -> None:
        """Load what must be known from the start, commands and listeners; the edges are loaded when asked for."""
        plug(self, "commands")
        plug(self, "reactions")


def advertised() -> dict[str, metadata.EntryPoint]:
    """Return the entry points of all apps on this machine by name, without those that `OCE_APPS_OFF` names."""
    # Names of apps that are not to run, with commas between.
    off = {name.strip() for name in os.environ.get("OCE_APPS_OFF", "").split(",")}
    points = sorted(metadata.entry_points(group=GROUP), key=lambda point: point.name)
    return {point.name: point for point in points if point.name not in off}


def in_order(needs: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the names so that each comes after those it needs, otherwise by name.

    Raises:
        Refused: `kit.apps_unordered` when a need is not among the names, or needs lead in a circle.
    """
    ordered: list[str] = []
    waiting = dict(sorted(needs.items()))
    while waiting:
        ready = next((name for name, wanted in waiting.items() if set(wanted) <= set(ordered)), None)
        if ready is None:
            name, wanted = next(iter(waiting.items()))
            missing = ", ".join(sorted(set(wanted) - set(ordered)))
            raise Refused(Refusal("kit.apps_unordered", UNORDERED, name=name, missing=missing))
        ordered.append(ready)
        del waiting[ready]
    return ordered


def django_apps() -> list[str]:
    """Return the dotted names of the apps' classes, ordered by need, for `INSTALLED_APPS`."""
    points = advertised()
    paths = {name: point.value.replace(":", ".") for name, point in points.items()}
    needs = {name: _after(point, points) for name, point in points.items()}
    return [paths[name] for name in in_order(needs)]


def _after(point: metadata.EntryPoint, points: Collection[str]) -> tuple[str, ...]:
    """Return the apps that must be loaded before one: all that it needs, and of those it joins whichever are there."""
    app_class = cast("type[OceApp]", point.load())
    return (*app_class.needs, *(name for name in app_class.joins if name in points))


def installed() -> Iterator[OceApp]:
    """Yield the running apps in the order of their needs."""
    for config in apps.get_app_configs():
        if isinstance(config, OceApp):
            yield config


def plug(app: OceApp, name: str) -> ModuleType | None:
    """Return the app's module of that file name, or None where it has no such file."""
    dotted = f"{app.name}.{name}"
    return import_module(dotted) if find_spec(dotted) else None


def plugs(name: str) -> Iterator[tuple[OceApp, ModuleType]]:
    """Yield each running app that has a file of this name, with the module."""
    for app in installed():
        module = plug(app, name)
        if module is not None:
            yield app, module
