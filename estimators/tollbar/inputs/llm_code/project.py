"""The files of a project in which calls of models are looked for, and the settings that stand beside the code."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from tollbar.inputs.llm_code.configuration_file import PARSERS, parse_configuration, parse_environment_file

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from tollbar.inputs.llm_code.call_site import Unreadable
    from tollbar.inputs.llm_code.source_file import SourceFile

Result = TypeVar("Result")


@dataclass(frozen=True)
class Project:
    """Files by their paths from the project's root; ``skipped`` are those left out that might hold calls, and why.

    ``told_environment`` are environment variables and ``deployments`` models of deployments (Azure) by name, as
    the user's settings tell them: they count before what stands in the code.
    """

    files: tuple[SourceFile, ...]
    skipped: tuple[Unreadable, ...] = ()
    root: tuple[str, ...] = ()
    """The folders that lead to the project's root: of a package that is given itself, its own name is the last."""
    told_environment: Mapping[str, str] = field(default_factory=dict)
    deployments: Mapping[str, str] = field(default_factory=dict)
    tests: bool = False
    """Whether the calls that are looked for are those in tests, and only those; else they are those in all else."""
    _worked_out: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_looked_into(self, file: SourceFile) -> bool:
        """Whether calls in a file of code, and calls of those, are looked for."""
        return file.is_test == self.tests

    @cached_property
    def by_path(self) -> Mapping[PurePosixPath, SourceFile]:
        """The files by their paths."""
        return {file.path: file for file in self.files}

    def with_suffix(self, *suffixes: str) -> Sequence[SourceFile]:
        """Return the files whose names end so (``.py``), in the order of their paths."""
        return [file for suffix in suffixes for file in self._by_suffix.get(suffix, ())]

    def ending_with(self, path: str) -> Sequence[SourceFile]:
        """Return the files whose paths end with a relative path (``config/models.yml``), nearest to the root first."""
        wanted = PurePosixPath(path).parts
        wanted = wanted[1:] if wanted[:1] in {("/",), (".",)} else wanted
        found = self._by_name.get(wanted[-1], ()) if wanted else ()
        return [file for file in found if file.path.parts[-len(wanted) :] == wanted]

    def configuration(self, file: SourceFile) -> object | None:
        """Return what a YAML, TOML, JSON or .env file holds as plain values, None where it cannot be read."""
        return self.once(("configuration", file.path), lambda: parse_configuration(file))

    def environment(self, name: str) -> str | None:
        """Return an environment variable, None where nothing tells it.

        The settings count first, then a ``.env`` file, then what workflows, charts and Terraform set a model to.
        """
        told = self.told_environment.get(name, self._environment.get(name))
        if told is not None:
            return told
        from tollbar.inputs.llm_code.model_lists import deployed_environment  # noqa: PLC0415 -- only where it is asked

        return deployed_environment(self).get(name)

    def once(self, key: Hashable, work_out: Callable[[], Result]) -> Result:
        """Return what is worked out of the project as a whole, worked out once for each key."""
        if key not in self._worked_out:
            self._worked_out[key] = work_out()
        found: Result = self._worked_out[key]
        return found

    @cached_property
    def configuration_files(self) -> Sequence[SourceFile]:
        """The YAML, TOML and JSON files."""
        return self.with_suffix(*(suffix for suffix in PARSERS if suffix))

    @cached_property
    def _environment(self) -> Mapping[str, str]:
        values: dict[str, str] = {}
        for file in reversed(self.files):  # the one nearest to the root counts
            if file.path.name in {".env", ".env.production", ".env.prod"}:
                values.update(parse_environment_file(file))
        return values

    @cached_property
    def _by_suffix(self) -> Mapping[str, list[SourceFile]]:
        found: dict[str, list[SourceFile]] = defaultdict(list)
        for file in self.files:
            found[file.path.suffix.lower()].append(file)
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, list[SourceFile]]:
        found: dict[str, list[SourceFile]] = defaultdict(list)
        for file in sorted(self.files, key=lambda file: (len(file.path.parts), file.path)):
            found[file.path.name].append(file)
        return found
