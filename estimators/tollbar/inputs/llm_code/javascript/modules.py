"""The modules of a project: which file an import means, which files import a file, each parsed at most once."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.javascript.module import SUFFIXES, Module

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tollbar.inputs.llm_code.project import Project
    from tollbar.inputs.llm_code.source_file import SourceFile

MOST_BYTES = 1024 * 1024
"""Larger ones are bundles that a tool made."""
_SPECIFIER = re.compile(r"""(?:from|import|require)\s*\(?\s*["'`]([^"'`\n]{1,200})["'`]""")
_ALIAS = re.compile(r"(?:@|~|#|\$lib|src|app)/(.+)")
_NAMES = (
    "", ".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs", ".json",
    "/index.ts", "/index.tsx", "/index.js", "/index.jsx", "/index.mjs",
)  # fmt: skip
_WRITTEN_AS_MADE = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
"""TypeScript imports name the file that the compiler makes."""


class Modules:
    """The JavaScript and TypeScript files of a project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.files: Sequence[SourceFile] = [
            file for file in project.with_suffix(*SUFFIXES) if not file.path.name.endswith((".d.ts", ".min.js"))
        ]
        self._parsed: dict[PurePosixPath, Module | None] = {}
        self._texts: dict[PurePosixPath, str] = {}

    def text(self, file: SourceFile) -> str:
        """Return a file's text; "" where it cannot be read or is no source that people wrote."""
        if file.path not in self._texts:
            try:
                self._texts[file.path] = "" if len(file.content) > MOST_BYTES else file.text
            except (OSError, UnicodeDecodeError):
                self._texts[file.path] = ""
        return self._texts[file.path]

    def module(self, file: SourceFile) -> Module | None:
        """Return a file parsed, None where it cannot be read."""
        if file.path not in self._parsed:
            self._parsed[file.path] = Module(file) if self.text(file) else None
        return self._parsed[file.path]

    def resolve(self, specifier: str, importer: PurePosixPath) -> SourceFile | None:
        """Return the project's file that an import means, None where it is a package's."""
        specifier = specifier.partition("?")[0]
        if specifier.startswith("."):
            return self._at(_joined(importer.parent, specifier))
        name = next((name for name in self._packages if specifier == name or specifier.startswith(f"{name}/")), None)
        if name is not None:
            folder, rest = self._packages[name], specifier.removeprefix(name).strip("/")
            places = [folder / rest, folder / "src" / rest] if rest else [folder / "src", folder]
            return next((found for place in places if (found := self._at(place)) is not None), None)
        alias = _ALIAS.fullmatch(specifier)
        return None if alias is None else self._below_some_root(alias[1], importer)

    def importers(self, files: Iterable[SourceFile]) -> set[PurePosixPath]:
        """Return the files that import some files, themselves or through others, and the files themselves."""
        found: set[PurePosixPath] = set()
        left = [file.path for file in files]
        while left:
            path = left.pop()
            if path not in found:
                found.add(path)
                left.extend(self._imported_by.get(path, ()))
        return found

    @cached_property
    def _imported_by(self) -> Mapping[PurePosixPath, list[PurePosixPath]]:
        found: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
        for file in self.files:
            for specifier in set(_SPECIFIER.findall(self.text(file))):
                imported = self.resolve(specifier, file.path)
                if imported is not None:
                    found[imported.path].append(file.path)
        return found

    @cached_property
    def _packages(self) -> Mapping[str, PurePosixPath]:
        """The packages that the project itself has, as a monorepo does: their names and folders."""
        found: dict[str, PurePosixPath] = {}
        for file in self.project.ending_with("package.json"):
            try:
                name = json.loads(file.content).get("name")
            except (OSError, ValueError, AttributeError, RecursionError):
                continue
            if isinstance(name, str) and name:
                found[name] = file.path.parent
        return found

    def _at(self, place: PurePosixPath) -> SourceFile | None:
        written = str(place)
        endings = [written + ending for ending in _NAMES]
        endings += [str(place.with_suffix(made)) for made in _WRITTEN_AS_MADE.get(place.suffix, ())]
        return next((self._by_name[ending] for ending in endings if ending in self._by_name), None)

    @cached_property
    def _by_name(self) -> Mapping[str, SourceFile]:
        return {str(file.path): file for file in self.project.files}

    def _below_some_root(self, rest: str, importer: PurePosixPath) -> SourceFile | None:
        """Return the file that an alias such as ``@/lib/openai`` means: below src or a folder around the importer."""
        for folder in importer.parents:
            for root in (folder, folder / "src", folder / "src" / "lib", folder / "app"):
                found = self._at(root / rest)
                if found is not None:
                    return found
        return None


def _joined(folder: PurePosixPath, relative: str) -> PurePosixPath:
    parts = list(folder.parts)
    for part in relative.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in {"", "."}:
            parts.append(part)
    return PurePosixPath(*parts)
