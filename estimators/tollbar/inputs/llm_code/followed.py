"""Which files of prompts and settings the code's own calls were followed to: those are told with the call."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from tollbar.inputs.llm_code.project import Project
    from tollbar.inputs.llm_code.source_file import SourceFile

_KEY = "files that calls were followed to"


def mark_followed(project: Project, file: SourceFile) -> None:
    """Keep in mind that a call was followed to a file."""
    _followed(project).add(file.path)


def is_followed(project: Project, file: SourceFile) -> bool:
    """Whether a call was followed to a file."""
    return file.path in _followed(project)


def _followed(project: Project) -> set[PurePosixPath]:
    found: set[PurePosixPath] = project.once(_KEY, set)
    return found
