"""What all modules of one project share: where modules are, the functions, and what went wrong."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.inputs.hcl.functions import functions_in
from tollbar.inputs.hcl.module import Module, has_terraform_files, load_module
from tollbar.inputs.hcl.syntax import Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.inputs.hcl.functions.function import Function
    from tollbar.inputs.hcl.values import Value
    from tollbar.location import Location

_MANIFEST = Path(".terraform") / "modules" / "modules.json"
_DEEPEST = 50
_LOCAL = ("./", "../", ".\\", "..\\")


@dataclass
class Project:
    """A root module with everything that is the same for all modules below it."""

    root: Module
    values: Mapping[str, Value]
    workspace: str
    environment: Mapping[str, str]
    warnings: list[str] = field(default_factory=list)
    functions: Mapping[str, Function] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the functions and the manifest of downloaded modules."""
        self.functions = functions_in(self.root.directory)
        self._manifest = _manifest(self.root.directory)
        self._modules: dict[Path, Module] = {self.root.directory: self.root}

    def warn(self, location: Location, message: str) -> None:
        """Remember something that the user should know, once."""
        warning = f"{location}: {message}"
        if warning not in self.warnings:
            self.warnings.append(warning)

    def called(self, module: Module, name: str, path: tuple[str, ...]) -> Module | None:
        """Return the module that a block calls, None where it is not there; ``path`` are the calls' names.

        Raises:
            InputError: Modules call each other without end.
        """
        if len(path) > _DEEPEST:
            raise InputError("modules call each other without end", location=module.calls[name].location)
        source = module.calls[name].body.arguments.get("source")
        text = source.expression.value if source and isinstance(source.expression, Literal) else ""
        if isinstance(text, str) and (text.startswith(_LOCAL) or text in {".", ".."}):
            shown = os.path.normpath(os.path.join(module.shown, text))  # noqa: PTH118 -- there is no normpath in pathlib
            directory = Path(os.path.normpath(module.directory / text))
        else:
            downloaded = self._manifest.get(".".join(path))
            if downloaded is None:
                return None
            shown, directory = os.path.join(self.root.shown, downloaded), self.root.directory / downloaded  # noqa: PTH118
        return self._loaded(directory, shown)

    def _loaded(self, directory: Path, shown: str) -> Module | None:
        if directory not in self._modules:
            if not directory.is_dir() or not has_terraform_files(directory):
                return None
            self._modules[directory] = load_module(directory, shown)
        return self._modules[directory]


def _manifest(root: Path) -> dict[str, str]:
    """Return the directories of downloaded modules by the path of their calls (``network.subnets``)."""
    try:
        manifest = json.loads((root / _MANIFEST).read_text(encoding="utf-8"))
        return {module["Key"]: module["Dir"] for module in manifest["Modules"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
