"""Where the policy, its parameters and exemptions are read from: by default not from the change that they judge.

In a pull or merge request that is the tip of the branch it is to be merged into. The tip and not the merge base: after
the merge the tip's rules hold, and a stale branch must not be judged by rules that have been tightened since.

What is priced stays the change's: the inputs, and of its tollbar.yml ``workloads`` and ``usage``. All else there would
let a change loosen its own gate: limits, modes, exemptions and approvers openly; price books, commitments, cluster
rates, regions to borrow from and hours a month by making it look cheaper; project, team, environment and tags by making
it look like another one.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tollbar.errors import ConfigError, TollbarError
from tollbar.policy.config import (
    CONFIG_FILE,
    Config,
    config_candidates,
    find_config,
    policy_file_candidates,
    read_config,
    refuse_misnamed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tollbar.estimating.revision_source import RevisionSource
    from tollbar.policy.base_revision import Commit

WORKTREE = "worktree"
_NO_REPOSITORY = (
    "this is a pull request, but no git repository is here: policy and settings are those of the files here, "
    "which the change may have changed"
)


@dataclass(frozen=True)
class Configuration:
    """The configuration that holds, and the files in which its parts stand."""

    config: Config
    file: Path | None = None
    """What decides and prices."""
    workloads_in: Path | None = None
    usage_beside: Path | None = None
    notes: tuple[str, ...] = ()
    folder: Path | None = None
    """Where it stands for the user, who may be shown a copy of another revision's."""


def with_policy_files(config: Config, config_file: Path | None, files: Sequence[Path]) -> Config:
    """Return the configuration with the policies of files such as .github/crashlens.yml merged into it.

    Raises:
        ConfigError: One is not what it should be, or contradicts the configuration or another one.
    """
    if not files:
        return config
    from tollbar.policy.policy_files import policy_texts, with_policies  # noqa: PLC0415 -- only where there are any

    return with_policies(config, str(config_file or CONFIG_FILE), policy_texts(files, Path()))


class PolicySource(Protocol):
    """Where policy and settings are read from."""

    def configuration(self, named: Path | None, paths: Sequence[Path]) -> Configuration:
        """Return the configuration for what is priced; ``named`` is the file that the user names, if any."""

    def before(self, configuration: Configuration, state: Path) -> Configuration:
        """Return the configuration for the state to compare with: what it declares is its own."""

    def files(self, named: Sequence[Path]) -> tuple[list[Path], list[str]]:
        """Return where to read files and folders of policy or prices, and what is to be known of it."""

    def public(self, text: str) -> str:
        """Return a text in which files are called as the user knows them."""


class WorktreeSource:
    """The files as they are here."""

    def __init__(self, notes: tuple[str, ...] = ()) -> None:
        self._notes = notes

    def configuration(self, named: Path | None, paths: Sequence[Path]) -> Configuration:
        """Return the configuration of the named file, of the first folder that has one, or of this folder."""
        file = find_config(named, paths, Path())
        policy_files = policy_file_candidates(file, paths)
        before = takewhile(lambda candidate: candidate != file, config_candidates(named, paths, Path()))
        refuse_misnamed([*before, *policy_files])
        config = read_config(file) if file else Config(version=1)
        found = [candidate for candidate in policy_files if candidate.is_file()]
        config = with_policy_files(config, file, found)
        return Configuration(config, file, file, file, self._notes, file.parent if file else None)

    def before(self, configuration: Configuration, state: Path) -> Configuration:
        """Return the same configuration, with the workloads of the state's own file where it has one."""
        own = find_config(None, [state], state) if state.is_dir() else None
        if own is None:
            return configuration
        config = configuration.config.model_copy(update={"workloads": read_config(own).workloads})
        return replace(configuration, config=config, workloads_in=own)

    def files(self, named: Sequence[Path]) -> tuple[list[Path], list[str]]:
        """Return the files as they are named."""
        return list(named), []

    def public(self, text: str) -> str:
        """Return the text."""
        return text


@contextmanager
def policy_source(
    wanted: str | None, environment: Mapping[str, str], priced: Sequence[Path], named: Sequence[Path] = ()
) -> Iterator[PolicySource]:
    """Yield where policy and settings are read from, for as long as its files are needed.

    ``wanted`` is a revision or ``worktree``; where it is None, a pull request is judged by its base, all else by the
    files here. ``priced`` are the inputs, ``named`` what the user names of policy and settings.

    Raises:
        ConfigError: The revision, or the base of the pull request, is not in the repository; there is no repository.
    """
    from tollbar.policy.pull_request import pull_request  # noqa: PLC0415 -- --help needs none of it

    request = pull_request(environment)
    if wanted == WORKTREE or (wanted is None and request is None):
        yield WorktreeSource()
        return
    revisions = (wanted or "",) if wanted is not None or request is None else request.base_revisions
    name = wanted or (request.target if request else "")
    commits = _commits(revisions, request.workspace if request else None, priced, named)
    if commits is None:
        if wanted is not None:
            raise ConfigError(f"--policy-from {wanted}: no git repository is here")
        yield WorktreeSource((_NO_REPOSITORY,))
        return
    if not commits:
        raise _not_found(name, is_wanted=wanted is not None)
    from tollbar.estimating.revision_source import RevisionSource  # noqa: PLC0415 -- only for another revision

    with tempfile.TemporaryDirectory(prefix="tollbar-") as folder:
        source = RevisionSource(commits, name, Path(folder).resolve())
        try:
            yield source
        except TollbarError as error:
            raise _renamed(error, source) from None


def _commits(
    revisions: Sequence[str], workspace: Path | None, priced: Sequence[Path], named: Sequence[Path]
) -> list[Commit] | None:
    """Return the commit of each repository concerned; empty where one that is priced lacks it, None without any."""
    from tollbar.policy.base_revision import commit_of, repository_of  # noqa: PLC0415 -- only for another revision

    concerned = [repository_of(path, workspace) for path in (*priced, Path())]
    changed = dict.fromkeys(root for root in concerned if root is not None)
    if not changed:
        return None
    others = dict.fromkeys(root for path in named if (root := repository_of(path, workspace)) is not None)
    commits = []
    for root in {**changed, **others}:
        found = (commit_of(root, revision) for revision in revisions)
        commit = next((commit for commit in found if commit is not None), None)
        if commit is not None:
            commits.append(commit)
        elif root in changed:
            return []
    return commits


def _not_found(name: str, *, is_wanted: bool) -> ConfigError:
    if is_wanted:
        return ConfigError(
            f"--policy-from {name}: there is no such revision in this repository",
            hint="Fetch it first; a branch main that was only fetched is called origin/main.",
        )
    return ConfigError(
        f"{name}, which this change is to be merged into, is not in this checkout; policy and settings are read "
        "from there, so that a change cannot loosen its own gate",
        hint="Fetch it: fetch-depth: 0 (actions/checkout), GIT_DEPTH: 0 (GitLab), or\n"
        f"  git fetch --depth=1 origin +refs/heads/{name}:refs/remotes/origin/{name}",
    )


def _renamed(error: TollbarError, source: RevisionSource) -> TollbarError:
    """Return the error with the copies called as the user knows the files."""
    place = error.location and replace(error.location, file=source.public(error.location.file))
    hint = error.hint and source.public(error.hint)
    return type(error)(source.public(error.message), location=place, hint=hint)
