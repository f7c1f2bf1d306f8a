"""A project of files that a test writes down, and the calls that are found in it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.call_site import CallSite
from tollbar.inputs.llm_code.project import Project
from tollbar.inputs.llm_code.readers import read_calls
from tollbar.inputs.llm_code.source_file import SourceFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.inputs.llm_code.call_site import Unreadable


def project_of(texts: Mapping[str, str], **settings: Mapping[str, str]) -> Project:
    """Return a project of files by their paths."""
    files = [SourceFile(PurePosixPath(path), path, text.encode) for path, text in sorted(texts.items())]
    return Project(tuple(files), **settings)


def found_in(texts: Mapping[str, str], **settings: Mapping[str, str]) -> list[CallSite | Unreadable]:
    """Return all that is found in a project."""
    return list(read_calls(project_of(texts, **settings)))


def sites_in(texts: Mapping[str, str], **settings: Mapping[str, str]) -> list[CallSite]:
    """Return the calls in a project."""
    return [found for found in found_in(texts, **settings) if isinstance(found, CallSite)]
