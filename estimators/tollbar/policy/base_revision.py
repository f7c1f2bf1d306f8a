"""Files as they were at a commit: what a change may not loosen is read from the branch it is to be merged into.

Git is asked as a program. Blobs are taken as they are stored, without filters: line ends are those of the repository.
Revisions and paths never stand where git would take them for options, and links are followed inside the commit only.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIMEOUT_SECONDS = 120
_SHORT = 10
_LINK, _SUBMODULE, _FOLDER = "120000", "160000", "040000"


class _Entry(NamedTuple):
    mode: str
    object_id: str
    path: PurePosixPath


def repository_of(folder: Path, workspace: Path | None = None) -> Path | None:
    """Return the root of the repository in which a folder stands, None where it stands in none.

    Inside ``workspace`` (where a CI job checked out) it is the outermost one: a change can put a submodule of its
    author's, or a link, in place of any folder below it.
    """
    absolute = absolute_path(folder)
    roots = [parent for parent in (absolute, *absolute.parents) if (parent / ".git").exists()]
    if workspace is not None:
        bounds = {absolute_path(workspace), Path(os.path.realpath(workspace))}
        inside = [root for root in roots if any(root.is_relative_to(bound) for bound in bounds)]
        roots = inside[-1:] or roots
    return roots[0] if roots else None


def absolute_path(path: Path) -> Path:
    """Return a path from the root, without following links: a change may have put them there."""
    return Path(os.path.normpath(Path.cwd() / path))


@dataclass(frozen=True)
class Commit:
    """A commit of a repository; its files are read by their paths from the repository's root."""

    repository: Path
    object_id: str

    @property
    def short_id(self) -> str:
        """The abbreviated hash."""
        return self.object_id[:_SHORT]

    def read(self, path: PurePosixPath) -> bytes | None:
        """Return the content of a file, None where the commit has no such file.

        Raises:
            ConfigError: It is a folder, or a link out of the repository, or cannot be read.
        """
        inside = self._inside_submodule(path)
        if inside is not None:
            return inside[0].read(inside[1])
        kind, content = self._object(path)
        if kind == "tree":
            raise ConfigError(f"{path} is a folder at {self.short_id}; a file was expected")
        return content if kind == "blob" else None

    def is_folder(self, path: PurePosixPath) -> bool:
        """Whether the commit has a folder there."""
        inside = self._inside_submodule(path)
        if inside is not None:
            return inside[0].is_folder(inside[1])
        return self._object(path)[0] == "tree"

    def files(self, folder: PurePosixPath) -> Iterator[tuple[PurePosixPath, bytes]]:
        """Yield the files of a folder and of those below it, by their paths from it.

        Raises:
            ConfigError: A link among them leads nowhere, to a folder or out of the repository, or a submodule is
                not there.
        """
        inside = self._inside_submodule(folder)
        if inside is not None:
            yield from inside[0].files(inside[1])
            return
        _, tree, _ = self._batch("--batch-check", folder)
        for line in self._git("ls-tree", "-r", "-z", "--full-tree", tree.decode()).split(b"\0")[:-1]:
            entry = _entry(line)
            if entry.mode == _SUBMODULE:
                yield from ((entry.path / path, content) for path, content in self.files(folder / entry.path))
            elif (content := self.read(folder / entry.path)) is not None:
                yield entry.path, content

    def _object(self, path: PurePosixPath) -> tuple[str | None, bytes]:
        kind, _, content = self._batch("--batch", path)
        return kind, content

    def _batch(self, how: str, path: PurePosixPath) -> tuple[str | None, bytes, bytes]:
        """Return an object's kind, hash and content; links are followed as far as they stay inside the commit."""
        asked = f"{self.object_id}:{_spelt(path)}"
        answer = self._git("cat-file", how, "--follow-symlinks", asked=asked.encode() + b"\n")
        head, _, content = answer.partition(b"\n")
        words = head.split(b" ")
        if words[0] == b"symlink":
            raise ConfigError(f"{path} at {self.short_id} is a link out of the repository", hint=_HOW_TO_GO_WITHOUT)
        if words[0] == b"loop":
            raise ConfigError(f"{path} at {self.short_id} is a link that leads back to itself")
        if len(words) == 3 and words[1] in {b"blob", b"tree"}:  # hash, kind, size
            return words[1].decode(), words[0], content[:-1]
        if any(entry.mode == _LINK for entry in self._along(path)):
            raise ConfigError(
                f"{path} at {self.short_id} is a link that leads to nothing there",
                hint="Links into submodules are not followed.",
            )
        return None, b"", b""  # missing, or below a file

    def _inside_submodule(self, path: PurePosixPath) -> tuple[Commit, PurePosixPath] | None:
        """Return the commit of the submodule in which a path stands, and the path in it; None where it is in none."""
        found = next((entry for entry in self._along(path) if entry.mode == _SUBMODULE), None)
        if found is None:
            return None
        root = self.repository / found.path
        commit = commit_of(root, found.object_id) if (root / ".git").exists() else None
        if commit is None:
            raise ConfigError(
                f"the submodule {found.path} is not here at {found.object_id[:_SHORT]}",
                hint=f"Check it out (submodules: true); in it: git fetch origin {found.object_id}",
            )
        return commit, path.relative_to(found.path)

    def _along(self, path: PurePosixPath) -> list[_Entry]:
        """Return the entries of the commit from its root down to the path, as far as there are any."""
        return [entry for step in (*reversed(path.parents[:-1]), path) if (entry := self._entries.at(step)) is not None]

    @cached_property
    def _entries(self) -> _Entries:
        return _Entries(self)

    def _git(self, *arguments: str, asked: bytes = b"") -> bytes:
        return git(self.repository, *arguments, asked=asked)


