"""Which files of a folder belong to a project: those that git keeps or would keep, else all but what is vendored."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.inputs.llm_code.call_site import Unreadable
from tollbar.inputs.llm_code.source_file import SourceFile
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_BYTES = 5 * 1024 * 1024
_OF_OTHERS = frozenset(
    {"node_modules", "bower_components", "site-packages", "vendor", "vendored", "third_party", ".venv", "venv"}
)
"""Folders of other people's code, left out even where git keeps them. ``scripts`` is not among them."""
_MADE = _OF_OTHERS | {
    ".git", ".hg", ".svn", ".tox", ".nox", "env", "__pycache__", "build", "dist", ".next", ".nuxt", ".svelte-kit",
    ".eggs", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".terraform", "target", "coverage", "htmlcov",
}  # fmt: skip
"""Those, and folders of what is made of one's own code: where git tells what is kept, it is asked instead."""
_SOURCES = frozenset(
    {".py", ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".yaml", ".yml", ".prompt", ".jinja", ".j2"}
)
_TIMEOUT_SECONDS = 60
_REDIRECTIONS = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"}


def files_of(path: Path) -> tuple[tuple[SourceFile, ...], tuple[Unreadable, ...]]:
    """Return the files below a folder (or the one file), in the order of their paths, and those left out with why.

    Raises:
        InputError: There is no such path.
    """
    if path.is_file():
        return (SourceFile(PurePosixPath(path.name), path.as_posix(), path.read_bytes),), ()
    if not path.is_dir():
        raise InputError(f"{path}: no such file or folder")
    listed = _kept_by_git(path)
    names = sorted({name for name in (_walked(path) if listed is None else listed) if not is_of_others(name)})
    kept: list[SourceFile] = []
    skipped: list[Unreadable] = []
    for name in names:
        place = path / name
        why = _why_not(place)
        if why is None:
            kept.append(SourceFile(name, place.as_posix(), place.read_bytes))
        elif why and is_source(name):
            skipped.append(Unreadable(Location(place.as_posix()), why))
    return tuple(kept), tuple(skipped)


def is_of_others(path: PurePosixPath) -> bool:
    """Whether a path from a project's root leads through a folder of other people's code."""
    return not _OF_OTHERS.isdisjoint(path.parts[:-1])


def is_source(path: PurePosixPath) -> bool:
    """Whether calls may be looked for in a file of this name: that it was left out is worth a word."""
    return path.suffix.lower() in _SOURCES


def _why_not(place: Path) -> str | None:
    """Return why a file is not read, "" where it is none or no longer there, None where it is read."""
    try:
        found = place.lstat()
    except OSError:
        return ""
    if stat.S_ISLNK(found.st_mode):
        return "a symbolic link is not followed"
    if not stat.S_ISREG(found.st_mode):
        return ""
    return f"larger than {MOST_BYTES // 1024 // 1024} MB" if found.st_size > MOST_BYTES else None


def _kept_by_git(folder: Path) -> Iterable[PurePosixPath] | None:
    """Return the paths that git keeps or would keep below a folder, None where it is in no repository."""
    command = ["git", "-C", str(folder), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    environment = {name: value for name, value in os.environ.items() if name not in _REDIRECTIONS} | {"LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 -- git, without a shell
            command, env=environment, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False
        )
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0 or not done.stdout:  # an ignored folder that is named itself is meant
        return None
    return (PurePosixPath(os.fsdecode(name)) for name in done.stdout.split(b"\0")[:-1])


def _walked(folder: Path) -> Iterator[PurePosixPath]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _MADE]
        inside = PurePosixPath(Path(parent).relative_to(folder).as_posix())
        yield from (inside / name for name in files)
