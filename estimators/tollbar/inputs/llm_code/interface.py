"""What every reader of source files gives, whatever language it reads: the calls of language models in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.inputs.llm_code.call_site import CallSite, Unreadable
    from tollbar.inputs.llm_code.project import Project
    from tollbar.inputs.llm_code.source_file import SourceFile


class SourceReader(Protocol):
    """A language, or a kind of file, in which calls of models stand."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How the names of its files end, with the dot, in lower case: files with other ends are not offered to it."""

    def can_read(self, file: SourceFile) -> bool:
        """Whether the file looks like one of its kind, by its name or by how it begins; a broken one still does."""

    def read(self, project: Project, file: SourceFile) -> Sequence[CallSite | Unreadable]:
        """Return the calls in a file in the order of their lines, and what of it could not be read.

        Names that stand in other files of the project are followed there. What is worked out of the whole project
        is kept in it (:meth:`Project.once`), so that the second file does not pay again.
        """