class _Entries:
    """The entries of a commit's folders, each folder read once."""

    def __init__(self, commit: Commit) -> None:
        self._commit = commit
        self._known: dict[PurePosixPath, dict[PurePosixPath, _Entry]] = {}

    def at(self, path: PurePosixPath) -> _Entry | None:
        folder = path.parent
        if folder not in self._known:
            is_known = folder == PurePosixPath() or getattr(self.at(folder), "mode", None) == _FOLDER
            self._known[folder] = self._read(folder) if is_known else {}
        return self._known[folder].get(path)

    def _read(self, folder: PurePosixPath) -> dict[PurePosixPath, _Entry]:
        tree = f"{self._commit.object_id}:{_spelt(folder)}"
        listed = git(self._commit.repository, "ls-tree", "-z", "--full-tree", tree)
        entries = (_entry(line) for line in listed.split(b"\0")[:-1])
        return {folder / entry.path: entry._replace(path=folder / entry.path) for entry in entries}


def commit_of(repository: Path, revision: str) -> Commit | None:
    """Return the commit that a revision names, None where the repository does not have it.

    Raises:
        ConfigError: Git is missing or refuses to read the repository.
    """
    if revision.startswith("-") or any(character in revision for character in "\0\n"):
        return None
    git(repository, "rev-parse", "--git-dir")  # refused where the repository is another user's
    found = git(
        repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", may_fail=True
    ).strip()
    return Commit(repository, found.decode()) if found else None


def is_tracked(repository: Path, path: PurePosixPath) -> bool:
    """Whether git keeps the path, something below it, or what stands in its place (a link, a submodule).

    Names count as one whatever their case: where the disk takes them for one, a change could hide behind that.
    """
    steps = [str(step) for step in (*path.parents[:-1], path)]
    asked = [f":(top,literal,icase){step}" for step in steps]
    listed = git(repository, "ls-files", "-z", "--cached", "--full-name", "--", *asked)
    kept = {os.fsdecode(name).casefold() for name in listed.split(b"\0")[:-1]}
    below = f"{path}/".casefold()
    return not kept.isdisjoint(step.casefold() for step in steps) or any(name.startswith(below) for name in kept)


def git(repository: Path, *arguments: str, asked: bytes = b"", may_fail: bool = False) -> bytes:
    """Return what git prints; nothing where it fails and ``may_fail``.

    Raises:
        ConfigError: Git is missing or fails; with what it says.
    """
    command = ["git", "--no-replace-objects", "-C", str(repository), *arguments]
    environment = {name: value for name, value in os.environ.items() if name not in _REDIRECTIONS} | {"LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 -- git, without a shell
            command, input=asked, env=environment, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False
        )
    except FileNotFoundError:
        raise ConfigError("git is needed to read the policy of another revision", hint=_HOW_TO_GO_WITHOUT) from None
    except subprocess.TimeoutExpired:
        raise ConfigError(f"git gave no answer within {_TIMEOUT_SECONDS} seconds") from None
    if done.returncode != 0 and not may_fail:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
        raise ConfigError(f"git failed in {repository}: {said[0]}", hint=" ".join(said[1:]).strip() or None)
    return done.stdout if done.returncode == 0 else b""


_HOW_TO_GO_WITHOUT = "--policy-from worktree takes the files as they are here: only for a change that is trusted."
_REDIRECTIONS = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"}
"""What would lead git away from the repository in which the files stand (a hook of git's sets them)."""


def _entry(line: bytes) -> _Entry:
    head, _, name = line.partition(b"\t")
    mode, _, object_id = head.decode().split(" ")
    return _Entry(mode, object_id, PurePosixPath(os.fsdecode(name)))


def _spelt(path: PurePosixPath) -> str:
    text = "" if path == PurePosixPath() else str(path)
    if "\n" in text:
        raise ConfigError(f"{text!r} is not a name that can be read from another revision")
    return text
