"""A file of a project, on disk or in a commit: its path, and its content when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath


@dataclass(frozen=True)
class SourceFile:
    """``path`` is from the project's root, ``shown`` as the user knows it; a location names ``shown``."""

    path: PurePosixPath
    shown: str
    load: Callable[[], bytes] = field(repr=False, compare=False)

    @cached_property
    def content(self) -> bytes:
        """The file's bytes, loaded once.

        Raises:
            OSError: It cannot be read.
        """
        return self.load()

    @cached_property
    def text(self) -> str:
        """The file as UTF-8 text, without a byte order mark, with line feeds as line ends.

        Raises:
            OSError: It cannot be read.
            UnicodeDecodeError: It is not UTF-8.
        """
        return self.content.decode("utf-8-sig").replace("\r\n", "\n")
