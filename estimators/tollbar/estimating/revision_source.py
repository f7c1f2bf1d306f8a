"""Policy and settings as they are at another revision, beside what the change itself declares."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.estimating.policy_source import Configuration, with_policy_files
from tollbar.policy.base_revision import absolute_path, is_tracked
from tollbar.policy.config import Config, config_candidates, policy_file_candidates, read_config, refuse_misnamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.policy.base_revision import Commit


class RevisionSource:
    """The files as they are at another revision; those that git does not keep are no part of a change: as they are."""

    def __init__(self, commits: Sequence[Commit], name: str, copies: Path) -> None:
        """Take the commit of each repository, the change's first; what the user calls it; a folder for copies."""
        self._commits = {commit: copies / str(number) for number, commit in enumerate(commits)}
        self._name = name
        self._short_id = commits[0].short_id

    def configuration(self, named: Path | None, paths: Sequence[Path]) -> Configuration:
        """Return the revision's configuration, with the workloads and the use that the change declares."""
        candidates = config_candidates(named, paths, Path())
        own_file = next((file for file in candidates if file.is_file()), None)
        own = read_config(own_file) if own_file else Config(version=1)
        origin, file = next(((origin, file) for origin in candidates if (file := self._read(origin))), (None, None))
        if named is not None and file is None and own_file is None:
            raise ConfigError(f"there is no file {named}, neither here nor in {self._name}")
        base = read_config(file) if file else Config(version=1)
        if origin is not None:
            self._read_named(origin, base)
        config = base.model_copy(update={"workloads": own.workloads, "usage": own.usage})
        sought = policy_file_candidates(origin or own_file, paths)
        before = takewhile(lambda candidate: candidate not in {origin, own_file}, candidates)
        refuse_misnamed([*before, *sought])
        policy_files = [self._read(candidate) for candidate in sought]
        config = with_policy_files(config, origin, [found for found in policy_files if found is not None])
        notes = tuple(self._notes(own, own_file, base, file))
        return Configuration(config, file, own_file, own_file, notes, origin.parent if origin else None)

    def before(self, configuration: Configuration, state: Path) -> Configuration:  # noqa: ARG002 -- its files are known
        """Return the revision's configuration with its own workloads; what is used is told for both states alike."""
        file = configuration.file
        workloads = read_config(file).workloads if file else ()
        config = configuration.config.model_copy(update={"workloads": workloads})
        return replace(configuration, config=config, workloads_in=file)

    def files(self, named: Sequence[Path]) -> tuple[list[Path], list[str]]:
        """Return copies of the revision's files and folders; what only the change has is left out, with a note."""
        found = [(path, self._read(path)) for path in named]
        notes = [f"{path} is not in {self._name}: it holds once it is merged" for path, copy in found if copy is None]
        return [copy for _, copy in found if copy is not None], notes

    def public(self, text: str) -> str:
        """Return a text in which the copies are called as git calls the files: ``main:infra/tollbar.yml``."""
        for copies in self._commits.values():
            text = text.replace(f"{copies}{os.sep}", f"{self._name}:")
        return text

    def _notes(self, own: Config, own_file: Path | None, base: Config, file: Path | None) -> Iterator[str]:
        yield f"policy and settings are those of {self._name} ({self._short_id}), not of this change"
        changes = own.model_copy(update={"workloads": base.workloads, "usage": base.usage}) != base
        once = f"what this change sets in {own_file} holds once it is merged"
        if file is None:
            yield f"{self._name} has no tollbar.yml: the library's defaults hold" + (f"; {once}" if changes else "")
        elif own_file is None:
            yield f"{self.public(str(file))} is not in this change; it holds until the change is merged"
        elif changes:
            yield once

    def _read_named(self, origin: Path, config: Config) -> None:
        """Copy the files that a configuration names beside itself, so that they are beside its copy as well."""
        names = [*config.prices.books, config.commitments, config.kubernetes.opencost, config.history]
        is_kept = self._place(origin) is not None
        for name in (name for name in names if isinstance(name, str)):
            path = absolute_path(origin.parent / name)
            is_relative = not Path(name).is_absolute()
            if is_kept and is_relative and self._place(path) is not None:
                self._read(path)
            elif self._place(path) is not None or (is_kept and is_relative):
                raise ConfigError(
                    f"{name}, which {origin} names, cannot be read from {self._name}",
                    hint="Name files of the repository relative to the configuration, others by an absolute path.",
                )

    def _read(self, path: Path) -> Path | None:
        """Return where to read a file or folder: a copy of the revision's, or as it is where it is no part of a change.

        None where the revision has none.
        """
        place = self._place(path)
        if place is None:
            return path if path.exists() else None
        commit, name = place
        copy = self._commits[commit] / name
        if commit.is_folder(name):
            for file, text in commit.files(name):
                _write(copy / file, text)
            self._add_untracked(path, commit, name, copy)
        elif (content := commit.read(name)) is not None:
            _write(copy, content)
        elif not path.exists() or is_tracked(commit.repository, name):
            return None
        elif path.is_dir():
            return path
        else:
            _write(copy, path.read_bytes())
        return copy

    def _add_untracked(self, folder: Path, commit: Commit, name: PurePosixPath, copy: Path) -> None:
        """Add what a step of the job put into a folder (``conftest pull``): without it rules would vanish unseen."""
        for file in sorted(folder.rglob("*")):
            inside = file.relative_to(folder)
            is_new = file.is_file() and not (copy / inside).exists()
            if is_new and not is_tracked(commit.repository, name / inside.as_posix()):
                _write(copy / inside, file.read_bytes())

    def _place(self, path: Path) -> tuple[Commit, PurePosixPath] | None:
        """Return the commit in which a file stands, and its path there; None where it is in no such."""
        absolute = absolute_path(path)
        around = [commit for commit in self._commits if absolute.is_relative_to(commit.repository)]
        if not around:
            return None
        commit = max(around, key=lambda found: len(found.repository.parts))
        return commit, PurePosixPath(absolute.relative_to(commit.repository).as_posix())


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
