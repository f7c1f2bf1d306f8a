"""The Python modules of a project: found by the names they are imported by, parsed when they are first needed."""

from __future__ import annotations

import ast
import sys
import warnings
from collections import defaultdict
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.call_site import Unreadable
from tollbar.inputs.llm_code.python.syntax import Module
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import PurePosixPath

    from tollbar.inputs.llm_code.project import Project
    from tollbar.inputs.llm_code.source_file import SourceFile

_ROOTS = {(), ("src",), ("lib",), ("python",)}
"""Folders from which modules are imported wherever the importing one stands."""
_DEEPEST = 3000
"""A generated expression nests deeper than Python's default limit of 1,000 calls lets a visitor go."""


class Modules:
    """The modules of a project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.files = project.with_suffix(".py")
        self._parsed: dict[PurePosixPath, Module | Unreadable] = {}
        self._names = {file.path: _module_name(file) for file in self.files}
        self._by_last: dict[str, list[SourceFile]] = defaultdict(list)
        for file in self.files:
            if self._names[file.path]:
                self._by_last[self._names[file.path][-1]].append(file)

    def parsed(self, file: SourceFile) -> Module | Unreadable:
        """Return a file as a module, or why it cannot be read."""
        if file.path not in self._parsed:
            self._parsed[file.path] = self._parse(file)
        return self._parsed[file.path]

    def module(self, file: SourceFile) -> Module | None:
        """Return a file as a module, None where it cannot be read."""
        found = self.parsed(file)
        return found if isinstance(found, Module) else None

    def imported(self, dotted: str, importer: Module) -> Module | None:
        """Return the project's module of a name, None where it is none of the project's.

        A name that begins with a dot is the path from the project's root.
        """
        wanted = tuple(dotted.lstrip(".").split("."))
        if dotted.startswith("."):
            exact = [file for file in self._by_last.get(wanted[-1], ()) if self._names[file.path] == wanted]
            return self.module(exact[0]) if exact else None
        found = [
            (root, file)
            for shortened in self._without_root_names(wanted)
            for file in self._by_last.get(shortened[-1], ())
            if (root := self._root(file, shortened)) is not None and self._is_reached(root, importer, file)
        ]
        if not found:
            return None
        return self.module(max(found, key=lambda one: len(one[0]))[1])

    def mentioning(self, texts: Iterable[bytes], files: Iterable[SourceFile] | None = None) -> Iterator[SourceFile]:
        """Yield the files in which one of the texts stands."""
        wanted = tuple(texts)
        for file in self.files if files is None else files:
            content = _content(file)
            if any(text in content for text in wanted):
                yield file

    def _without_root_names(self, wanted: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield a name, and what is left of it within a project whose root is a package itself."""
        yield wanted
        for length in range(1, len(wanted)):
            if self._root_names[-length:] == wanted[:length]:
                yield wanted[length:]

    @property
    def _root_names(self) -> tuple[str, ...]:
        return self.project.root

    def _root(self, file: SourceFile, wanted: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the folder from which a file is imported by a name, None where it is not called so."""
        name = self._names[file.path]
        return name[: len(name) - len(wanted)] if name[-len(wanted) :] == wanted else None

    def _is_reached(self, root: tuple[str, ...], importer: Module, file: SourceFile) -> bool:
        if file is importer.file:
            return False
        if root in _ROOTS:
            return True
        is_package = (*root, "__init__.py") in self._paths
        return not is_package and importer.file.path.parts[: len(root)] == root and len(importer.file.path.parts) > 1

    @property
    def _paths(self) -> Mapping[tuple[str, ...], SourceFile]:
        return self.project.once("python paths", lambda: {file.path.parts: file for file in self.files})

    def _parse(self, file: SourceFile) -> Module | Unreadable:
        limit = sys.getrecursionlimit()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)  # of the code that is read, which is not ours
                sys.setrecursionlimit(max(limit, _DEEPEST))
                return Module(file, self._names[file.path], ast.parse(file.content))
        except SyntaxError as error:
            return Unreadable(Location(file.shown, error.lineno), f"it is not Python 3: {error.msg}")
        except (ValueError, RecursionError, MemoryError) as error:
            return Unreadable(Location(file.shown), f"it cannot be parsed: {error}")
        except OSError as error:
            return Unreadable(Location(file.shown), f"it cannot be read: {error.strerror}")
        finally:
            sys.setrecursionlimit(limit)


def _module_name(file: SourceFile) -> tuple[str, ...]:
    parts = file.path.with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def _content(file: SourceFile) -> bytes:
    try:
        return file.content
    except OSError:
        return b""
