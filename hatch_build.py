"""Compiles the price snapshot into every build, so that an installed package opens it at once."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PriceSnapshotHook(BuildHookInterface):
    """Runs before a wheel is built or the project is installed as editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- the interface's
        """Build ``prices.sqlite`` from the reviewable tables."""
        source = Path(self.root) / "estimators"
        sys.path.insert(0, str(source))
        try:
            from tollbar.catalog.snapshot import build_snapshot  # noqa: PLC0415 -- only now on the path

            build_snapshot()
        finally:
            sys.path.remove(str(source))
