"""The path of a file as the tools that show a repository know it: from the repository's root."""

from __future__ import annotations

import os
from pathlib import Path, PurePath


def from_root(file: str, root: Path | None) -> str:
    """Return the path of ``file`` from ``root``, with forward slashes.

    It stays as it is where there is no root, or where it lies outside of it.
    """
    if root is not None:
        whole = Path(os.path.normpath(Path.cwd() / file))  # symbolic links are kept: git knows the link
        if whole.is_relative_to(root):
            return whole.relative_to(root).as_posix()
    return PurePath(file).as_posix()
