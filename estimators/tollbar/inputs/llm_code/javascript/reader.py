"""Reads JavaScript and TypeScript files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.javascript.module import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.inputs.llm_code.call_site import CallSite, Unreadable
    from tollbar.inputs.llm_code.interface import SourceReader
    from tollbar.inputs.llm_code.project import Project
    from tollbar.inputs.llm_code.source_file import SourceFile


class JavaScriptReader:
    """Finds the calls of the whole project when the first file is read: a wrapper's callers may stand anywhere."""

    suffixes: tuple[str, ...] = SUFFIXES

    def can_read(self, file: SourceFile) -> bool:
        """Whether it is source that people write: neither declarations nor minified."""
        return not file.path.name.endswith((".d.ts", ".min.js"))

    def read(self, project: Project, file: SourceFile) -> Sequence[CallSite | Unreadable]:
        """Return the calls in a file.

        Raises:
            InputError: tree-sitter or the tokenizer is not installed.
            OSError: The file cannot be read.
            UnicodeDecodeError: It is not UTF-8.
        """
        from tollbar.inputs.llm_code.javascript.call_finder import CallFinder  # noqa: PLC0415 -- only who has such files

        file.text  # noqa: B018 -- a file that is no text is told, whatever it holds
        return project.once("javascript", lambda: CallFinder(project).found()).get(file.path, ())


READER: SourceReader = JavaScriptReader()
