"""Calls in source code as a declaration: as they are here, and as they were at another revision."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.estimating.source_revision import files_at
from tollbar.inputs.interface import Declaration, Source
from tollbar.inputs.llm_code.call_site import CallSite, Unreadable
from tollbar.inputs.llm_code.project import Project
from tollbar.inputs.llm_code.project_files import files_of
from tollbar.inputs.llm_code.readers import calls_in_tests, read_calls
from tollbar.inputs.llm_code.resources import resources_of
from tollbar.policy.base_revision import absolute_path, commit_of, repository_of
from tollbar.resource import Inventory

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tollbar.inputs.llm_code.settings import CodeConfig
    from tollbar.inputs.llm_code.source_file import SourceFile
    from tollbar.inputs.workload_kinds import Range
    from tollbar.policy.base_revision import Commit
    from tollbar.resource import Resource

_NAMED = 3
"""How many files a note names."""


@dataclass
class CodeStates:
    """The calls below some paths; ``commit`` is where to read the files, None: here.

    ``before`` is the state to compare with. ``calls_per_month`` counts where the settings tell no function of its own.
    """

    paths: Sequence[Path]
    calls_per_month: int | Range | None = None
    commit: Commit | None = None
    before: CodeStates | None = None
    tests: bool = False
    """Whether calls in tests count."""
    _read: dict[Path, list[CallSite | Unreadable]] = field(default_factory=dict, init=False, repr=False)
    _read_tests: dict[Path, list[CallSite | Unreadable]] = field(default_factory=dict, init=False, repr=False)
    declared: tuple[Resource, ...] = field(default=(), init=False, repr=False)
    """The calls as they were declared last."""

    def declaration(self, config: CodeConfig) -> Declaration:
        """Return the calls as resources; those of the state before keep its addresses.

        Raises:
            InputError: There is no such path, or a package that counts tokens is missing.
        """
        if self.calls_per_month is not None:
            config = config.model_copy(update={"calls_per_month": self.calls_per_month})
        earlier = self.before.resources(config) if self.before is not None else ()
        found = self._found(config)
        unread = [one for one in found if isinstance(one, Unreadable)]
        source = Source("code", ", ".join(str(path) for path in self.paths))
        resources = self.declared = self.resources(config, earlier)
        notes = [*_notes(unread, resources), *self._note_of_tests()]
        return Declaration(source, Inventory(resources), warnings=tuple(notes))

    def resources(self, config: CodeConfig, earlier: Sequence[Resource] = ()) -> tuple[Resource, ...]:
        """Return the calls as resources."""
        if self.calls_per_month is not None:
            config = config.model_copy(update={"calls_per_month": self.calls_per_month})
        sites = [found for found in self._found(config) if isinstance(found, CallSite)]
        return resources_of(sites, config, earlier)

    def _found(self, config: CodeConfig) -> list[CallSite | Unreadable]:
        found: list[CallSite | Unreadable] = []
        for path in self.paths:
            if path not in self._read:
                project, chosen = self._project(path, config)
                self._read[path] = list(read_calls(project, chosen))
                if self.tests or self.commit is None:  # of an earlier state, nobody asks how many are left out
                    self._read_tests[path] = list(calls_in_tests(project, chosen))
            found += self._read[path]
            found += self._read_tests[path] if self.tests else ()
        return found

    def _note_of_tests(self) -> list[str]:
        """Return how many calls are left out because they stand in tests."""
        found = [one for path in self.paths for one in self._read_tests.get(path, ()) if isinstance(one, CallSite)]
        number = len({(site.location, site.symbol) for site in found})
        if self.tests or not number:
            return []
        if number == 1:
            return ["1 call in a test is left out; --tests counts it"]
        return [f"{number} calls in tests are left out; --tests counts them"]

    def _project(self, path: Path, config: CodeConfig) -> tuple[Project, Sequence[SourceFile] | None]:
        """Return the files of a path as a project, and those of them that are asked for; of a file, its folder."""
        folder = path.parent if path.is_file() else path
        files, skipped = files_of(folder) if self.commit is None else files_at(self.commit, folder)
        root = absolute_path(folder).parts
        project = Project(
            files, skipped, root, told_environment=config.environment, deployments=config.deployments
        )  # fmt: skip
        if folder == path:
            return project, None
        return replace(project, skipped=()), [
            file for file in files if file.path.name == path.name and file.shown == path.as_posix()
        ]


def states_of(
    paths: Sequence[Path], base: str | None, calls_per_month: int | Range | None, *, tests: bool = False
) -> CodeStates:
    """Return the calls below some paths, those in tests where asked for, with their state at a revision that is named.

    Raises:
        ConfigError: There is no repository, or no such revision in it.
    """
    before = None
    if base is not None:
        commit = _commit(paths[0], base)
        before = CodeStates(paths, calls_per_month, commit, tests=tests)
    return CodeStates(paths, calls_per_month, None, before, tests=tests)


def _commit(path: Path, revision: str) -> Commit:
    repository = repository_of(path if path.is_dir() else path.parent)
    if repository is None:
        raise ConfigError(
            f"--base {revision}: {path} is in no git repository", hint="Without --base nothing is compared."
        )
    commit = commit_of(repository, revision)
    if commit is None:
        raise ConfigError(
            f"--base {revision}: there is no such revision in {repository.name}",
            hint="Fetch it first (fetch-depth: 0); a branch main that was only fetched is called origin/main.",
        )
    return commit


def _notes(unread: Sequence[Unreadable], resources: Sequence[Resource]) -> list[str]:
    notes = []
    if unread:
        named = ", ".join(f"{one.location} ({one.reason})" for one in unread[:_NAMED])
        more = f" and {len(unread) - _NAMED} more" if len(unread) > _NAMED else ""
        notes.append(f"not read, calls in them are not found: {named}{more}")
    by_name = [one for one in resources if one.attributes.get("model_origin") == "deployment_name"]
    if by_name:
        models = ", ".join(dict.fromkeys(f"{one.attributes.get('model')}" for one in by_name))
        notes.append(
            f"a deployment of Azure is taken for the model of its name ({models}): {_listed(by_name)}; "
            "code.deployments in tollbar.yml can tell another"
        )
    unbounded = [resource for resource in resources if resource.attributes.flag("unbounded_loop")]
    if unbounded:
        notes.append(
            f"a loop without a written bound is taken to run 1 to 100 times, 10 expected: {_listed(unbounded)}"
        )
    return notes


def _listed(resources: Sequence[Resource]) -> str:
    more = f" and {len(resources) - _NAMED} more" if len(resources) > _NAMED else ""
    return ", ".join(resource.address for resource in resources[:_NAMED]) + more
