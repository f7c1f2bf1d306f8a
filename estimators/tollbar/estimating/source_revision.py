"""The files of a folder at a commit, read from git without a checkout."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.call_site import Unreadable
from tollbar.inputs.llm_code.project_files import MOST_BYTES, is_of_others, is_source
from tollbar.inputs.llm_code.source_file import SourceFile
from tollbar.location import Location
from tollbar.policy.base_revision import absolute_path, git

if TYPE_CHECKING:
    from tollbar.policy.base_revision import Commit

_REGULAR = {"100644", "100755"}
_LINK = "120000"


def files_at(commit: Commit, folder: Path) -> tuple[tuple[SourceFile, ...], tuple[Unreadable, ...]]:
    """Return the files below a folder at a commit, in the order of their paths, and those left out with why.

    Nothing where the commit has no such folder.

    Raises:
        ConfigError: Git is missing or fails.
    """
    inside = PurePosixPath(absolute_path(folder).relative_to(commit.repository).as_posix())
    tree = f"{commit.object_id}:{'' if inside == PurePosixPath() else inside}"
    listed = git(commit.repository, "ls-tree", "-r", "-z", "-l", "--full-tree", tree, may_fail=True)
    kept: list[tuple[PurePosixPath, str]] = []
    skipped: list[Unreadable] = []
    for line in listed.split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        mode, _, object_id, size = head.decode().split()
        path = PurePosixPath(os.fsdecode(name))
        if is_of_others(path):
            continue
        if mode in _REGULAR and int(size) <= MOST_BYTES:
            kept.append((path, object_id))
        elif is_source(path) and (mode in _REGULAR or mode == _LINK):
            why = "a symbolic link is not followed" if mode == _LINK else f"larger than {MOST_BYTES // 1024**2} MB"
            skipped.append(Unreadable(Location((folder / path).as_posix()), why))
    blobs: dict[str, _Blobs] = {}
    files = []
    for path, object_id in sorted(kept):
        alike = blobs.setdefault(path.suffix, _Blobs(commit.repository))
        alike.add(object_id)
        files.append(SourceFile(path, (folder / path).as_posix(), partial(alike.read, object_id)))
    return tuple(files), tuple(skipped)


class _Blobs:
    """The contents of the files of one kind, all fetched by one call of git when the first of them is asked for."""

    def __init__(self, repository: Path) -> None:
        self._repository = repository
        self._wanted: dict[str, None] = {}
        self._contents: dict[str, bytes] = {}

    def add(self, object_id: str) -> None:
        """Fetch a file with the others."""
        self._wanted[object_id] = None

    def read(self, object_id: str) -> bytes:
        """Return the content of a file."""
        if not self._contents:
            self._fetch()
        return self._contents[object_id]

    def _fetch(self) -> None:
        asked = "".join(f"{object_id}\n" for object_id in self._wanted).encode()
        answer = git(self._repository, "cat-file", "--batch", asked=asked)
        position = 0
        while position < len(answer):
            end = answer.index(b"\n", position)
            object_id, _, size = answer[position:end].decode().split()
            self._contents[object_id] = answer[end + 1 : end + 1 + int(size)]
            position = end + 2 + int(size)
