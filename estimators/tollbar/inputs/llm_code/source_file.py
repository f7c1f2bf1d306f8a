"""A file of a project, on disk or in a commit: its path, and its content when it is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath

_PYTHON_TEST = re.compile(r"(^|/)(tests?|testing)/|(^|/)(test_[^/]*|[^/]*_test|conftest)\.py$")
_TEST_NAMES = (".test.", ".spec.", ".stories.", ".e2e-")
_TEST_FOLDERS = frozenset({"test", "tests", "__tests__", "__mocks__", "__fixtures__", "e2e", "cypress"})


@dataclass(frozen=True)
class SourceFile:
    """``path`` is from the project's root, ``shown`` as the user knows it; a location names ``shown``."""

    path: PurePosixPath
    shown: str
    load: Callable[[], bytes] = field(repr=False, compare=False)

    @cached_property
    def is_test(self) -> bool:
        """Whether its path is that of a test, or of what only tests use, as is usual in its language.

        What calls a model there has no monthly bill, and mostly a fake model.
        """
        if self.path.suffix.lower() == ".py":
            return _PYTHON_TEST.search(self.path.as_posix()) is not None
        return any(part in self.path.name for part in _TEST_NAMES) or not _TEST_FOLDERS.isdisjoint(self.path.parts[:-1])

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
